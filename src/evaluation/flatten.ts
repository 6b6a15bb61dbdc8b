/** A leaf of a declaration: its path and what stands there. */
export type Leaves = Map<string, unknown>

/** Every leaf by path: `leader.idNumber`, `teachers[2].title`. Absent values have no leaf; blank ones are `null`. */
export function flatten(value: unknown, path = '', into: Leaves = new Map()): Leaves {
  if (value === undefined) return into
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) flatten(item, `${path}[${index}]`, into)
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) flatten(item, path ? `${path}.${key}` : key, into)
  } else if (path) into.set(path, value)
  return into
}

/** `teachers[2].title` → `teachers[].title`. */
export const general = (path: string): string => path.replace(/\[\d+\]/g, '[]')

import { type Mutant, type Mutation, setAt, valueAt } from '../mutant.ts'

/** Another value at a path. */
export function setTo(
  rule: string,
  path: string,
  value: string | number | boolean | null,
  when: (mutant: Mutant) => boolean = () => true,
): Mutation {
  return {
    rule,
    name: `${path}: ${value}`,
    ...(value === null ? { blank: path } : {}),
    change: (mutant) => when(mutant) && setAt(mutant.form, path, value),
  }
}

/** One character under the bound, spaces not counted. */
export function shortened(rule: string, path: string): Mutation {
  return {
    rule,
    name: `${path} one character short`,
    change: ({ form }, asked) => {
      const text = valueAt(form, path)
      const least = asked.number(rule, 'minimum')
      if (typeof text !== 'string') return false
      const bare = [...text.replace(/\s+/g, '')]
      return bare.length >= least && setAt(form, path, bare.slice(0, least - 1).join(''))
    },
  }
}

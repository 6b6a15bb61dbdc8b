import { labelOf } from '../../declaration/label-of.ts'
import type { Declaration } from '../../declaration/schema.ts'
import { wordOf } from '../../declaration/word-of.ts'
import type { Finding, Review } from '../schema.ts'
import { maskPersonalNumbers, maskValue } from './mask.ts'

const MOST = 6
const LONGEST = 60

/** Shown with their ends only. */
const PERSONAL = /(^|\.)(idNumber|phone)$/

/** What the form says in the fields that a finding rests on: as it stands there, else as a declaration system gave it. */
export function describeReadings(finding: Finding, review: Review): { label: string; value: string }[] {
  const paths = [...new Set(finding.fields)]
  // A table's mere length says nothing beside its cells.
  const telling = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}[`)))
  const readings = telling.flatMap((path) => {
    const value = shownAt(path, review)
    return value === null ? [] : [{ label: labelOf(path), value }]
  })
  if (readings.length <= MOST) return readings
  return [...readings.slice(0, MOST), { label: '其余', value: `${readings.length - MOST} 项` }]
}

function shownAt(path: string, { fields, declaration }: Review): string | null {
  const reading = fields?.[path]
  const value = reading && reading.value === undefined ? undefined : at(declaration, path)
  const shown = reading?.raw.trim() && typeof value !== 'boolean' ? reading.raw.trim() : describeValue(value)
  if (shown === null) return null
  return PERSONAL.test(path) ? maskValue(shown) : maskPersonalNumbers(shorten(shown))
}

function describeValue(value: unknown): string | null {
  if (value === undefined) return null
  if (value === null || value === '') return '（空白）'
  if (Array.isArray(value)) return `${value.length} 项`
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return wordOf(value)
  return null
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  const characters = [...flat]
  if (characters.length <= LONGEST) return flat
  return `${characters.slice(0, LONGEST).join('')}……（共 ${[...flat.replaceAll(' ', '')].length} 字）`
}

function at(declaration: Declaration | undefined, path: string): unknown {
  let value: unknown = declaration
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

import type { Declaration } from '../../declaration/schema.ts'
import type { Summary } from '../../declaration/summary/schema.ts'
import { bareText } from '../domain/likeness.ts'
import { normaliseName } from '../domain/people.ts'
import { parseUnitName } from '../domain/unit-name.ts'
import { bandsOf, gramsOf, hash32 } from './minhash.ts'
import { textOf, topicsOf } from './sections.ts'

/** Fewer grams would be found everywhere. */
const ENOUGH = 15

/**
 * Keys by which declarations that may have to do with one another are found among many: of one leader, unit or project name, of like
 * texts or lectures, of a teacher on one day. Whoever shares a key is only a candidate. Names stand in them as hashes.
 */
export function tracesOf(declaration: Declaration): string[] {
  const { leader, unit, project, teachers, schedule } = declaration
  const start = project?.sessions?.[0]?.start
  const topics = topicsOf(declaration).map(({ text }) => text)
  const said = [
    ['id', leader?.idNumber],
    ['leader', leader?.name && normaliseName(leader.name)],
    ['unit', unit?.name && parseUnitName(unit.name).stem],
    ['name', project?.name && bareText(project.name)],
    ...(schedule ?? []).map(({ date, teacher }) => ['day', date && teacher && `${date} ${normaliseName(teacher)}`]),
    ...(teachers ?? []).map(({ name }) => ['day', start && name && `${start} ${normaliseName(name)}`]),
  ]
  const texts = [
    ['text', textOf(declaration)],
    ['topics', gramsOf(topics.toSorted().join(' '))],
  ] as const
  return [
    ...new Set([
      ...said.flatMap(([kind, value]) => (value ? [`${kind}:${hashOf(value)}`] : [])),
      ...texts.flatMap(([kind, grams]) => (grams.size < ENOUGH ? [] : bandsOf(grams).map((band) => `${kind}:${band}`))),
    ]),
  ]
}

/** Keys by which the declarations are found that a unit's sheets name: by the project's and the leader's names. */
export function tracesOfSheets(summaries: Summary[]): string[] {
  const rows = summaries
    .filter(({ kind }) => kind === 'application')
    .flatMap(({ lists }) => lists.flatMap((list) => list.rows))
  const said = rows.flatMap(({ name, leader }) => [
    ['name', name && bareText(name)],
    ['leader', leader && normaliseName(leader)],
  ])
  return [...new Set(said.flatMap(([kind, value]) => (value ? [`${kind}:${hashOf(value)}`] : [])))]
}

/** 64 bits of two seeds. */
const hashOf = (text: string): string => hash32(text).toString(36) + hash32(text, 0x2f0b4f3d).toString(36)

import words from '../../../../rules/lists/standing-words.json' with { type: 'json' }
import type { Context } from '../../context.ts'
import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { rememberOf } from '../../remember.ts'
import { isSlip } from '../likeness.ts'
import { normaliseName } from '../people.ts'
import { isRecognised, mayBeMisread } from '../recognised.ts'
import { compareUnits } from '../unit-name.ts'
import { isSameName } from './named-projects.ts'
import { isScrap } from './unit.ts'

/** A project declared as new was not approved before (`context.approvedBefore`): name and leader. `year`: the one that counts, 0 for every one. */
export function notApprovedBefore(form: Form, year: { valueOf(): number }): Outcome {
  const { approvedBefore } = form.context
  const fields = ['project.kind', 'project.name', 'leader.name']
  if (approvedBefore === undefined) return unknown('context', {}, fields)
  const leader = form.declaration.leader?.name
  const before = approvedBefore.find(
    (project) =>
      isSameName(form, project.name) &&
      (year.valueOf() === 0 || project.year === undefined || project.year === year.valueOf()) &&
      (!project.leader || !leader || normaliseName(project.leader) === normaliseName(leader)),
  )
  return before ? fail({ number: before.number ?? '', year: before.year ?? '' }, fields) : pass({}, fields)
}

type Standing = NonNullable<Context['unitStanding']>

/** `null`: nothing is said, or in words nobody knows. */
function isGood(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (words.bad.includes(text)) return false
  return words.good.includes(text) ? true : null
}

const STANDING: Record<string, string> = {
  approved: '申办资质',
  licence: '执业许可证校验',
  inspection: '年检',
  assessment: '近3年继教评估',
  supervision: '近2年督查结果',
  execution: '近2年项目执行',
  reporting: '近2年执行情况汇报',
  remote: '远程项目资质',
}

/** A pack's keys, taken apart once. */
const aspectsOf = rememberOf((keys: string[]) =>
  keys.map((key) => {
    const names = key.split('|')
    return { names, title: names.map((name) => STANDING[name] ?? name).join('或') }
  }),
)

/** What the caller knows of the unit: every one of `keys` is good; `a|b`: one of them (a hospital has a licence, a society an inspection). */
export function unitInGoodStanding(form: Form, keys: string[]): Outcome {
  const standing: Standing = form.context.unitStanding ?? {}
  const judged = aspectsOf(keys).map(({ names, title }) => {
    const answers = names.map((name) => ({ name, good: isGood(Reflect.get(standing, name)) }))
    const decided = answers.find(({ good }) => good === false) ?? answers.find(({ good }) => good === true)
    return { title, good: decided?.good ?? null, name: decided?.name }
  })
  const bad = judged.filter(({ good }) => good === false)
  const open = judged.filter(({ good }) => good === null)
  const facts = {
    bad: bad.map(({ name }) => STANDING[name ?? ''] ?? name ?? '').join('、'),
    open: open.map(({ title }) => title).join('、'),
  }
  if (bad.length > 0) return fail(facts, ['unit.name'])
  return open.length > 0 ? unknown('context', facts, ['unit.name']) : pass(facts, ['unit.name'])
}

/** No integrity record of the leader or a teacher (`context.integrityRecords`); of the unit, which no clause names, it warns. */
export function hasNoIntegrityRecord(form: Form): Outcome {
  const { integrityRecords } = form.context
  const { leader, teachers, unit } = form.declaration
  if (integrityRecords === undefined) return unknown('context', {}, ['leader.name'])
  const people = [
    { name: leader?.name, at: leader?.unit ?? unit?.name, path: 'leader.name' },
    { name: unit?.name, at: null, path: 'unit.name' },
    ...(teachers ?? []).map(({ name, unit: at }, row) => ({ name, at, path: `teachers[${row}].name` })),
  ]
  const hits = people.filter(({ name, at }) =>
    integrityRecords.some(
      (record) =>
        name &&
        record.name &&
        normaliseName(record.name) === normaliseName(name) &&
        !(at && record.unit && compareUnits(at, record.unit) === 'different'),
    ),
  )
  const paths = hits.map(({ path }) => path)
  if (hits.length === 0) return pass({ count: 0 }, ['leader.name'])
  const isPerson = paths.some((path) => path !== 'unit.name')
  return fail({ count: hits.length }, paths, isPerson ? {} : { severity: 'warning' })
}

/** The applying unit is not one of its own partners: the first of several applicants files the project. Needs `unit.name`. */
export function unitIsFirstApplicant(form: Form): Outcome {
  const name = form.declaration.unit?.name ?? ''
  const other = form.others['unit.name']?.find(({ value }) => typeof value === 'string')
  const first = other?.value
  if (typeof first !== 'string') return pass({ name, first: name }, ['unit.name'])
  const relation = compareUnits(first, name, form.context.unitAliases ?? [])
  const facts = { name, first }
  // A seal over the name on a scan may have changed a character of it, or left a scrap.
  const mayBeSame =
    other !== undefined &&
    (isRecognised(form, 'unit.name') || mayBeMisread(form, other)) &&
    (isSlip(first, name) || isScrap(first))
  if (relation === 'different' && !mayBeSame) return fail(facts, ['unit.name'])
  return relation === 'same' ? pass(facts, ['unit.name']) : unknown('low-confidence', facts, ['unit.name'])
}

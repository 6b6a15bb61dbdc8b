import words from '../../../../rules/lists/standing-words.json' with { type: 'json' }
import type { Context } from '../../context.ts'
import { type Exact, exact, sum } from '../../engine/exact.ts'
import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { bareText } from '../likeness.ts'
import { normaliseName } from '../people.ts'
import { compareUnits } from '../unit-name.ts'

type Whole = { valueOf(): number }
type Projects = Exclude<NonNullable<Context['leaderProjects']>, unknown[]> | KnownProject[]
type KnownProject = NonNullable<Context['approvedBefore']>[number]

/** How many other projects count for a level (`all`: every level): certainly, and at most; `null` where nothing is said of it. */
function countProjects(form: Form, projects: Projects, level: string): { least: number; most: number } | null {
  if (!Array.isArray(projects)) {
    const keys = level === 'all' ? ['national', 'provincial', 'city'] : [level]
    const counts = keys.map((key) => Reflect.get(projects, key)).filter((count) => typeof count === 'number')
    const total = counts.reduce((sum, count) => sum + count, 0)
    return counts.length > 0 ? { least: total, most: total } : null
  }
  const others = projects.filter((project) => !isThisProject(form, project) && isThisYear(form, project))
  const certain = others.filter((project) => level === 'all' || project.level === level)
  const open = others.filter((project) => level !== 'all' && project.level === undefined)
  return { least: certain.length, most: certain.length + open.length }
}

/** With this one, not more than `limit` projects. `level`: the level that counts, or `all`. */
function withinQuota(form: Form, projects: Projects | undefined, level: string, limit: number, path: string): Outcome {
  const count = projects && countProjects(form, projects, level)
  if (!count) return unknown('context', { limit }, [path])
  const facts = { others: count.least, total: count.least + 1, limit }
  if (count.least + 1 > limit) return fail(facts, [path], { confidence: 1 })
  return count.most + 1 <= limit ? pass(facts, [path], { confidence: 1 }) : unknown('context', facts, [path])
}

/** Projects the leader may lead in the year (`context.leaderProjects`: this year's other ones). */
export function leaderWithinQuota(form: Form, level: string, limit: Whole): Outcome {
  return withinQuota(form, form.context.leaderProjects, level, limit.valueOf(), 'leader.name')
}

/**
 * Projects the unit may put forward (`context.unitProjects`, `context.unitQuota`; `fallback` 0: the notice names no number). With
 * `share` the quota follows from what the unit held (`context.unitHeld`); of a unit that never applied (`[]`) `fallback` is the number.
 */
export function unitWithinQuota(form: Form, level: string, fallback: Whole, share: Exact): Outcome {
  const { unitQuota, unitProjects, unitHeld } = form.context
  const detail = share.equals(0) ? {} : { variant: 'average' }
  const stated = typeof unitQuota === 'object' ? Reflect.get(unitQuota, level) : unitQuota
  const limit = typeof stated === 'number' ? stated : quotaOf(unitHeld, fallback.valueOf(), share)
  if (limit === null) return unknown('context', {}, ['unit.name'], detail)
  const outcome = withinQuota(form, unitProjects, level, limit, 'unit.name')
  return outcome.status === 'unknown' ? { ...outcome, ...detail } : outcome
}

function quotaOf(held: number[] | undefined, fallback: number, share: Exact): number | null {
  if (share.equals(0)) return fallback === 0 ? null : fallback
  if (!held) return null
  return held.length === 0 ? fallback : sum(held.map(exact)).div(held.length).mul(share).ceil().valueOf()
}

/** The same project is not declared a second time this year (lists in `context.leaderProjects`, `context.unitProjects`). */
export function notDeclaredTwice(form: Form): Outcome {
  const { leaderProjects, unitProjects } = form.context
  const lists = [leaderProjects, unitProjects].filter((list) => Array.isArray(list))
  const fields = ['project.name', 'unit.name']
  if (lists.length === 0) return unknown('context', {}, fields)
  const twin = lists.flat().find((project) => isThisYear(form, project) && isSameName(form, project.name))
  return twin ? fail({ number: twin.number ?? '', other: twin.name ?? '' }, fields) : pass({}, fields)
}

/** A project declared as new was not approved before (`context.approvedBefore`): name and leader. `year`: the one that counts, 0 for every one. */
export function notApprovedBefore(form: Form, year: Whole): Outcome {
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

/** What the caller knows of the unit: every one of `keys` is good; `a|b`: one of them (a hospital has a licence, a society an inspection). */
export function unitInGoodStanding(form: Form, keys: string[]): Outcome {
  const standing: Standing = form.context.unitStanding ?? {}
  const judged = keys.map((key) => {
    const names = key.split('|')
    const answers = names.map((name) => ({ name, good: isGood(Reflect.get(standing, name)) }))
    const decided = answers.find(({ good }) => good === false) ?? answers.find(({ good }) => good === true)
    return {
      title: names.map((name) => STANDING[name] ?? name).join('或'),
      good: decided?.good ?? null,
      name: decided?.name,
    }
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

/** No integrity record of the leader, a teacher or the unit (`context.integrityRecords`). */
export function hasNoIntegrityRecord(form: Form): Outcome {
  const { integrityRecords } = form.context
  const { leader, teachers, unit } = form.declaration
  if (integrityRecords === undefined) return unknown('context', {}, ['leader.name'])
  const people = [
    { name: leader?.name, path: 'leader.name' },
    { name: unit?.name, path: 'unit.name' },
    ...(teachers ?? []).map(({ name }, row) => ({ name, path: `teachers[${row}].name` })),
  ]
  const recorded = new Set(integrityRecords.flatMap(({ name }) => (name ? [normaliseName(name)] : [])))
  const hits = people.filter(({ name }) => name && recorded.has(normaliseName(name)))
  const paths = hits.map(({ path }) => path)
  return hits.length > 0 ? fail({ count: hits.length }, paths) : pass({ count: 0 }, ['leader.name'])
}

/** The applying unit is not one of its own partners: the first of several applicants files the project. Needs `unit.name`. */
export function unitIsFirstApplicant(form: Form): Outcome {
  const name = form.declaration.unit?.name ?? ''
  const first = form.others['unit.name']?.find(({ value }) => typeof value === 'string')?.value
  if (typeof first !== 'string') return pass({ name, first: name }, ['unit.name'])
  const relation = compareUnits(first, name, form.context.unitAliases ?? [])
  const facts = { name, first }
  if (relation === 'different') return fail(facts, ['unit.name'])
  return relation === 'same' ? pass(facts, ['unit.name']) : unknown('low-confidence', facts, ['unit.name'])
}

export const isSameName = (form: Form, name: string | undefined): boolean =>
  Boolean(name) && bareText(name ?? '') === bareText(form.declaration.project?.name ?? '')

export const isThisProject = (form: Form, project: KnownProject): boolean =>
  isSameName(form, project.name) &&
  Boolean(project.number) &&
  project.number === form.declaration.project?.disciplineCode

const isThisYear = (form: Form, project: KnownProject): boolean =>
  project.year === undefined || !form.declaration.project?.year || project.year === form.declaration.project.year

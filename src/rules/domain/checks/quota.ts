import { leadersOthers, listOf, type Others, unitsOthers } from '../../across/projects.ts'
import type { Context } from '../../context.ts'
import type { Exact } from '../../engine/exact.ts'
import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { heldOnSheets, summaryWithinQuota } from '../../summary/quota.ts'
import { quotaOf } from '../quota.ts'
import { isSameName, isThisYear, type NamedProject } from './named-projects.ts'

type Whole = { valueOf(): number }
type Projects = Exclude<NonNullable<Context['leaderProjects']>, unknown[]> | NamedProject[]

/** How many other projects count: certainly, and at most. */
type Count = { least: number; most: number }

/** What the caller says of a level (`all`: every level); `null` where nothing is said of it. */
function countTold(form: Form, projects: Projects | undefined, level: string): Count | null {
  if (!projects) return null
  if (!Array.isArray(projects)) {
    const keys = level === 'all' ? ['national', 'provincial', 'city'] : [level]
    const counts = keys.map((key) => Reflect.get(projects, key)).filter((count) => typeof count === 'number')
    const total = counts.reduce((sum, count) => sum + count, 0)
    return counts.length > 0 ? { least: total, most: total } : null
  }
  const others = projects.filter((project) => !isHandedInAgain(form, project) && isThisYear(form, project))
  const certain = others.filter((project) => level === 'all' || project.level === level)
  const open = others.filter((project) => level !== 'all' && project.level === undefined)
  return { least: certain.length, most: certain.length + open.length }
}

/** The project itself in the list is no second one; the same at another level is. */
function isHandedInAgain(form: Form, { name, level }: NamedProject): boolean {
  const own = form.declaration.project?.level
  return isSameName(form, name) && (!level || !own || level === own)
}

/**
 * With this one, not more than `limit` projects. What the caller says decides; else other declarations that were read, which can
 * only tell that there are too many: they need not be all. Those handed in together are all meant; of those reviewed earlier nobody
 * knows whether they were drafts or have been withdrawn, so with them too many are a question to a person.
 */
function withinQuota(form: Form, told: Count | null, others: Others, limit: number, path: string): Outcome {
  const seen = [...others.certain, ...others.open]
  const together = others.certain.filter(({ earlier }) => !earlier)
  const count = told ?? { least: others.certain.length, most: Number.POSITIVE_INFINITY }
  const facts = {
    others: count.least,
    total: count.least + 1,
    limit,
    list: listOf(told ? [] : others.certain),
    seen: listOf(seen),
  }
  if (count.least + 1 > limit) {
    if (told) return fail(facts, [path], { confidence: 1 })
    const confidence = form.confidence(path)
    if (together.length + 1 > limit) return fail(facts, [path], { variant: 'read', confidence })
    return fail(facts, [path], { variant: 'earlier', severity: 'warning', confidence })
  }
  if (count.most + 1 <= limit) return pass(facts, [path], { confidence: 1 })
  return unknown('context', facts, [path], !told && seen.length > 0 ? { variant: 'read' } : {})
}

/** Which projects count, in words. */
const LEVELS: Readonly<Record<string, { level: string; levelEn: string }>> = {
  national: { level: '国家级', levelEn: 'national' },
  provincial: { level: '省（直辖市）级', levelEn: 'provincial' },
  city: { level: '市级', levelEn: "the city's" },
  all: { level: '各级', levelEn: 'all' },
}

/** Projects the leader may lead in the year (`context.leaderProjects`: this year's other ones). */
export function leaderWithinQuota(form: Form, level: string, limit: Whole): Outcome {
  const told = countTold(form, form.context.leaderProjects, level)
  const outcome = withinQuota(form, told, leadersOthers(form, level), limit.valueOf(), 'leader.name')
  return { ...outcome, facts: { ...outcome.facts, ...LEVELS[level] } }
}

/**
 * Projects the unit may put forward (`context.unitProjects`, `context.unitQuota`). With a share the quota follows from what the unit held
 * (`context.unitHeld`; `[]`: it never applied), or from the unit's sheets of those years.
 */
export function unitWithinQuota(
  form: Form,
  level: string,
  first: Whole,
  share: Exact,
  none: Whole,
  rounding: string,
): Outcome {
  const rule = { first: first.valueOf(), share, none: none.valueOf(), rounding }
  const { unitQuota, unitProjects } = form.context
  if (form.summaries.length > 0) {
    const outcome = summaryWithinQuota(form, level, rule)
    if (!form.declaration.unit) return outcome
    // Of a declaration the sheets beside it decide, where the caller tells nothing else.
    if (unitProjects === undefined && outcome.status !== 'unknown') return { ...outcome, fields: ['unit.name'] }
  }
  const unitHeld = form.context.unitHeld ?? heldOnSheets(form)
  const detail = share.equals(0) ? {} : { variant: rounding === 'open' ? 'plan' : 'average' }
  const stated = typeof unitQuota === 'object' ? Reflect.get(unitQuota, level) : unitQuota
  const limit = typeof stated === 'number' ? { least: stated, most: stated } : quotaOf(unitHeld, rule)
  if (limit === null) return unknown('context', {}, ['unit.name'], detail)
  const told = countTold(form, unitProjects, level)
  const others = unitsOthers(form, level)
  const outcome = withinQuota(form, told, others, limit.least, 'unit.name')
  const isBroken = outcome.status === 'fail' && limit.most > limit.least
  const settled = isBroken ? withinQuota(form, told, others, limit.most, 'unit.name') : outcome
  if (isBroken && settled.status !== 'fail') return unknown('context', settled.facts, settled.fields, detail)
  return settled.status === 'unknown' && !settled.variant ? { ...settled, ...detail } : settled
}

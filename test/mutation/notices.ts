import type { Pack } from '../../src/rules/engine/pack.ts'
import type { Severity } from '../../src/rules/finding.ts'

/** What a notice says, read from it and not from the pack: mutations lie just beyond the pack's own bounds, so these hold the bounds. */
export type Saying = {
  packs: string[]
  clause: string
  rule: string
  /** Parameters as the notice has them. */
  bounds: Record<string, number | string | boolean>
  /** 须, 应, 不得 are `error`; 原则上, 一般, 鼓励 are at most `warning`. */
  severity: Severity
}

const BJ = ['beijing-2025-municipal', 'beijing-2025-national']
const BM = ['beijing-2025-municipal']
const BN = ['beijing-2025-national']
const SH = ['shanghai-2025-municipal']
const WZ = ['wenzhou-2025-city']
const HP = ['hunan-2021-provincial']
const HN = ['hunan-2021-national']

const say = (
  packs: string[],
  clause: string,
  rule: string,
  bounds: Saying['bounds'],
  severity: Severity = 'error',
): Saying => ({ packs, clause, rule, bounds, severity })

export const SAYINGS: Saying[] = [
  say(BJ, 'BJ-11', 'leader-title', { rank: 'deputy' }),
  say(BM, 'BJ-15', 'leader-quota', { limit: 2, level: 'provincial' }),
  say(BN, 'BJ-15', 'leader-quota', { limit: 2, level: 'national' }),
  say(BN, 'BJ-18', 'teacher-practice-title', { rank: 'intermediate' }),
  say(BM, 'BJ-18', 'teacher-practice-title', { rank: 'intermediate' }, 'warning'),
  say(BM, 'BJ-19', 'teacher-theory-title', { rank: 'deputy', nursing: true, skills: true }),
  say(BN, 'BJ-19', 'teacher-theory-title', { rank: 'deputy' }, 'warning'),
  say(BM, 'BJ-20', 'teacher-intermediate-share', { max: 0.3 }),
  say(BM, 'BJ-21', 'teacher-nursing-share', { max: 0.4 }),
  say(BJ, 'BJ-24', 'teacher-home-share', { min: 0.5 }),
  say(BM, 'BJ-25', 'teacher-society-share', { max: 0.5 }),
  say(BJ, 'BJ-34', 'enrollment-few', { min: 50 }, 'info'),
  say(BN, 'BJ-35', 'enrollment-outside-share', { min: 0.1 }, 'warning'),
  say(BM, 'BJ-07', 'jingjinji-enrollment', { min: 100 }),
  say(BJ, 'BJ-56', 'leader-achievements-length', { minimum: 300 }),
  say(BJ, 'BJ-57', 'overview-length', { minimum: 300 }),
  say(BJ, 'BJ-59', 'peer-review-length', { minimum: 200 }),
  say(BJ, 'BJ-59', 'peer-review-reviewer', { rank: 'deputy' }),
  say(BJ, 'BJ-65', 'credits-cap', { cap: 10, remoteCap: 3 }),
  say(BJ, 'BJ-66', 'credits-match-hours', { hoursPerCredit: 3 }),
  say(BJ, 'BJ-67', 'enrollment-cap', { max: 1000 }, 'warning'),
  say(BJ, 'BJ-69', 'sessions-cap', { max: 6 }),
  say(BJ, 'BJ-73', 'application-window', { from: '2024-11-18', until: '2024-11-26' }),
  say(BJ, 'BJ-38', 'name-event-type', {}, 'warning'),
  say(SH, 'SH-01', 'application-window', { from: '2025-01-01', until: '2025-02-28' }, 'warning'),
  say(SH, 'SH-03', 'leader-title', { rank: 'deputy' }),
  say(SH, 'SH-05', 'leader-quota', { limit: 2, level: 'all' }),
  say(SH, 'SH-08', 'teacher-theory-title', { rank: 'deputy', nursing: false, skills: false }),
  say(SH, 'SH-08', 'teacher-practice-title', { rank: 'intermediate' }),
  say(SH, 'SH-10', 'teacher-home-share', { min: 0.5 }),
  say(SH, 'SH-12', 'credits-match-hours', { hoursPerCredit: 3, creditsPerDay: 2 }),
  say(WZ, 'WZ-04', 'leader-age', { limit: 55 }),
  say(WZ, 'WZ-06', 'leader-teaches', { theory: true }),
  say(WZ, 'WZ-06', 'leader-teaching-share', { min: 0.2 }),
  say(WZ, 'WZ-07', 'leader-quota', { limit: 1, level: 'city' }),
  say(WZ, 'WZ-08', 'teacher-theory-title', { rank: 'deputy' }),
  say(WZ, 'WZ-08', 'teacher-practice-title', { rank: 'intermediate' }),
  say(WZ, 'WZ-09', 'teacher-home-share', { min: 2 / 3, damaged: 1 / 3 }, 'warning'),
  say(WZ, 'WZ-10', 'teacher-home-hours', { min: 0.5 }),
  say(WZ, 'WZ-12', 'credits-match-hours', { hoursPerCredit: 3 }),
  say(WZ, 'WZ-12', 'hours-consistent', { minutes: 50 }),
  say(WZ, 'WZ-13', 'credits-cap', { cap: 2.5, remoteCap: 2.5 }),
  say(WZ, 'WZ-15', 'enrollment-cap', { max: 200, eachSession: true }),
  say(WZ, 'WZ-17', 'sessions-cap', { max: 6 }),
  say(WZ, 'WZ-26', 'name-event-type', { refused: true }),
  say(WZ, 'WZ-27', 'name-restricted-terms', { strict: true }),
  say(WZ, 'WZ-34', 'unit-quota', { averageShare: 0.5, limit: 1, level: 'city' }),
  say(WZ, 'WZ-37', 'application-window', { from: '2025-01-24', until: '2025-02-27' }),
  say(HP, 'HN-01', 'application-window', { until: '2020-11-30', filingUntil: '2021-01-29' }),
  say(HN, 'HN-01', 'application-window', { until: '2020-08-31', filingUntil: '2021-01-29' }),
  say([...HP, ...HN], 'HN-06', 'new-not-approved-before', { year: 2020 }),
]

/** Where a pack says something else than its notice. */
export function misquotes(packs: Pack[]): string[] {
  return SAYINGS.flatMap(({ packs: ids, clause, rule, bounds, severity }) =>
    ids.flatMap((id) => {
      const found = packs.find((pack) => pack.id === id)?.rules.find(({ check }) => check.file.rule === rule)
      if (!found) return [`${id} ${clause}: ${rule} does not run`]
      const wrong = Object.entries(bounds).flatMap(([param, value]) => {
        const own: unknown = Reflect.get(found.params.values, param)
        const said = typeof value === 'number' ? Number(own) : own
        return said === value ? [] : [`${id} ${clause}: ${rule} ${param} is ${said}, not ${value}`]
      })
      return found.severity === severity
        ? wrong
        : [...wrong, `${id} ${clause}: ${rule} is graded ${found.severity}, not ${severity}`]
    }),
  )
}

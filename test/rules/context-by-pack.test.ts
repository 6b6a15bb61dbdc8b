import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/rules/context.ts'
import { caseOf, statusOf } from './pack-cases.ts'

const NOT_KNOWN = 'unknown context'

/** The level whose projects count in each pack, and how many a leader may have. */
const PACKS = [
  { pack: 'beijing-2025-municipal', sample: 'bm-medical-chromium', level: 'provincial', limit: 2 },
  { pack: 'beijing-2025-national', sample: 'bn-heart-chromium', level: 'national', limit: 2 },
  { pack: 'shanghai-2025-municipal', sample: 'sm-newborn-chromium', level: 'all', limit: 2 },
  { pack: 'wenzhou-2025-city', sample: 'wc-online-filing-chromium', level: 'city', limit: 1 },
] as const

const status = (pack: string, sample: string, rule: string, context: Context = {}) =>
  statusOf(caseOf(pack, sample)(undefined, context), rule)

describe.each(PACKS)('the leader’s projects under $pack', ({ pack, sample, level, limit }) => {
  const quota = (context?: Context) => status(pack, sample, 'leader-quota', context)
  const own = level === 'all' ? 'national' : level
  const named = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `另一班${at}`, level: own }))

  test('are not known unless somebody tells', () => expect(quota()).toBe(NOT_KNOWN))
  test('are within the limit with this one', () => expect(quota({ leaderProjects: { [own]: limit - 1 } })).toBe('pass'))
  test('are over the limit with this one', () => expect(quota({ leaderProjects: { [own]: limit } })).toBe('fail'))
  test('are counted from a list', () => {
    expect(quota({ leaderProjects: named(limit - 1) })).toBe('pass')
    expect(quota({ leaderProjects: named(limit) })).toBe('fail')
  })
  test('are open where a list does not tell their level', () => {
    const untold = named(limit).map(({ name }) => ({ name }))
    expect(quota({ leaderProjects: untold })).toBe(level === 'all' ? 'fail' : NOT_KNOWN)
  })
  test('of other levels count only where the notice says so', () => {
    const other = own === 'national' ? 'provincial' : 'national'
    expect(quota({ leaderProjects: { [own]: 0, [other]: limit } })).toBe(level === 'all' ? 'fail' : 'pass')
  })
})

test.each(['hunan-2021-provincial', 'hunan-2021-national'])('%s has no limit a leader', (pack) => {
  expect(status(pack, 'hp-new-chromium', 'leader-quota')).toBe('not run')
})

describe('a unit’s quota', () => {
  const wenzhou = (context: Context) => status('wenzhou-2025-city', 'wc-online-filing-chromium', 'unit-quota', context)
  const beijing = (context: Context) => status('beijing-2025-national', 'bn-heart-chromium', 'unit-quota', context)
  const hunan = (context: Context) => status('hunan-2021-provincial', 'hp-new-chromium', 'unit-quota', context)

  test('is in Wenzhou half of the average held in two years, rounded up', () => {
    expect(wenzhou({ unitHeld: [4, 5], unitProjects: { city: 2 } })).toBe('pass')
    expect(wenzhou({ unitHeld: [4, 5], unitProjects: { city: 3 } })).toBe('fail')
    expect(wenzhou({ unitHeld: [1, 0], unitProjects: { city: 0 } })).toBe('pass')
  })
  test('is in Wenzhou one for a unit that applies for the first time', () => {
    expect(wenzhou({ unitHeld: [], unitProjects: { city: 0 } })).toBe('pass')
    expect(wenzhou({ unitHeld: [], unitProjects: { city: 1 } })).toBe('fail')
  })
  test('is in Beijing half of the national projects published for it, two without any', () => {
    expect(beijing({ unitHeld: [6], unitProjects: { national: 2 } })).toBe('pass')
    expect(beijing({ unitHeld: [6], unitProjects: { national: 3 } })).toBe('fail')
    expect(beijing({ unitHeld: [], unitProjects: { national: 2 } })).toBe('fail')
  })
  test('is what the office says where it says so', () => {
    expect(hunan({ unitQuota: 4, unitProjects: { provincial: 3 } })).toBe('pass')
    expect(hunan({ unitQuota: { provincial: 3 }, unitProjects: { provincial: 3 } })).toBe('fail')
    expect(wenzhou({ unitQuota: 5, unitHeld: [], unitProjects: { city: 3 } })).toBe('pass')
  })
  test('decides nothing where half of it is told', () => {
    expect([wenzhou({ unitHeld: [4, 5] }), wenzhou({ unitProjects: { city: 1 } }), wenzhou({})]).toEqual(
      Array(3).fill(NOT_KNOWN),
    )
    expect([beijing({ unitProjects: { national: 1 } }), hunan({ unitProjects: { provincial: 1 } })]).toEqual(
      Array(2).fill(NOT_KNOWN),
    )
  })
  test('is asked of no municipal project in Beijing and Shanghai', () => {
    expect(status('beijing-2025-municipal', 'bm-medical-chromium', 'unit-quota')).toBe('not run')
    expect(status('shanghai-2025-municipal', 'sm-newborn-chromium', 'unit-quota')).toBe('not run')
  })
})

const SAMPLES: Record<string, string> = {
  ...Object.fromEntries(PACKS.map(({ pack, sample }) => [pack, sample])),
  'hunan-2021-provincial': 'hp-new-chromium',
}

describe.each(Object.entries(SAMPLES))('under %s', (pack, sample) => {
  const statusWith = (rule: string, context?: Context) => status(pack, sample, rule, context)

  test('a second project of this name is found in the caller’s lists alone', () => {
    const [own] = [caseOf(pack, sample)]
    let name = ''
    own((form) => {
      name = form.project.name ?? ''
    })
    expect(statusWith('duplicate-declaration')).toBe(NOT_KNOWN)
    expect(statusWith('duplicate-declaration', { unitProjects: [{ name: '另一班' }] })).toBe('pass')
    expect(statusWith('duplicate-declaration', { unitProjects: [{ name }] })).toBe('fail')
  })

  test('the unit’s standing is good, bad or not known', () => {
    const good = { approved: true, licence: true, inspection: true, assessment: true }
    const found = [good, { ...good, approved: false, licence: '暂缓校验', inspection: '不合格' }, {}].map(
      (unitStanding) => statusWith('unit-standing', { unitStanding }),
    )
    const isAsked = found[0] !== 'not run'
    expect(found).toEqual(isAsked ? ['pass', 'fail', NOT_KNOWN] : Array(3).fill('not run'))
  })

  test('integrity records name somebody of the form, or nobody', () => {
    const asked = statusWith('integrity-record')
    if (asked === 'not run') return
    let leader = ''
    caseOf(
      pack,
      sample,
    )((form) => {
      leader = form.leader.name ?? ''
    })
    expect(asked).toBe(NOT_KNOWN)
    expect(statusWith('integrity-record', { integrityRecords: [] })).toBe('pass')
    expect(statusWith('integrity-record', { integrityRecords: [{ name: leader }] })).toBe('fail')
  })
})

test('what is left open says what to look up and where', () => {
  const open = Object.entries(SAMPLES).flatMap(([pack, sample]) =>
    caseOf(pack, sample)().filter(({ cause }) => cause === 'context'),
  )
  const places = /申报系统|平台|继教|主管部门|登记机关|汇总表|附件/
  expect(open.filter(({ message }) => !/查|核对|核实/.test(message) || !places.test(message))).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { PackError } from '../../src/rules/engine/yaml.ts'
import { check, faultsOf, files, ledger, pack, packOf } from './small-pack.ts'

const good = check('needs: [project.fee]\ntest: project.fee >= 0')

describe('a check file that cannot be right is refused with its place', () => {
  test('a sound check and pack load', () => {
    expect(faultsOf(files(good))).toEqual([])
  })

  test('a mistyped path in the test', () => {
    expect(faultsOf(files(check('test: project.fees >= 0')))[0]).toBe(
      'rules/checks/fee-stated.yaml:3:15: No such key: fees',
    )
  })

  test('a comparison of different types points into the expression', () => {
    const [fault] = faultsOf(files(check('test: project.hours > 1 && project.name >= 3')))
    expect(fault).toContain('rules/checks/fee-stated.yaml:3:28: no such overload: string >= int')
  })

  test.each([
    ['test: unit.kind == "hospital"', ':3:20: unit.kind is never "hospital", but one of medical'],
    [
      'test: project.fee == 0 || !("online" in [project.delivery]) && project.delivery in ["remote", "online"]',
      ':3:95: project.delivery is never "online"',
    ],
    ['when: \'"local" != project.level\'\ntest: "true"', 'project.level is never "local"'],
  ])('a word that the value can never be: %s', (lines, message) => {
    expect(faultsOf(files(check(lines))).join('\n')).toContain(message)
  })

  test('words that the value can be, and words for free text', () => {
    const test = 'test: unit.kind in ["medical", "society"] && project.delivery != "remote" && project.name == "any"'
    expect(faultsOf(files(check(test)))).toEqual([])
  })

  test.each([
    ['an unknown function', 'test: feeOf(project)', 'feeOf'],
    ['broken syntax', 'test: project.fee >=', 'Unexpected'],
    ['a test that gives no answer', 'test: project.name', 'test gives string, not bool or Outcome'],
    ['a when that gives an outcome', 'when: outcome(true)\ntest: "true"', 'when gives Outcome, not bool'],
    ['a needed path that does not exist', 'needs: [project.fees]\ntest: "true"', 'the declaration has no project.fees'],
    ['a parameter nobody uses', 'params: { min: { type: number, default: 1 } }\ntest: "true"', 'min is not used'],
    [
      'a share in binary',
      'params: { min: { type: fraction, default: 0.5 } }\ntest: project.fee > params.min',
      'write "1/2"',
    ],
    ['a missing test', 'needs: [project.fee]', 'test is missing'],
    ['an unknown key', 'tests: "true"', 'Unrecognized key'],
  ])('%s', (_name, lines, message) => {
    const faults = faultsOf(files(check(lines))).join('\n')
    expect(faults).toContain(message)
    expect(faults).toMatch(/^rules\/checks\/fee-stated\.yaml:\d+:\d+: /)
  })

  test('a message missing in one language', () => {
    const english = check('test: project.fee >= 0').replace('fail: bad, ', '')
    expect(faultsOf(files(english)).join()).toContain('no message for fail in en')
  })

  test('a message that names what nobody knows', () => {
    const wrong = check('test: project.fee >= 0').replace('不合格', '"不合格{{project.fees}}"')
    expect(faultsOf(files(wrong)).join()).toContain('{{project.fees}} is neither a parameter nor a path')
  })

  test('no example that should fail', () => {
    expect(faultsOf(files(good.replace('expect: fail', 'expect: unknown'))).join()).toContain(
      'no example that should fail',
    )
  })

  test('an example with a mistyped field', () => {
    const wrong = good.replace('name: b, expect: fail', 'name: b, expect: fail, declaration: { project: { fees: 1 } }')
    expect(faultsOf(files(wrong)).join()).toContain('the declaration has no project.fees')
  })

  test('YAML that does not parse', () => {
    expect(faultsOf(files(check('test: [')))[0]).toMatch(/^rules\/checks\/fee-stated\.yaml:\d+:\d+: /)
  })

  test('a file named otherwise than its rule', () => {
    const map = files(good)
    map.set('rules/checks/other.yaml', good)
    expect(faultsOf(map).join()).toContain('the file is named other, the rule fee-stated')
  })

  test('the error shows the line and all faults at once', () => {
    const map = files(check('needs: [project.fees]\ntest: project.fees >= 0'))
    expect(() => loadPacks(map)).toThrow(PackError)
    expect(() => loadPacks(map)).toThrow(/ 4 \| test: project\.fees >= 0\n\s+\|\s+\^/)
    expect(faultsOf(map).length).toBeGreaterThanOrEqual(2)
  })
})

describe('a pack and its ledger tell the same story', () => {
  const lines = (rules: string, clauses: string) =>
    faultsOf(files(good, rules, { 'rules/packs/small/ledger.yaml': ledger(clauses) })).join('\n')
  const runs = 'rules: [{ rule: fee-stated, clause: C-1 }]'

  test.each([
    [
      'a rule that does not exist',
      'rules: [{ rule: fee-state, clause: C-1 }]',
      '  - { id: C-1, clause: x, person: y, reason: z }',
      'no check named fee-state',
    ],
    [
      'a rule without a clause',
      'rules: [{ rule: fee-stated }]',
      '  - { id: C-1, clause: x, person: y, reason: z }',
      'cites no clause',
    ],
    [
      'no clause and no reason',
      'rules: [{ rule: fee-stated, clause: none }]',
      '  - { id: C-1, clause: x, person: y, reason: z }',
      'needs a reason',
    ],
    [
      'a clause that the ledger lacks',
      'rules: [{ rule: fee-stated, clause: C-2 }]',
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }',
      'the ledger has no clause C-2',
    ],
    [
      'a clause nobody decides',
      runs,
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }\n  - { id: C-2, clause: y, reason: z }',
      'C-2 says neither',
    ],
    [
      'a clause left to a person without a reason',
      runs,
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }\n  - { id: C-2, clause: y, person: z }',
      'C-2 is left unchecked without a reason',
    ],
    [
      'a ledger line that names a rule the pack does not run',
      runs,
      '  - { id: C-1, clause: x, checkedBy: [fee-stated, leader-age] }',
      'checked by leader-age, which this pack does not run',
    ],
    [
      'a rule whose clause does not name it',
      runs,
      '  - { id: C-1, clause: x, person: y, reason: z }',
      "the ledger's C-1 does not name fee-stated",
    ],
    [
      'a clause twice',
      runs,
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }\n  - { id: C-1, clause: x, checkedBy: [fee-stated] }',
      'stands twice in the ledger',
    ],
    [
      'a grade without a reason',
      'rules: [{ rule: fee-stated, clause: C-1, severity: info }]',
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }',
      'graded info instead of error without a reason',
    ],
    [
      'a parameter the check does not have',
      'rules: [{ rule: fee-stated, clause: C-1, params: { min: 1 } }]',
      '  - { id: C-1, clause: x, checkedBy: [fee-stated] }',
      'unknown parameter min',
    ],
  ])('%s', (_name, rules, clauses, message) => {
    expect(lines(rules, clauses)).toContain(message)
  })

  test('a pack without a ledger', () => {
    const map = files(good)
    map.delete('rules/packs/small/ledger.yaml')
    expect(faultsOf(map).join()).toContain('no ledger.yaml beside the pack')
  })
})

describe('a pack extends another', () => {
  const limit = check(
    'params: { max: { type: number, default: 100 } }\nneeds: [project.fee]\ntest: project.fee <= params.max',
  )
  const child = (lines: string) => files(limit, '', { 'rules/packs/local/pack.yaml': pack(lines, 'local', '0.1.0') })

  test('inherits rules, clauses and notice, with parameters of its own', () => {
    const packs = loadPacks(child('extends: small\nrules: [{ rule: fee-stated, params: { max: 60 } }]'))
    const [rule] = packOf(packs, 'local').rules
    expect(rule?.params.shown).toEqual({ max: '60' })
    expect(rule?.clauses.map(({ id }) => id)).toEqual(['C-1'])
    expect(packOf(packs, 'small').rules[0]?.params.shown).toEqual({ max: '100' })
  })

  test('re-grades with a reason', () => {
    const packs = loadPacks(
      child('extends: small\nrules: [{ rule: fee-stated, severity: warning, reason: 本院另行审核 }]'),
    )
    expect(packOf(packs, 'local').rules[0]).toMatchObject({ severity: 'warning', reason: '本院另行审核' })
  })

  test('drops with a reason', () => {
    const packs = loadPacks(child('extends: small\ndrop: [{ rule: fee-stated, reason: 本院不收费 }]'))
    expect(packOf(packs, 'local').rules).toEqual([])
    expect(packOf(packs, 'local').ledger).toEqual([
      expect.objectContaining({ id: 'C-1', process: '本规则包不核对', reason: '本院不收费' }),
    ])
    expect(packOf(packs, 'local').ledger[0]).not.toHaveProperty('checkedBy')
  })

  test('a clause told anew stands where it stood, and the inherited rule cites it as told', () => {
    const told = child('extends: small')
    told.set('rules/packs/local/ledger.yaml', ledger('  - { id: C-1, clause: 新说法, checkedBy: [fee-stated] }'))
    const local = packOf(loadPacks(told), 'local')
    expect(local.ledger.map(({ clause }) => clause)).toEqual(['新说法'])
    expect(local.rules[0]?.clauses.map(({ clause }) => clause)).toEqual(['新说法'])
  })

  test('a clause told anew must still name the inherited rule that rests on it', () => {
    const told = child('extends: small')
    told.set('rules/packs/local/ledger.yaml', ledger('  - { id: C-1, clause: 新说法, process: 管理, reason: 某因 }'))
    expect(faultsOf(told).join()).toContain("the ledger's C-1 does not name fee-stated in checkedBy")
  })

  test.each([
    ['a pack that does not exist', 'extends: nowhere', 'no pack nowhere'],
    ['itself', 'extends: local', 'in a circle'],
    [
      'and drops what it has not',
      'extends: small\ndrop: [{ rule: leader-age, reason: x }]',
      'leader-age is not inherited',
    ],
  ])('%s', (_name, lines, message) => {
    expect(faultsOf(child(lines)).join('\n')).toContain(message)
  })
})

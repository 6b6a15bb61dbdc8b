import { expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { describePack } from '../../src/rules/engine/describe.ts'
import { loadPacks, openPacks } from '../../src/rules/engine/load.ts'
import { PackError } from '../../src/rules/engine/yaml.ts'
import { check, files, pack, packOf } from './small-pack.ts'

test('packs opened bit by bit say what packs read as a whole say', () => {
  const all = packSourceFromFolder('rules')
  const [opened, loaded] = [openPacks(all), loadPacks(all)]
  expect([...opened.packs.values()].map(describePack)).toEqual([...loaded.packs.values()].map(describePack))
  for (const { id, detection } of loaded.packs.values()) {
    expect(packOf(opened, id).detection?.signs).toEqual(detection?.signs)
    expect(packOf(opened, id).rules.map((rule) => [rule.check.file.rule, rule.params.shown, rule.clauses])).toEqual(
      packOf(loaded, id).rules.map((rule) => [rule.check.file.rule, rule.params.shown, rule.clauses]),
    )
  }
})

test('a fault of a check is told with its place when the rules are asked for', () => {
  const faulty = files(check('test: project.fees >= 0'))
  const opened = packOf(openPacks(faulty), 'small')
  expect(() => opened.rules).toThrow(PackError)
  expect(() => opened.ledger).toThrow(/checks\/fee-stated\.yaml:3:/)
})

test('a fault of a pack file is told at once', () => {
  const faulty = files(check('test: project.fee >= 0'), '', { 'rules/packs/small/pack.yaml': pack('rulez: []') })
  expect(() => openPacks(faulty)).toThrow(/pack\.yaml:6:8: .*rulez/)
})

test('a key before the rest of the file may be left unread', () => {
  const source = files(check('test: project.fee >= 0').replace(/^(rule: .*\n)([\s\S]*)(examples:[\s\S]*)$/m, '$1$3$2'))
  expect(packOf(openPacks(source), 'small').rules).toHaveLength(1)
})

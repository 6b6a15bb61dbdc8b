import { describe, expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { choosePack, findPack, packOf } from '../../src/review/packs.ts'
import { loadPacks, openPacks } from '../../src/rules/engine/load.ts'
import { check, faultsOf, files, ledger, pack } from './small-pack.ts'

const CHECK = check(
  'params: { max: { type: number, default: 100 } }\nneeds: [project.fee]\ntest: project.fee <= params.max',
)
  .replace('expect: pass }', 'expect: pass, declaration: { project: { fee: 1 } } }')
  .replace('expect: fail }', 'expect: fail, declaration: { project: { fee: 101 } } }')

const DETECT = `detect: { title: [{ words: 小包申报书, weight: 1 }], threshold: 1 }\n`

/** The notice of January, and what changed in June. */
function twoVersions(folder = 'small@1.10.0', version = '1.10.0', lines = ''): Map<string, string> {
  const first = files(CHECK)
  const old = pack(`${DETECT}rules: [{ rule: fee-stated, clause: C-1 }]`, 'small', '1.9.0')
  first.set('rules/packs/small/pack.yaml', old.replace('from: "2025-01-01"', 'from: "2025-01-01", until: "2025-05-31"'))
  const changed = lines || `${DETECT}rules: [{ rule: fee-stated, clause: C-1, params: { max: 50 } }]`
  first.set(`rules/packs/${folder}/pack.yaml`, pack(changed, 'small', version).replace('2025-01-01', '2025-06-01'))
  first.set(`rules/packs/${folder}/ledger.yaml`, ledger('  - { id: C-1, clause: 收费须写明, checkedBy: [fee-stated] }'))
  return first
}

const FORM = { text: '小包申报书', declaration: {} }

describe.each([
  ['loaded', loadPacks],
  ['opened', openPacks],
])('two versions of one pack, %s', (_how, load) => {
  const packs = load(twoVersions())
  const version = (found: { version: string }) => found.version

  test('the newest counts, by number and not by letter', () => {
    expect([...packs.packs.keys()]).toEqual(['small', 'small@1.9.0'])
    expect(version(findPack(packs, 'small'))).toBe('1.10.0')
    expect(version(choosePack(packs, undefined, FORM))).toBe('1.10.0')
  })

  test('on a day that is named, the one in force on it', () => {
    expect(version(findPack(packs, 'small', '2025-03-01'))).toBe('1.9.0')
    expect(version(choosePack(packs, undefined, FORM, '2025-03-01'))).toBe('1.9.0')
    expect(version(choosePack(packs, undefined, FORM, '2025-07-01'))).toBe('1.10.0')
    expect(version(findPack(packs, 'small', '2020-01-01'))).toBe('1.10.0')
    expect(() => choosePack(packs, undefined, FORM, '2020-01-01')).toThrow('不含指定的 2020-01-01')
  })

  test('each can be asked for by its number', () => {
    expect(version(findPack(packs, 'small@1.9.0'))).toBe('1.9.0')
    expect(version(findPack(packs, 'small@1.10.0'))).toBe('1.10.0')
    expect(() => findPack(packs, 'small@2.0.0')).toThrow('small、small@1.9.0')
  })

  test('a review stays with the version under which it was made', () => {
    expect(packOf(packs, { id: 'small', version: '1.9.0' })?.version).toBe('1.9.0')
    expect(packOf(packs, { id: 'small', version: '0.1.0' })?.version).toBe('1.10.0')
  })
})

test('a new version may tell only what changed of the one before', () => {
  const changed = 'extends: small@1.9.0\nrules: [{ rule: fee-stated, params: { max: 50 } }]'
  const map = twoVersions('small@1.10.0', '1.10.0', changed)
  map.delete('rules/packs/small@1.10.0/ledger.yaml')
  const packs = loadPacks(map)
  expect(findPack(packs, 'small').rules[0]?.params.shown).toEqual({ max: '50' })
  expect(findPack(packs, 'small@1.9.0').rules[0]?.params.shown).toEqual({ max: '100' })
  // It is recognised as the one before was; a house of another name is not.
  expect(choosePack(packs, undefined, FORM).version).toBe('1.10.0')
  expect(choosePack(openPacks(map), undefined, FORM).version).toBe('1.10.0')
  map.set('rules/packs/house/pack.yaml', pack('extends: small@1.10.0', 'house'))
  expect(findPack(loadPacks(map), 'house').rules[0]?.params.shown).toEqual({ max: '50' })
})

test('a folder that names another version is refused', () => {
  expect(faultsOf(twoVersions('small@1.10.0', '1.11.0')).join()).toContain(
    'the folder is named small@1.10.0, the version 1.11.0',
  )
})

test('one version twice is refused, with both files', () => {
  expect(faultsOf(twoVersions('small@1.9.0', '1.9.0')).join()).toBe(
    'rules/packs/small@1.9.0/pack.yaml:2:10: small 1.9.0 is defined twice, also in rules/packs/small/pack.yaml: number the changed one anew',
  )
})

test('a changed pack does not change those that extend a version of it', () => {
  const product = packSourceFromFolder('rules')
  const changed = pack('extends: beijing-2025-municipal@1.0.0\nrules: [{ rule: credits-cap, params: { cap: 6 } }]')
    .replace('id: small', 'id: beijing-2025-municipal')
    .replace('version: 1.0.0', 'version: 1.1.0')
  const packs = loadPacks(new Map([...product, ['own/packs/beijing-2025-municipal@1.1.0/pack.yaml', changed]]))
  const capOf = (asked: string) =>
    findPack(packs, asked).rules.find(({ check }) => check.file.rule === 'credits-cap')?.params.shown.cap
  expect(['beijing-2025-municipal', 'beijing-2025-municipal@1.0.0', 'beijing-2025-national'].map(capOf)).toEqual([
    '6',
    '10',
    '10',
  ])
})

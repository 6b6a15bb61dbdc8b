import { expect, test } from 'vitest'
import { completeDeclaration } from '../../src/declaration/complete.ts'
import { Declaration } from '../../src/declaration/schema.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { describePack } from '../../src/rules/engine/describe.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { runExamples } from '../../src/rules/engine/examples.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { check, faultsOf, files, pack, packOf } from './small-pack.ts'

const OWN = 'yunling-hospital-2025'
const packs = loadPacks(
  new Map([...packSourceFromFolder('rules'), ...packSourceFromFolder('examples/hospital-pre-review')]),
)
const [own, city] = [packOf(packs, OWN), packOf(packs, 'beijing-2025-municipal')]

const UNIT = '北京云岭医院'
const home = (name: string, hours: number) => ({
  name,
  title: '主任医师',
  unit: UNIT,
  method: '讲座',
  topic: name,
  hours,
})
const review = (input: object, by = own) =>
  new Map(
    evaluatePack(by, {
      declaration: completeDeclaration(
        Declaration.parse({
          unit: { name: UNIT },
          leader: { name: '沈予安' },
          ...input,
        }),
      ),
    }).map((finding) => [finding.rule, finding]),
  )

const HALF = { teachers: [home('沈予安', 3), { ...home('何景行', 3), unit: '京北医科大学' }] }

test('sixty per cent of the teachers, where the city asks for half', () => {
  expect(review(HALF, city).get('teacher-home-share')).toMatchObject({ status: 'pass' })
  expect(review(HALF).get('teacher-home-share')).toMatchObject({
    status: 'fail',
    severity: 'error',
    message: '本单位授课教师 1/2 = 50.0%，低于 60%（按学时 3/6 = 50.0%）',
  })
  const three = { teachers: [home('甲一', 3), home('乙二', 3), home('丙三', 3), ...HALF.teachers] }
  expect(review(three).get('teacher-home-share')).toMatchObject({ status: 'pass' })
})

test('a fee of 1,500 yuan at most, by a rule of the hospital’s own', () => {
  expect(review({ project: { fee: 1500 } }).get('fee-at-most')).toMatchObject({ status: 'pass' })
  expect(review({ project: { fee: 1501 } }).get('fee-at-most')).toMatchObject({
    status: 'fail',
    severity: 'error',
    citation: { document: '云岭医教〔2024〕18号', clause: expect.stringContaining('YL-02') },
  })
  expect(review({}).get('fee-at-most')).toMatchObject({ status: 'skipped' })
  expect(review({ project: { fee: 1501 } }, city).has('fee-at-most')).toBe(false)
})

test('no lecture longer than three hours, an error here and a hint in the city’s pack', () => {
  const long = { teachers: [home('沈予安', 3.5)] }
  expect(review(long).get('lecture-length')).toMatchObject({ status: 'fail', severity: 'error' })
  expect(review(long, city).get('lecture-length')).toMatchObject({ status: 'pass' })
  expect(review({ teachers: [home('沈予安', 3)] }).get('lecture-length')).toMatchObject({ status: 'pass' })
})

test('words of a list of the hospital’s own', () => {
  const salon = { project: { name: '心力衰竭沙龙' } }
  expect(review(salon).get('name-event-type')).toMatchObject({ status: 'fail', severity: 'error' })
  expect(review(salon, city).get('name-event-type')).toMatchObject({ status: 'pass' })
})

test('everything else is the city’s, but for what is dropped with a reason', () => {
  const names = (of: typeof own) => describePack(of).rules.map(({ rule }) => rule)
  expect(names(own).filter((rule) => !names(city).includes(rule))).toEqual(['fee-at-most'])
  expect(names(city).filter((rule) => !names(own).includes(rule))).toEqual(['encouraged-topic'])
})

test('the hospital’s own checks prove themselves by their examples', () => {
  const added = own.rules.find(({ check: { file } }) => file.rule === 'fee-at-most')
  if (!added) throw new Error('no fee-at-most')
  expect(runExamples(added.check).flatMap(({ wrong }) => wrong)).toEqual([])
})

const words = check(
  'params: { words: { type: strings, default: [年会] } }\nneeds: [project.name]\ntest: "!params.words.exists(word, project.name.contains(word))"',
)
const listed = (list: string, lines: string) =>
  files(words, 'rules: [{ rule: fee-stated, clause: C-1, params: { words: { list: own-words } } }]', {
    [`own/lists/${list}.yaml`]: lines,
  })

test('a list gives its words to the parameter that names it', () => {
  const found = loadPacks(listed('own-words', 'list: own-words\nwords: [沙龙, 茶话会]'))
  expect(packOf(found, 'small').rules[0]?.params.shown).toEqual({ words: '沙龙、茶话会' })
})

test.each([
  [
    'no such list',
    'other-words',
    'list: other-words\nwords: [沙龙]',
    'rules/packs/small/pack.yaml:6:59: no list named own-words',
  ],
  [
    'named otherwise than its file',
    'own-words',
    'list: words\nwords: [沙龙]',
    'own/lists/own-words.yaml:1:7: the file is named own-words',
  ],
  ['no words', 'own-words', 'list: own-words\nwords: []', 'own/lists/own-words.yaml:2:8: words'],
])('a list that cannot be right is refused with its place: %s', (_name, list, lines, message) => {
  expect(faultsOf(listed(list, lines)).join('\n')).toContain(message)
})

test('an own check may not take the name of another', () => {
  const sound = check('needs: [project.fee]\ntest: project.fee >= 0')
  const twice = files(sound, '', {
    'own/checks/fee-stated.yaml': sound,
    'own/packs/mine/pack.yaml': pack('extends: small', 'mine'),
  })
  expect(faultsOf(twice).join('\n')).toContain(
    'own/checks/fee-stated.yaml:1:7: fee-stated is defined twice, also in rules/',
  )
})

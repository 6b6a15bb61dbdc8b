import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Declaration } from '../../src/declaration/schema.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { DECLARATION, type Shape } from '../../src/rules/engine/shape.ts'
import { RuleFinding } from '../../src/rules/finding.ts'
import { packOf } from './small-pack.ts'

const pack = packOf(loadPacks(packSourceFromFolder('rules')), 'beijing-2025-municipal')

const WORDS = [
  '北京澄湖医院',
  '京北医科大学',
  '澄湖',
  '主任医师',
  '主治医师',
  '高级',
  '博士',
  '讲座',
  '实验,演示',
  '林知远',
  '护理学-外科护理学',
  '临床内科学-感染病学',
  '技能实训班',
  '开班仪式',
  '全国',
  '年 月 日',
  ' ',
  '（',
  '第一章',
  'A'.repeat(300),
]
const DAYS = ['2025-05-17', '2024-11-20', '2025-02', '1970-03']

/** Any value the schema allows, absent and blank included. */
function anyOf(shape: Shape, key: string): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'number':
      return fc.oneof(fc.nat({ max: 2000 }), fc.constantFrom(0.1, 2.5, 3.33, 1e-7, 1e9))
    case 'boolean':
      return fc.boolean()
    case 'list':
      return fc.array(anyOf(shape.of, key), { maxLength: 5 })
    case 'object':
      return fc.record(
        Object.fromEntries([...shape.fields].map(([name, field]) => [name, maybe(anyOf(field, name))])),
        { requiredKeys: [] },
      )
    case 'string':
      return shape.values
        ? fc.constantFrom(...shape.values)
        : /date|birth/.test(key)
          ? fc.constantFrom(...DAYS)
          : fc.constantFrom(...WORDS)
  }
}
const maybe = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })

const declarations = fc
  .record(Object.fromEntries([...DECLARATION].map(([key, shape]) => [key, maybe(anyOf(shape, key))])), {
    requiredKeys: [],
  })
  .map((value) => Declaration.safeParse(value))
  .filter((result) => result.success)
  .map((result) => result.data)

const confidences = fc.dictionary(
  fc.constantFrom(
    'unit.name',
    'leader.name',
    'project.hours',
    'teachers[0].unit',
    'teachers[1].title',
    'project.jingJinJi',
  ),
  fc.double({ min: 0, max: 1, noNaN: true }).map((confidence) => ({ raw: '某', confidence, evidence: [] })),
)

test('no declaration makes a rule throw, and every finding is whole', () => {
  fc.assert(
    fc.property(declarations, confidences, (declaration, readings) => {
      const thrown: string[] = []
      const findings = evaluatePack(
        pack,
        { declaration, readings },
        { onError: (rule, error) => thrown.push(`${rule}: ${error}`) },
      )
      expect(thrown).toEqual([])
      expect(findings.map(({ rule }) => rule)).toEqual(pack.rules.map(({ check }) => check.file.rule))
      for (const finding of findings) {
        RuleFinding.parse(finding)
        expect(finding.message, finding.rule).not.toMatch(/\{\{|undefined|\[object|NaN/)
        expect(finding.cause !== undefined, finding.rule).toBe(finding.status === 'unknown')
      }
    }),
    { numRuns: 300 },
  )
})

test('an empty declaration passes and fails nothing that rests on its values', () => {
  const findings = evaluatePack(pack, { declaration: {} })
  const failed = findings.filter(({ status, severity }) => status === 'fail' && severity === 'error')
  expect(failed.map(({ rule }) => rule)).toEqual([])
})

test('the order of the teachers does not matter', () => {
  const statuses = (teachers: Declaration['teachers'], declaration: Declaration) =>
    evaluatePack(pack, { declaration: { ...declaration, teachers } }).map(({ rule, status }) => `${rule} ${status}`)
  fc.assert(
    fc.property(declarations, (declaration) => {
      const rows = declaration.teachers ?? []
      expect(statuses([...rows].reverse(), declaration)).toEqual(statuses(rows, declaration))
    }),
    { numRuns: 150 },
  )
})

/** A reading of little confidence for every value and every row. */
function doubtsOf(value: unknown, path = ''): [string, { raw: string; confidence: number; evidence: [] }][] {
  const own: [string, { raw: string; confidence: number; evidence: [] }][] = path
    ? [[path, { raw: '某', confidence: 0.1, evidence: [] }]]
    : []
  if (typeof value !== 'object' || value === null) return own
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, inner]) =>
      doubtsOf(inner, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key),
    ),
  ]
}

test('what was read with no confidence never returns a form', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const readings = Object.fromEntries(doubtsOf(declaration))
      const findings = evaluatePack(pack, { declaration, readings })
      const failed = findings.filter(({ status, severity }) => status === 'fail' && severity === 'error')
      expect(failed.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

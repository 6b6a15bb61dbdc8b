import { describe, expect, test } from 'vitest'
import { describePack } from '../../src/rules/engine/describe.ts'
import { evaluatePack, type Options } from '../../src/rules/engine/evaluate.ts'
import type { FormInput } from '../../src/rules/engine/form.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { RuleFinding } from '../../src/rules/finding.ts'
import { check, files, ledger, packOf } from './small-pack.ts'

function findingOf(lines: string, input: Partial<FormInput>, options: Options = {}) {
  const pack = packOf(loadPacks(files(check(lines))), 'small')
  const [finding] = evaluatePack(pack, { declaration: {}, ...input }, options)
  return RuleFinding.parse(finding)
}

const reading = (confidence: number, value: unknown, raw = String(value)) => ({ value, raw, confidence, evidence: [] })
const fee = 'needs: [project.fee]\ntest: project.fee <= 100'

describe('absent, blank and unreadable are three things', () => {
  test('absent', () => {
    const finding = findingOf(fee, {})
    expect(finding).toMatchObject({ status: 'unknown', cause: 'missing', fields: ['project.fee'] })
    expect(finding.message).toContain('未见')
  })

  test('blank', () => {
    const finding = findingOf(fee, { declaration: { project: { fee: null } } })
    expect(finding).toMatchObject({ status: 'unknown', cause: 'missing' })
    expect(finding.message).toContain('未填写')
  })

  test('unreadable', () => {
    const finding = findingOf(fee, { readings: { 'project.fee': { raw: '待定', confidence: 0.9, evidence: [] } } })
    expect(finding).toMatchObject({ status: 'unknown', cause: 'unreadable' })
    expect(finding.message).toContain('无法识别')
  })

  test.each([
    ['fail', 'fail'],
    ['pass', 'pass'],
  ] as const)('blank may mean %s', (blank, status) => {
    expect(findingOf(`blank: ${blank}\n${fee}`, { declaration: { project: { fee: null } } }).status).toBe(status)
  })

  test('an absent value is not blank', () => {
    expect(findingOf(`blank: fail\n${fee}`, {}).status).toBe('unknown')
  })
})

describe('logic with values that are not there', () => {
  const cases: [string, object, string][] = [
    ['project.fee > 1 || project.credits > 1', { credits: 2 }, 'pass'],
    ['project.fee > 1 || project.credits > 1', { credits: 1 }, 'unknown'],
    ['project.fee > 1 && project.credits > 1', { credits: 1 }, 'fail'],
    ['project.fee > 1 && project.credits > 1', { credits: 2 }, 'unknown'],
    ['valueOr(project.fee, project.credits) > 1', { credits: 2 }, 'pass'],
    ['present(project.fee)', { fee: null }, 'fail'],
    ['present(project.fee)', {}, 'fail'],
    ['blank(project.fee)', { fee: null }, 'pass'],
    ['blank(project.fee)', { fee: 1 }, 'fail'],
    ['blank(project.fee)', {}, 'unknown'],
    ['project.sessions.all(s, s.enrollment <= 10)', { sessions: [{ enrollment: 11 }, {}] }, 'fail'],
    ['project.sessions.all(s, s.enrollment <= 10)', { sessions: [{ enrollment: 1 }, {}] }, 'unknown'],
  ]
  test.each(cases)('%s of %j: %s', (expression, project, status) => {
    expect(findingOf(`test: '${expression}'`, { declaration: { project } }).status).toBe(status)
  })
})

test('decimals are compared as they are written', () => {
  const project = { theoryHours: 0.1, practiceHours: 0.2, hours: 0.3 }
  const lines = 'test: project.theoryHours + project.practiceHours == project.hours'
  expect(findingOf(lines, { declaration: { project } }).status).toBe('pass')
})

describe('when', () => {
  const lines = 'when: project.level == "provincial"\ntest: project.fee <= 100'
  test('does not apply: skipped', () => {
    expect(findingOf(lines, { declaration: { project: { level: 'city' } } })).toMatchObject({
      status: 'skipped',
      message: '不适用',
    })
  })

  test('rests on a value that is not there: unknown, not an exception', () => {
    expect(findingOf(lines, {})).toMatchObject({ status: 'unknown', cause: 'missing', fields: ['project.level'] })
  })
})

test('outside data that nobody gave is unknown for want of context', () => {
  expect(findingOf('needs: [context.unitQuota]\ntest: "true"', {})).toMatchObject({
    status: 'unknown',
    cause: 'context',
  })
  expect(findingOf('needs: [context.unitQuota]\ntest: "true"', { context: { unitQuota: 2 } }).status).toBe('pass')
})

test('a rule that throws is unknown, and whoever runs the engine is told', () => {
  const told: string[] = []
  const finding = findingOf(
    "test: project.name.matches('[')",
    { declaration: { project: { name: '班' } } },
    { onError: (rule) => told.push(rule) },
  )
  expect(finding).toMatchObject({ status: 'unknown', cause: 'rule-error' })
  expect(told).toEqual(['fee-stated'])
})

describe('a form is never returned on a misreading', () => {
  const input = (confidence: number) => ({
    declaration: { project: { fee: 600 } },
    readings: { 'project.fee': reading(confidence, 600, '6oo') },
  })

  test('a failing error that rests on a doubtful value', () => {
    const finding = findingOf(fee, input(0.6))
    expect(finding).toMatchObject({ status: 'unknown', cause: 'low-confidence', confidence: 0.6 })
    expect(finding.message).toBe('请人工核对“收费金额”（6oo）：识别把握不足。如识别无误，则：不合格')
  })

  test('a sure value fails', () => {
    expect(findingOf(fee, input(0.95))).toMatchObject({ status: 'fail', confidence: 0.95 })
  })

  test('a warning stays a warning', () => {
    expect(findingOf(`severity: warning\n${fee}`, input(0.6))).toMatchObject({ status: 'fail', severity: 'warning' })
  })

  test('a doubtful condition', () => {
    const finding = findingOf('when: project.jingJinJi\ntest: project.fee <= 100', {
      declaration: { project: { jingJinJi: true, fee: 600 } },
      readings: { 'project.jingJinJi': reading(0.5, true, '☑') },
    })
    expect(finding).toMatchObject({ status: 'unknown', cause: 'low-confidence' })
  })
})

test('a finding cites the notice and the clause', () => {
  expect(findingOf(fee, { declaration: { project: { fee: 1 } } }).citation).toEqual({
    document: '某〔2025〕1号',
    title: '某通知',
    clause: '收费须写明（C-1）',
  })
})

test('a finding cites the place in the notice, of two clauses at most', () => {
  const loaded = loadPacks(
    files(check(fee), 'rules: [{ rule: fee-stated, clause: [C-1, C-2, C-3] }]', {
      'rules/packs/small/ledger.yaml': ledger(
        ['第一部分“收费”第2项', '附件1第3条', '附件2']
          .map(
            (source, at) => `  - { id: C-${at + 1}, clause: 收费须写明, source: ${source}, checkedBy: [fee-stated] }`,
          )
          .join('\n'),
      ),
    }),
  )
  const [finding] = evaluatePack(packOf(loaded, 'small'), { declaration: { project: { fee: 1 } } })
  expect(finding?.citation?.clause).toBe('第一部分“收费”第2项：收费须写明（C-1）；另见附件1第3条（C-2）')
})

test('messages in English on demand', () => {
  expect(findingOf(fee, { declaration: { project: { fee: 1 } } }, { language: 'en' }).message).toBe('good')
  expect(findingOf(fee, {}, { language: 'en' }).message).toContain('not found on the form')
})

test('a check of a model is undecided until a model is asked', () => {
  const lines = 'source: llm\nseverity: warning'
  expect(findingOf(lines, {})).toMatchObject({ status: 'unknown', cause: 'llm-unavailable', source: 'llm' })
})

test('a pack prints its rules with clause and parameters, and its ledger', () => {
  const pack = packOf(
    loadPacks(files(check('params: { max: { type: fraction, default: "1/2" } }\ntest: project.fee <= params.max'))),
    'small',
  )
  const printed = JSON.parse(JSON.stringify(describePack(pack)))
  expect(printed.rules).toEqual([
    expect.objectContaining({ rule: 'fee-stated', severity: 'error', clauses: ['C-1'], params: { max: '50%' } }),
  ])
  expect(printed.ledger).toEqual([
    { id: 'C-1', clause: '收费须写明', checkedBy: ['fee-stated'], notice: '某〔2025〕1号' },
  ])
})

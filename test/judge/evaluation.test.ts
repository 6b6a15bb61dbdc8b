import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { askCases } from '../../src/evaluation/llm/ask-cases.ts'
import { readCases } from '../../src/evaluation/llm/cases.ts'
import { figuresByRule, figuresOf, passes } from '../../src/evaluation/llm/figures.ts'
import { printFigures, printMisses } from '../../src/evaluation/llm/print.ts'
import { lackingInputs, selectFields } from '../../src/judge/fields.ts'
import { isProbed, promptsDigest } from '../../src/judge/probe/record.ts'
import { doubleOf, fieldsIn, judgeWith, prompts } from './reviewing.ts'
import { answer, issue, settingsFor } from './scripted-server.ts'

const cases = await readCases(fileURLToPath(new URL('../../samples/judge/', import.meta.url)))

describe('the labelled set', () => {
  test('has ten cases a check: clear, borderline and traps, two of them for the probe', () => {
    expect(cases.length).toBeGreaterThanOrEqual(80)
    for (const [rule, own] of Map.groupBy(cases, ({ rule }) => rule)) {
      expect(prompts.has(rule), rule).toBe(true)
      expect(own.length, rule).toBeGreaterThanOrEqual(10)
      expect(new Set(own.map(({ kind }) => kind)).size, rule).toBe(3)
      const probe = own.filter((one) => one.probe)
      expect(probe.map(({ expect: expected }) => expected.join()).sort(), rule).toEqual(['issue', 'ok'])
      expect(new Set(own.map(({ name }) => name)).size).toBe(own.length)
    }
    expect(new Set(cases.map(({ rule }) => rule)).size).toBe(prompts.size)
  })

  test('expects only codes that the prompt has; what cannot be asked is not expected to be answered', () => {
    for (const { rule, name, codes, expect: expected, declaration } of cases) {
      const prompt = prompts.get(rule)
      for (const code of codes) expect(Object.keys(prompt?.codes ?? {}), name).toContain(code)
      if (expected.join() === 'issue') expect(codes.length, name).toBeGreaterThan(0)
      const lacking = lackingInputs(declaration, prompt?.needs ?? [])
      if (!expected.includes('unsure')) expect(lacking, name).toEqual([])
    }
  })
})

/** Knows every case. */
const knowing = () =>
  doubleOf((user) => {
    const fields = fieldsIn(user)
    const known = cases.find(
      ({ rule, declaration }) =>
        user.includes(`“${rule}”`) &&
        JSON.stringify(selectFields(declaration, prompts.get(rule)?.inputs ?? [])) === JSON.stringify(fields),
    )
    const [field = '', text = ''] = Object.entries(fields)[0] ?? []
    const expected = known?.expect.find((each) => each !== 'issue' || known.codes.length > 0)
    if (expected === 'issue') return issue(known?.codes[0] ?? '', field, text.slice(0, 20))
    return answer({ verdict: expected ?? 'unsure', missing: expected === 'unsure' ? ['x'] : [] })
  })

describe('figures', () => {
  test('of a model that knows everything', async () => {
    const judge = judgeWith(knowing().fetch)
    const results = await askCases(judge, cases)
    const figures = figuresOf(results)
    expect(printMisses(results)).toBe('')
    expect(figures).toMatchObject({ right: cases.length, agreement: 1, recall: 1, precision: 1, unanswered: 0 })
    expect(figures).toMatchObject({ schemaRate: 1, groundedRate: 1 })
    expect(passes(figures)).toBe(true)
    expect(Object.keys(figuresByRule(results))).toHaveLength(prompts.size)
    expect(printFigures(results, judge)).toMatch(/合计\s+90\s+90\/90\s+100%/)
  })

  test.each([
    ['finds everything fine', () => answer()],
    ['is never sure', () => answer({ verdict: 'unsure', missing: ['x'] })],
    [
      'makes its quotes up',
      (user: string) =>
        issue(
          Object.keys(prompts.get(/“([a-z-]+)”检查/.exec(user)?.[1] ?? '')?.codes ?? {})[0] ?? '',
          'project.name',
          '此句原文中没有',
        ),
    ],
  ])('of a model that %s are below the bar', async (_, reply) => {
    const results = await askCases(
      judgeWith(doubleOf(reply).fetch),
      cases.filter(({ probe }) => probe),
    )
    expect(passes(figuresOf(results))).toBe(false)
  })
})

test('a probe holds for the same model, host and prompts only', async () => {
  const settings = settingsFor('http://127.0.0.1:9/v1')
  const record = {
    host: '127.0.0.1:9',
    model: 'scripted',
    prompts: await promptsDigest(prompts),
    at: 'now',
    passed: true,
  }
  const holds = (more: object) => isProbed(JSON.stringify({ ...record, ...more }), settings, prompts)
  expect(await holds({})).toBe(true)
  expect(await holds({ passed: false })).toBe(false)
  expect(await holds({ model: 'other' })).toBe(false)
  expect(await holds({ host: '127.0.0.1:8' })).toBe(false)
  expect(await holds({ prompts: 'older' })).toBe(false)
  expect(await isProbed(null, settings, prompts)).toBe(false)
  expect(await isProbed('{', settings, prompts)).toBe(false)
})

import { describe, expect, test } from 'vitest'
import { BatchListQuery, ListQuery, parseQuery, SpotQuery, WaitQuery } from '../../src/api/query.ts'
import { Problem } from '../../src/problem.ts'
import { parseReviewOptions } from '../../src/review/request.ts'

function told(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('what is wrong with a request is told by name and in plain words', () => {
  test.each([
    [{ asOf: '2025-13-40' }, '“asOf”应为日期，如 2025-03-01'],
    [{ externalId: 'x'.repeat(201) }, '“externalId”不能超过 200 个字符'],
    [{ externalId: '' }, '“externalId”不能为空'],
    [{ pack: 7 }, '“pack”应为文本'],
    [{ context: { unitQuota: 'x' } }, '“context.unitQuota”'],
    [{ context: { unitAliases: 'x' } }, '“context.unitAliases”应为数组'],
  ])('options %j', (options, words) => {
    expect(told(() => parseReviewOptions(options))).toContain(words)
  })

  test.each([
    [WaitQuery, { wait: 'abc' }, '“wait”应为数字'],
    [WaitQuery, { findings: 'foo' }, '“findings”只能是：open、all'],
    [SpotQuery, { page: '0' }, '“page”不能小于 1'],
    [ListQuery, { limit: '1000' }, '“limit”不能大于 100'],
    [ListQuery, { cursor: 'zzz' }, '“cursor”格式不正确'],
    [ListQuery, { from: '2025-02-31' }, '应为日期（如 2025-03-01）'],
    [ListQuery, { to: 'soon', status: 'foo' }, '；'],
    [BatchListQuery, { cursor: 'zzz' }, '“cursor”格式不正确'],
  ])('a query, %#', (schema, query, words) => {
    const message = told(() => parseQuery(schema, query))
    expect(message).toContain(words)
    expect(message).not.toMatch(/无效|NaN|string|\/\^|undefined/)
  })

  test('what is missing is said to be missing', () => {
    expect(
      told(() => parseQuery(SpotQuery.pick({ page: true }).extend({ page: WaitQuery.shape.findings.unwrap() }), {})),
    ).toContain('“page”')
  })
})

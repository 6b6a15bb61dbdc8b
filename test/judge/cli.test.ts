import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Review } from '../../src/review/schema.ts'
import { xingshen } from '../cli/run.ts'
import { wholeDeclaration } from './reviewing.ts'
import { answer, issue, json, says, startScriptedServer } from './scripted-server.ts'

let folder = ''
let server: Awaited<ReturnType<typeof startScriptedServer>>
let env: Record<string, string> = {}
const form = () => join(folder, 'form.json')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-llm-'))
  await writeFile(form(), JSON.stringify(wholeDeclaration))
  server = await startScriptedServer((response, request) => {
    const user = request.body.messages[1]?.content ?? ''
    says(
      user.includes('“content-promotion”检查') ? issue('PROMO_PRODUCT', 'project.name', '抗菌药物合理使用') : answer(),
    )(response, request)
  })
  env = {
    XINGSHEN_LLM_BASE_URL: server.baseUrl,
    XINGSHEN_LLM_MODEL: 'scripted',
    XINGSHEN_LLM_PER_MINUTE: '10000',
    XINGSHEN_DATA: folder,
  }
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const reviewed = async (args: string[], more = env) => {
  const { stdout } = await xingshen(
    ['review', form(), '--pack', 'beijing-2025-municipal', '--format', 'json', ...args],
    { env: more },
  )
  return JSON.parse(stdout) as Review
}

describe('xingshen with a model configured', () => {
  test('asks it, and says what was used', async () => {
    const review = await reviewed([])
    expect(review.usage?.llmCalls).toBeGreaterThan(5)
    expect(review.findings?.filter(({ data }) => data).map(({ rule }) => rule)).toContain('content-promotion')
    expect(review.verdict).not.toBe('pass')
  })

  test('does not with --no-llm, nor without the variables', async () => {
    const before = server.requests.length
    expect((await reviewed(['--no-llm'])).usage?.llmCalls).toBe(0)
    expect((await reviewed([], { XINGSHEN_DATA: folder })).usage?.llmCalls).toBe(0)
    expect(server.requests).toHaveLength(before)
  })

  test('prints a question with its quote, its asker and its prompt', async () => {
    const { stdout } = await xingshen(['review', form(), '--pack', 'beijing-2025-municipal'], { env })
    expect(stdout).toMatch(/模型疑问（1）/)
    expect(stdout).toContain('“抗菌药物合理使用”')
    expect(stdout).toContain('模型 scripted-1，提示词 content-promotion@')
  })

  test('a probe that the model fails is kept, and “nothing to point at” is not shown', async () => {
    const { status, stdout } = await xingshen(['llm', 'probe'], { env })
    expect(status).toBe(1)
    expect(stdout).toMatch(/合计\s+18/)
    expect(stdout).toContain('未达到要求')
    expect(JSON.parse(await readFile(join(folder, 'llm-probe.json'), 'utf8'))).toMatchObject({
      passed: false,
      model: 'scripted',
    })
    const review = await reviewed([])
    expect(review.findings?.filter(({ data, status: found }) => data && found === 'pass')).toEqual([])
  })

  test('a probe that got no answer says why, and leaves the last one’s result', async () => {
    const kept = await readFile(join(folder, 'llm-probe.json'), 'utf8')
    const locked = await startScriptedServer(json(401, { error: { message: 'invalid api key' } }))
    const settings = { ...env, XINGSHEN_LLM_BASE_URL: locked.baseUrl }
    const { status, stdout, stderr } = await xingshen(['llm', 'probe'], { env: settings })
    await locked.close()
    expect(status).toBe(1)
    expect(stderr).toContain('none（服务拒绝了请求，HTTP 401）')
    expect(stdout).toContain('没有记录')
    expect(await readFile(join(folder, 'llm-probe.json'), 'utf8')).toBe(kept)
  })

  test('a probe in JSON says whether it passed, by what measure, and the cost', async () => {
    const { stdout } = await xingshen(['llm', 'probe', '--json'], { env: { ...env, XINGSHEN_LLM_PRICE: '1000,5000' } })
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      thresholds: { groundedRate: 0.9 },
      cost: expect.any(Number),
      all: { rungs: { json_schema: expect.any(Number) }, schemaRate: 1 },
    })
  })

  test('eval --llm prints figures by check', async () => {
    const { stdout } = await xingshen(['eval', '--llm', '--json'], { env })
    const figures = JSON.parse(stdout) as { all: { cases: number }; byRule: Record<string, { cases: number }> }
    expect(figures.all.cases).toBeGreaterThanOrEqual(80)
    expect(Object.keys(figures.byRule)).toHaveLength(9)
  })

  test('refuses a host that may not be sent anything, and a probe of nothing', async () => {
    const elsewhere = { ...env, XINGSHEN_LLM_BASE_URL: 'https://api.openai.com/v1' }
    const { status, stderr } = await xingshen(['review', form()], { env: elsewhere })
    expect(status).toBe(64)
    expect(stderr).toContain('不能把申报书的文字发送到 api.openai.com')
    expect((await xingshen(['llm', 'probe'], { env: { XINGSHEN_LLM_BASE_URL: '' } })).stderr).toContain(
      '没有配置语言模型',
    )
  })
})

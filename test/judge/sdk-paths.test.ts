import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { answerSchema } from '../../src/judge/answer.ts'
import { createModel } from '../../src/judge/endpoint/model.ts'
import { answer, asking, completionOf, settingsFor } from './scripted-server.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const question = {
  name: 'check',
  system: '请检查。',
  user: '材料',
  schema: answerSchema(['A']),
  maxTokens: 100,
  temperature: 0,
  seed: 1,
}

test.each([
  ['DashScope', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
  ['DeepSeek', 'https://api.deepseek.com'],
  ['GLM', 'https://open.bigmodel.cn/api/paas/v4'],
  ['Ollama', 'http://localhost:11434/v1'],
])('%s is asked at its own path with its own key, and no other header tells of us', async (_, baseUrl) => {
  let seen: Request | undefined
  server.use(
    http.post(`${baseUrl}/chat/completions`, ({ request }) => {
      seen = request
      return HttpResponse.json(completionOf(answer()))
    }),
  )
  const model = createModel(settingsFor(baseUrl, { apiKey: 'sk-test' }))
  expect(await model.ask(question, asking())).toMatchObject({ value: { verdict: 'ok' }, rung: 'json_schema' })
  expect(seen?.headers.get('authorization')).toBe('Bearer sk-test')
  expect(seen?.headers.get('openai-organization')).toBeNull()
})

test('a redirect to another host is not followed', async () => {
  let reached = false
  server.use(
    http.post('https://api.deepseek.com/chat/completions', () => HttpResponse.redirect('https://evil.example/v1', 307)),
    http.post('https://evil.example/v1', () => {
      reached = true
      return HttpResponse.json(completionOf(answer()))
    }),
  )
  const model = createModel(settingsFor('https://api.deepseek.com'))
  await expect(model.ask(question, asking())).rejects.toMatchObject({ reason: 'transport', status: 307 })
  expect(reached).toBe(false)
})

test('a connection that fails is tried again', async () => {
  let tried = 0
  server.use(
    http.post('http://localhost:11434/v1/chat/completions', () =>
      ++tried < 3 ? HttpResponse.error() : HttpResponse.json(completionOf(answer())),
    ),
  )
  const clock = { now: () => 0, sleep: async () => {} }
  const model = createModel(settingsFor('http://localhost:11434/v1'), { clock })
  expect(await model.ask(question, asking())).toMatchObject({ value: { verdict: 'ok' } })
  expect(tried).toBe(3)
})

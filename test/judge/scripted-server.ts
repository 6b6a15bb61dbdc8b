import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../../src/judge/answer.ts'
import { createMeter } from '../../src/judge/endpoint/meter.ts'
import type { LlmSettings } from '../../src/judge/settings.ts'

export type Request = { body: Record<string, unknown> & { messages: { role: string; content: string }[] }; at: number }
export type Reply = (response: ServerResponse, request: Request) => void

/** An OpenAI-like server on a real socket that answers by a script, one reply a request; the last one again and again. */
export async function startScriptedServer(...script: Reply[]) {
  const requests: Request[] = []
  const server = createServer(async (incoming, response) => {
    const request: Request = { body: JSON.parse(await textOf(incoming)), at: performance.now() }
    requests.push(request)
    const reply = script[Math.min(requests.length, script.length) - 1]
    reply?.(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming) text += chunk
  return text
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }

/** A chat completion with this content. */
export const says = (content: string | object, more: { finish?: string; refusal?: string } = {}): Reply =>
  json(200, completionOf(content, more))

export function completionOf(content: string | object, more: { finish?: string; refusal?: string } = {}) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'scripted-1',
    choices: [
      {
        index: 0,
        finish_reason: more.finish ?? 'stop',
        message: {
          role: 'assistant',
          content: more.refusal ? null : typeof content === 'string' ? content : JSON.stringify(content),
          refusal: more.refusal ?? null,
        },
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  }
}

/** A well-formed answer. */
export const answer = (more: Partial<Answer> = {}): Answer => ({
  analysis: '逐项核对',
  findings: [],
  missing: [],
  injection_suspected: false,
  verdict: 'ok',
  confidence: 'high',
  ...more,
})

export const issue = (code: string, field: string, quote: string, more: Partial<Answer['findings'][number]> = {}) =>
  answer({
    verdict: 'issue',
    findings: [
      {
        code,
        severity: 'warning',
        statement: '名称似高于实际级别',
        evidence: [{ field, quote }],
        suggestion: '请改用与级别相称的名称',
        ...more,
      },
    ],
  })

export const settingsFor = (baseUrl: string, more: Partial<LlmSettings> = {}): LlmSettings => ({
  baseUrl,
  model: 'scripted',
  apiKey: '',
  hosts: [],
  timeoutMs: 2000,
  deadlineMs: 10_000,
  concurrency: 4,
  perMinute: 1000,
  budget: 1_000_000,
  price: null,
  extra: {},
  readingHelp: false,
  ...more,
})

export const asking = (milliseconds = 10_000) => ({
  meter: createMeter(1_000_000),
  signal: AbortSignal.timeout(milliseconds),
})

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was asked (a digest), when, and the number that its answer bears. */
export type Asked = { digest: string; at: number; number: number }

/** Milliseconds that an answer takes: long enough to be killed in. */
const SLOW = { least: 20, most: 200 }

/** An OpenAI-like model on a real socket that finds nothing wrong and numbers its answers. */
export async function startModel() {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const at = Date.now()
    const { messages } = JSON.parse(await textOf(request)) as { messages: unknown }
    const number = asked.length
    asked.push({ digest: createHash('sha256').update(JSON.stringify(messages)).digest('hex'), at, number })
    await sleep(SLOW.least + Math.random() * (SLOW.most - SLOW.least))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(completion(number)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    settings: {
      XINGSHEN_LLM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      XINGSHEN_LLM_MODEL: 'numbering-1',
      XINGSHEN_LLM_PER_MINUTE: '100000',
      XINGSHEN_LLM_CONCURRENCY: '4',
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** How an answer's number stands in it. */
export const markOf = (number: number) => `（第${number}次回答）`

export function numberIn(answer: string): number | null {
  const found = /（第(\d+)次回答）/.exec(answer)?.[1]
  return found === undefined ? null : Number(found)
}

function completion(number: number) {
  const answer = {
    analysis: markOf(number),
    findings: [],
    missing: [],
    injection_suspected: false,
    verdict: 'ok',
    confidence: 'high',
  }
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 1,
    model: 'numbering-1',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: JSON.stringify(answer) } }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

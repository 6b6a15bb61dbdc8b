import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Declaration } from '../../src/declaration/schema.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { createJudge, type JudgeDeps } from '../../src/judge/judge.ts'
import { loadPrompts } from '../../src/judge/prompts/prompt.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { promptFilesFromFolder } from '../../src/platform/node/prompt-source.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import type { Context } from '../../src/rules/context.ts'
import { openPacks } from '../../src/rules/engine/load.ts'
import { completionOf, settingsFor } from './scripted-server.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))

export const packs = openPacks(packSourceFromFolder(path('rules/')))
export const promptFiles = promptFilesFromFolder(path('prompts/'))
export const prompts = await loadPrompts(promptFiles)

export const sampleBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(path(`samples/documents/${name}`)))

/** A whole declaration of which the rules find nothing wrong. */
export const { declaration: wholeDeclaration, context } = JSON.parse(
  readFileSync(path('test/judge/whole-form.json'), 'utf8'),
) as { declaration: Declaration; context: Context }

/** A `fetch` in place of an endpoint: gives back what `reply` says of each request's messages, and keeps them. */
export function doubleOf(reply: (user: string, system: string) => object) {
  const heard: string[] = []
  const fetch = async (_: unknown, init?: RequestInit) => {
    const { messages } = JSON.parse(String(init?.body)) as { messages: { content: string }[] }
    const [system = '', user = ''] = messages.map(({ content }) => content)
    heard.push(user)
    return Response.json(completionOf(reply(user, system)))
  }
  return { fetch: fetch as typeof globalThis.fetch, heard }
}

/** The fields that a request's fence holds. */
export function fieldsIn(user: string): Record<string, string> {
  const [, json = '{}'] = /<<DATA-[a-p]+>>\n([\s\S]*?)\n<<END-/.exec(user) ?? []
  return JSON.parse(json) as Record<string, string>
}

export const judgeWith = (fetch: typeof globalThis.fetch, more: Partial<JudgeDeps> = {}) =>
  createJudge({
    settings: settingsFor('http://127.0.0.1:9/v1', { concurrency: 16, perMinute: 1_000_000, budget: 10_000_000 }),
    prompts,
    isProbed: true,
    fetch,
    ...more,
  })

const unread: PageReader = {
  open: () => Promise.reject(new Error('nothing is to be read here')),
  ocrPage: () => Promise.reject(new Error('nothing is to be read here')),
}

export const RUN = { id: 'rev_01JD0000000000000000000000', createdAt: '2024-11-20T07:59:00.000Z' }

export const reviewerWith = (judge?: ReturnType<typeof createJudge>, reader: PageReader = unread) =>
  createReviewer({
    packs,
    reader,
    clock: () => new Date('2024-11-20T08:00:00Z'),
    log: (fault) => {
      throw new Error(`a fault: ${fault.error}\n${fault.stack.join('\n')}`)
    },
    judge,
  })

export const PACK = 'beijing-2025-municipal'

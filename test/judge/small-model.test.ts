import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSchema, contradictionOf, tidyAnswer } from '../../src/judge/answer.ts'
import { createMeter } from '../../src/judge/endpoint/meter.ts'
import { createModel, type Model } from '../../src/judge/endpoint/model.ts'
import { prompts } from './reviewing.ts'
import { completionOf, json, type Reply, settingsFor, startScriptedServer } from './scripted-server.ts'
import { makeTinyGguf } from './tiny-gguf.ts'

/**
 * node-llama-cpp is no dependency (85 MB): `npm run small-model` installs it, and `.ci/run` does. Without it the test is skipped. Proves
 * transport and grammar; says nothing of judgement.
 */
const folder = fileURLToPath(new URL('../../node_modules/.cache/small-model/', import.meta.url))
const isInstalled = existsSync(join(folder, 'node_modules/node-llama-cpp'))

type Completion = { generateCompletion(text: string, options: object): Promise<string> }
type Llama = {
  loadModel(options: object): Promise<{ createContext(options: object): Promise<{ getSequence(): object }> }>
  createGrammarForJsonSchema(schema: unknown): Promise<object>
}
type Library = {
  getLlama(options: object): Promise<Llama & { dispose(): Promise<void> }>
  LlamaCompletion: new (options: object) => Completion
}

describe.skipIf(!isInstalled)('a really running small model', () => {
  let server: Awaited<ReturnType<typeof startScriptedServer>>
  let model: Model
  const said: string[] = []
  const whole: string[] = []
  let close = async () => {}

  beforeAll(async () => {
    const found = createRequire(join(folder, 'index.js')).resolve('node-llama-cpp')
    const library = (await import(/* @vite-ignore */ pathToFileURL(found).href)) as Library
    const place = await mkdtemp(join(tmpdir(), 'tiny-gguf-'))
    const path = join(place, 'tiny.gguf')
    await writeFile(path, makeTinyGguf())
    const llama = await library.getLlama({
      build: 'never',
      gpu: false,
      maxThreads: 1,
      progressLogs: false,
      logLevel: 'error',
    })
    const loaded = await llama.loadModel({ modelPath: path })
    const context = await loaded.createContext({ contextSize: 16_000, threads: 1 })
    const completion = new library.LlamaCompletion({ contextSequence: context.getSequence() })
    const reply: Reply = async (response, { body }) => {
      const { messages, response_format: format, max_tokens: maxTokens, seed } = body
      const schema = (format as { json_schema?: { schema: unknown } } | undefined)?.json_schema?.schema
      const text = await completion.generateCompletion(messages.map(({ content }) => content).join('\n'), {
        grammar: await llama.createGrammarForJsonSchema(schema),
        maxTokens,
        seed,
        temperature: 0.8,
      })
      said.push(text)
      json(200, completionOf(text, { finish: isWhole(text) ? 'stop' : 'length' }))(response, { body, at: 0 })
    }
    server = await startScriptedServer(reply)
    model = createModel(settingsFor(server.baseUrl, { timeoutMs: 110_000, concurrency: 1 }))
    close = async () => {
      await server.close()
      await llama.dispose()
      await rm(place, { recursive: true })
    }
  })
  afterAll(() => close())

  test('answers in the form asked for', async () => {
    for (const rule of ['name-inflated', 'content-promotion']) {
      const prompt = prompts.get(rule)
      const question = {
        name: 'check',
        system: prompt?.body ?? '',
        user: '{"project.name":"培训班"}',
        schema: answerSchema(Object.keys(prompt?.codes ?? {})),
        prepare: tidyAnswer,
        object: contradictionOf,
        maxTokens: 5000,
        temperature: 0,
        seed: 3,
      }
      said.length = 0
      const asking = { meter: createMeter(1e6), signal: AbortSignal.timeout(110_000) }
      const answered = await model.ask(question, asking).catch((error: Error) => error)
      // Random words contradict themselves or find no end now and then; but whatever is whole is the schema's JSON.
      if (answered instanceof Error) expect(['invalid', 'length']).toContain(Reflect.get(answered, 'reason'))
      else expect(answered).toMatchObject({ rung: 'json_schema' })
      whole.push(...said.filter(isWhole))
      for (const text of said.filter(isWhole))
        expect(question.schema.safeParse(tidyAnswer(JSON.parse(text))).error).toBeUndefined()
    }
    expect(whole.length).toBeGreaterThan(0)
  }, 240_000)
})

function isWhole(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

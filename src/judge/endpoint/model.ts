import { APIError, OpenAI } from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import type { LlmSettings } from '../settings.ts'
import { ModelFailure } from './failure.ts'
import { guardFetch, isAllowedAddress } from './hosts.ts'
import { extractJson } from './json.ts'
import type { Meter } from './meter.ts'
import { asksNotToThink, blamesFormat, RUNGS, type Rung, rejectedParameter } from './negotiate.ts'
import { type CallOutcome, outcomeOfReason } from './outcome.ts'
import { type Clock, createPace, systemClock } from './pace.ts'
import { type Body, type Said, type Sending, send } from './send.ts'

/** How long what was learnt of an endpoint is kept: it may be updated. */
const REMEMBER = 24 * 60 * 60 * 1000
const MOST_ADAPTIONS = 8
const MOST_REQUESTS = 4
/** Times the room that a model gets which has thought and not come to answer. */
const ROOM_TO_THINK = 4

/** `temperature` 0 and a fixed `seed` make answers as repeatable as the endpoint allows. `maxTokens` bounds the answer. */
export type Question<T> = {
  name: string
  system: string
  /** Text, or the parts of a message that shows pictures. */
  user: string | readonly object[]
  schema: z.ZodType<T>
  /** Mends what is no reason to ask again, before the schema is applied. */
  prepare?: (json: unknown) => unknown
  /** What is wrong with a well-formed answer, or `null`. */
  object?: (value: T) => string | null
  maxTokens: number
  temperature: number
  seed: number
}

/** `model` is the one that the endpoint says answered. `mended`: the first answer was not usable as it came. */
export type Answered<T> = { value: T; model: string; rung: Rung; mended: boolean }

export type Model = {
  readonly name: string
  readonly host: string
  /** Further keys of every request. */
  readonly extra: Readonly<Record<string, unknown>>
  /** `until`: when `signal` will end it, as the clock has it; a longer wait is not begun. Throws `ModelFailure`. */
  ask<T>(question: Question<T>, asking: { meter: Meter; signal: AbortSignal; until?: number }): Promise<Answered<T>>
}

/** What an endpoint has been found to refuse. Requests run side by side: each asks by what is known when it begins. */
type Learnt = { rung: number; dropped: Set<string>; renamed: boolean; unthinking: boolean; at: number }

const nothingLearnt = (at: number): Learnt => ({
  rung: 0,
  dropped: new Set(),
  renamed: false,
  unthinking: false,
  at,
})

/** `onCall` is told what became of every request that was sent. */
export type ModelDeps = { fetch?: typeof globalThis.fetch; clock?: Clock; onCall?: (outcome: CallOutcome) => void }

/** A language model behind an OpenAI-compatible endpoint. Throws `ModelFailure('host')` when it may not be asked. */
export function createModel(settings: LlmSettings, deps: ModelDeps = {}): Model {
  const { baseUrl, apiKey, model, hosts } = settings
  if (!isAllowedAddress(baseUrl, hosts)) throw new ModelFailure('host')
  const clock = deps.clock ?? systemClock
  const tell = deps.onCall ?? (() => {})
  const pace = createPace(settings.concurrency, settings.perMinute, clock)
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey || 'none',
    organization: null,
    project: null,
    logLevel: 'off',
    timeout: settings.timeoutMs,
    // Ours: the SDK forgets a retry-after of more than a minute, and its backoff ignores the pace.
    maxRetries: 0,
    fetch: guardFetch(deps.fetch ?? globalThis.fetch.bind(globalThis), hosts),
  })
  let learnt = nothingLearnt(clock.now())

  return {
    name: model,
    host: new URL(baseUrl).host,
    extra: settings.extra,
    async ask(question, { meter, signal, until }) {
      if (clock.now() - learnt.at > REMEMBER) learnt = nothingLearnt(clock.now())
      const sending: Sending = { client, pace, clock, meter, signal, until: until ?? Number.POSITIVE_INFINITY, tell }
      const { json_schema } = zodResponseFormat(question.schema, question.name)
      const asked: Asked = { ...question, shape: json_schema }
      const turns: Body['messages'] = [{ role: 'user', content: question.user }]
      let maxTokens = question.maxTokens
      let repairs = 0
      let adaptions = 0
      for (let requests = 0; requests < MOST_REQUESTS + adaptions; requests++) {
        const { rung } = learnt
        const body = bodyOf(asked, RUNGS[rung] ?? 'plain', turns, maxTokens)
        let said: Said
        try {
          said = await send(body, sending)
        } catch (error) {
          if (!(error instanceof APIError)) throw error
          if (adaptions === MOST_ADAPTIONS || !adapt(error, body, rung))
            throw new ModelFailure((error.status ?? 0) < 400 ? 'transport' : 'refused', error.status)
          adaptions++
          continue
        }
        const read = readAnswer(said, question)
        tell('value' in read ? 'answered' : (outcomeOfReason(read.reason) ?? 'invalid'))
        if ('value' in read)
          return { value: read.value, model: said.model, rung: RUNGS[rung] ?? 'plain', mended: repairs > 0 }
        if (repairs === 1 || read.fault === null) throw new ModelFailure(read.reason)
        repairs++
        if (read.reason === 'length') maxTokens *= said.text === '' ? ROOM_TO_THINK : 2
        else turns.push({ role: 'assistant', content: said.text.slice(0, 4000) }, { role: 'user', content: read.fault })
      }
      throw new ModelFailure('invalid')
    },
  }

  /** Learns from the refusal of `body` how to ask instead; false when nothing can be changed. */
  function adapt(error: APIError, body: Body, rung: number): boolean {
    if (asksNotToThink(error) && !('enable_thinking' in body) && !learnt.unthinking) {
      learnt.unthinking = true
      return true
    }
    const parameter = rejectedParameter(error, body)
    if (parameter === 'max_tokens') {
      learnt.renamed = true
      return true
    }
    if (parameter) {
      learnt.dropped.add(parameter)
      return true
    }
    if (!blamesFormat(error) || rung === RUNGS.length - 1) return false
    // Another request may have stepped down meanwhile.
    learnt.rung = Math.max(learnt.rung, rung + 1)
    return true
  }

  function bodyOf(question: Asked, rung: Rung, turns: Body['messages'], maxTokens: number): Body {
    const json_schema = question.shape
    const shape =
      rung === 'json_schema'
        ? ''
        : `\n\n只输出一个 JSON 对象，须符合此 JSON Schema：\n${JSON.stringify(json_schema.schema)}`
    const wanted: Record<string, unknown> = {
      temperature: question.temperature,
      seed: question.seed,
      ...settings.extra,
      ...(learnt.unthinking ? { enable_thinking: false } : {}),
      [learnt.renamed ? 'max_completion_tokens' : 'max_tokens']: maxTokens,
      ...(rung === 'json_schema' ? { response_format: { type: 'json_schema', json_schema } } : {}),
      ...(rung === 'json_object' ? { response_format: { type: 'json_object' } } : {}),
    }
    const kept = Object.fromEntries(Object.entries(wanted).filter(([name]) => !learnt.dropped.has(name)))
    return { ...kept, model, messages: [{ role: 'system', content: question.system + shape }, ...turns] }
  }
}

type Asked = Pick<Question<unknown>, 'system' | 'temperature' | 'seed'> & {
  shape: ReturnType<typeof zodResponseFormat>['json_schema']
}

/** `fault` says what the model must mend; `null` when asking again is no use. */
type Read<T> = { value: T } | { reason: 'refusal' | 'content-filter' | 'length' | 'invalid'; fault: string | null }

/** DeepSeek, GLM and Azure name a stop by their filters differently. */
const FILTERED = ['content_filter', 'sensitive', 'insufficient_system_resource']

function readAnswer<T>({ text, refused, finish }: Said, { schema, object, prepare }: Question<T>): Read<T> {
  if (refused) return { reason: 'refusal', fault: null }
  if (FILTERED.includes(finish)) return { reason: 'content-filter', fault: null }
  const truncated = finish === 'length'
  let json: unknown
  try {
    json = extractJson(text, truncated)
  } catch {
    return truncated ? { reason: 'length', fault: '' } : { reason: 'invalid', fault: repairOf('不是一个 JSON 对象') }
  }
  const parsed = schema.safeParse(prepare ? prepare(json) : json)
  if (!parsed.success) return { reason: 'invalid', fault: repairOf(z.prettifyError(parsed.error)) }
  const objection = object?.(parsed.data)
  return objection ? { reason: 'invalid', fault: repairOf(objection) } : { value: parsed.data }
}

const repairOf = (fault: string): string =>
  `上面的回答不符合要求的格式，请只更正格式，重新输出完整的 JSON：\n${fault.slice(0, 1500)}`

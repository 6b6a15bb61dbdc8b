import { APIConnectionTimeoutError, APIError, APIUserAbortError, type OpenAI } from 'openai'
import { z } from 'zod'
import { ModelFailure } from './failure.ts'
import { type Meter, tokensOf } from './meter.ts'
import { blamesFormat } from './negotiate.ts'
import { type CallOutcome, outcomeOfError } from './outcome.ts'
import type { Clock, Pace } from './pace.ts'

const MOST_TRIES = 4
const FIRST_WAIT = 500
const LONGEST_WAIT = 8000

const Text = z.string().nullish().catch(null)
/** Some endpoints give the content in parts. */
const Content = z.union([z.string(), z.array(z.object({ text: z.string().default('') }))]).nullish()
const Message = z.object({ content: Content, refusal: Text, reasoning_content: Text, reasoning: Text })

/** The part of a chat completion that is used; anything else that calls itself 200 OK is none. */
const Completion = z.object({
  model: z.string().optional(),
  choices: z.array(z.object({ finish_reason: z.string().nullish(), message: Message })).min(1),
  usage: z
    .object({ prompt_tokens: z.number().catch(0), completion_tokens: z.number().catch(0) })
    .nullish()
    .catch(null),
})

export type Body = Record<string, unknown> & { model: string; messages: { role: string; content: unknown }[] }
export type Said = { text: string; refused: boolean; finish: string; model: string }
/** `until`: when `signal` will end it, as the clock has it. */
export type Sending = {
  client: OpenAI
  pace: Pace
  clock: Clock
  meter: Meter
  signal: AbortSignal
  until: number
  /** Told of every request that gave no completion. */
  tell: (outcome: CallOutcome) => void
}

/**
 * One request, tried again on a busy or broken endpoint for as long as the deadline allows; a `retry-after` is obeyed however long
 * it is, by every request. Throws `APIError` for what another request might mend (400 and its like), else `ModelFailure`.
 */
export async function send(body: Body, sending: Sending): Promise<Said> {
  const { pace, clock, signal, until } = sending
  for (let attempt = 1; ; attempt++) {
    try {
      return await pace.take(() => sendOnce(body, sending), signal)
    } catch (error) {
      if (signal.aborted || error instanceof APIUserAbortError) throw new ModelFailure('deadline')
      if (error instanceof ModelFailure) throw error
      const own = rootCause(error)
      if (own) throw own
      if (!isPassing(error)) throw error instanceof APIError ? error : new ModelFailure('bad-response')
      if (attempt === MOST_TRIES) throw new ModelFailure('transport', statusOf(error))
      const asked = askedWait(error, clock.now())
      if (asked !== null) {
        if (clock.now() + asked >= until) throw new ModelFailure('busy', statusOf(error))
        pace.rest(asked)
        continue
      }
      await clock.sleep(Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT), signal).catch(() => {
        throw new ModelFailure('deadline')
      })
    }
  }
}

async function sendOnce(body: Body, { client, meter, signal, tell }: Sending): Promise<Said> {
  const settle = meter.reserve(lengthOf(body), Number(body.max_tokens ?? body.max_completion_tokens ?? 0))
  try {
    // Bodies are negotiated with endpoints of every vendor: the SDK's own type knows one vendor's.
    const answer: unknown = await client.post('/chat/completions', { body, signal })
    const parsed = Completion.safeParse(answer)
    if (!parsed.success) throw new ModelFailure('bad-response')
    const { choices, usage, model } = parsed.data
    const [choice] = choices
    const finish = choice?.finish_reason ?? ''
    const text = choice ? wordsOf(choice.message, finish) : ''
    // An endpoint that does not count is counted for: the budget holds all the same.
    settle(
      usage
        ? { input: usage.prompt_tokens, output: usage.completion_tokens }
        : { input: tokensOf(lengthOf(body)), output: tokensOf(text.length) },
    )
    return { text, refused: Boolean(choice?.message.refusal), finish, model: model ?? String(body.model) }
  } catch (error) {
    settle()
    const outcome = outcomeOfError(error, signal)
    if (outcome) tell(outcome)
    throw error
  }
}

/** With some servers the answer of a model that was told not to think stands where its thoughts would. */
function wordsOf({ content, reasoning, reasoning_content }: z.infer<typeof Message>, finish: string): string {
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  return said.trim() === '' && finish !== 'length' ? (reasoning_content ?? reasoning ?? '') : said
}

const lengthOf = ({ messages }: Body): number =>
  messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.length : 0), 0)

const statusOf = (error: unknown): number | undefined => (error instanceof APIError ? error.status : undefined)

/** The SDK wraps what our own `fetch` refused as a fault of the connection. */
function rootCause(error: unknown): ModelFailure | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ModelFailure) return cause
  return null
}

/** A busy endpoint, a timeout, a broken or cut connection. */
function isPassing(error: unknown): boolean {
  if (error instanceof APIConnectionTimeoutError) return true
  if (!(error instanceof APIError))
    return error instanceof TypeError || error instanceof SyntaxError || isNetwork(error)
  const { status, headers } = error
  if (headers?.get('x-should-retry') === 'false' || blamesFormat(error)) return false
  return status === undefined || status === 408 || status === 409 || status === 429 || (status >= 500 && status !== 501)
}

/** Streams of a body that was cut off: undici and workerd name it differently. */
const isNetwork = (error: unknown): boolean =>
  error instanceof Error && /terminated|network|socket|aborted|ECONN|premature/i.test(`${error.name} ${error.message}`)

/** Milliseconds that the endpoint asks to be left alone (RFC 9110, 10.2.3: seconds or a date; some vendors: `-ms`). */
function askedWait(error: unknown, now: number): number | null {
  const headers = error instanceof APIError ? error.headers : undefined
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers?.get('retry-after')
  if (!value) return null
  const seconds = Number(value)
  const wait = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000
  return wait >= 0 ? wait : null
}

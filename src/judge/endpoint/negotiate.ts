import type { APIError } from 'openai'

/** How the answer's shape is asked for, best first. */
export const RUNGS = ['json_schema', 'json_object', 'plain'] as const
export type Rung = (typeof RUNGS)[number]

const FORMAT =
  /response_?format|json_schema|json_object|structured|grammar|guided|schema|extra (?:fields|inputs)|must contain the word/i
const REFUSES =
  /unsupported|not supported?|does not support|unknown|unrecogni[sz]ed|invalid|must be|out of range|extra (?:fields|inputs)|only the default|not allowed|not permitted|too (?:large|small|high|low)|不支持|未知参数|取值范围|无效|不合法/i
/** Never to be dropped: without them nothing is asked. */
const ESSENTIAL = ['model', 'messages', 'response_format']

/** What the endpoint says is wrong, without what validators repeat of the request: that names every parameter. */
function wordsOf({ message, error }: APIError): string {
  const said = message.replace(/^\d{3} /, '')
  return `${withoutEcho(said)} ${withoutEcho(JSON.stringify(error ?? ''))}`
}

function withoutEcho(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (key, value) => (key === 'input' || key === 'body' ? undefined : value))
  } catch {
    return text
  }
}

/** The endpoint refuses the way in which the answer's shape was asked for. Ask `rejectedParameter` first. */
export function blamesFormat(error: APIError): boolean {
  if (![400, 404, 415, 422, 500, 501].includes(error.status ?? 0)) return false
  const words = wordsOf(error)
  return FORMAT.test(words) && (error.status !== 500 || /grammar|schema/i.test(words))
}

/** The parameter of `body` that the endpoint refuses, or refuses the value of, where it names one. */
export function rejectedParameter(error: APIError, body: Record<string, unknown>): string | null {
  if (error.status !== 400 && error.status !== 422) return null
  const adaptable = Object.keys(body).filter((name) => !ESSENTIAL.includes(name))
  if (error.param && adaptable.includes(error.param)) return error.param
  const words = wordsOf(error)
  if (!REFUSES.test(words)) return null
  return adaptable.find((name) => new RegExp(`\\b${name}\\b`).test(words)) ?? null
}

/** Qwen's open models on DashScope think unless told not to, and then answer only as a stream. */
export const asksNotToThink = (error: APIError): boolean =>
  error.status === 400 && /enable_thinking\W+must be (?:set to )?false/i.test(wordsOf(error))

import { jsonrepair } from 'jsonrepair'

/** Places at which an object is looked for; an answer with more braces than that is no answer. */
const MOST_STARTS = 40

/**
 * The JSON object in a model's answer: without thinking, code fences and the prose around it, small slips mended. Of several the longest:
 * the others are examples and figures of speech. What was cut off is never mended: closing brackets would be invented. Throws `SyntaxError`.
 */
export function extractJson(text: string, truncated: boolean): unknown {
  const answer = text.replace(/^\ufeff/, '').replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
  const whole = longestObject(answer)
  if (whole !== undefined) return whole
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(answer)?.[1] ?? answer
  const from = fenced.indexOf('{')
  const until = fenced.lastIndexOf('}')
  if (from < 0 || truncated) throw new SyntaxError('no JSON object')
  try {
    return JSON.parse(jsonrepair(fenced.slice(from, until > from ? until + 1 : undefined)))
  } catch {
    throw new SyntaxError('not JSON')
  }
}

function longestObject(text: string): unknown {
  let longest: { length: number; value: unknown } | undefined
  let from = text.indexOf('{')
  for (let starts = 0; from >= 0 && starts < MOST_STARTS; starts++) {
    const until = endOfObject(text, from)
    const value = until === null ? undefined : parsed(text.slice(from, until))
    const length = value === undefined ? 0 : (until ?? from) - from
    if (length > (longest?.length ?? 0)) longest = { length, value }
    // What stands within an object is a part of it.
    from = text.indexOf('{', from + Math.max(length, 1))
  }
  return longest?.value
}

/** Just behind the brace that closes the one at `from`; braces in strings count for nothing. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0
  let isString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (isString) {
      if (character === '\\') at++
      else if (character === '"') isString = false
    } else if (character === '"') isString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
  }
  return null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

import { jsonrepair } from 'jsonrepair'

/**
 * The JSON object in a model's answer: without thinking, code fences and the prose around it, small slips mended. What was cut off is
 * never mended: closing brackets would be invented. Throws `SyntaxError`.
 */
export function extractJson(text: string, truncated: boolean): unknown {
  const answer = text.replace(/^\ufeff/, '').replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(answer)?.[1] ?? answer
  const from = fenced.indexOf('{')
  const until = fenced.lastIndexOf('}')
  if (from < 0) throw new SyntaxError('no JSON object')
  const json = fenced.slice(from, until > from ? until + 1 : undefined)
  try {
    return JSON.parse(json)
  } catch (error) {
    if (truncated) throw error
  }
  try {
    return JSON.parse(jsonrepair(json))
  } catch {
    throw new SyntaxError('not JSON')
  }
}

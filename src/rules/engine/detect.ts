import type { Environment } from '@marcbachmann/cel-js'
import { createEnvironment, type Expression } from './cel.ts'
import type { Detect } from './files.ts'
import { Form, type FormInput, NoValue } from './form.ts'
import type { Packs } from './load.ts'
import { Variables } from './views.ts'
import type { Source } from './yaml.ts'

export type Detection = {
  signs: { words: RegExp; weight: number }[]
  threshold: number
  exclude: RegExp[]
  declaration: Expression[]
}

export type Detected = { pack: string } | { candidates: string[]; reason: string }

let environment: Environment | undefined

/** Faults in the expressions are left in `source`. */
export function compileDetection(detect: Detect, source: Source): Detection {
  environment ??= createEnvironment([])
  const declared = environment
  const declaration = detect.declaration.flatMap((text, index) => {
    const result = declared.check(text)
    if (result.valid && result.type === 'bool') return [declared.parse(text)]
    source.fault(
      ['detect', 'declaration', index],
      result.error?.message.split('\n')[0] ?? `gives ${result.type}, not bool`,
    )
    return []
  })
  return {
    signs: detect.signs.map(({ words, weight }) => ({ words: new RegExp(words, 'u'), weight })),
    threshold: detect.threshold,
    exclude: detect.exclude.map((words) => new RegExp(words, 'u')),
    declaration,
  }
}

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** `null`: the declaration does not say. */
function holds(expression: Expression, variables: Variables): boolean | null {
  try {
    return expression(variables) === true
  } catch (error) {
    if (error instanceof NoValue) return null
    throw error
  }
}

/** The pack's score, or `null` when something rules it out. */
function score(detection: Detection, words: string, variables: Variables, hasText: boolean): number | null {
  const answers = detection.declaration.map((expression) => holds(expression, variables))
  if (answers.includes(false)) return null
  if (!hasText && answers.includes(null)) return null
  if (detection.exclude.some((pattern) => pattern.test(words))) return null
  return detection.signs.reduce((total, { words: sign, weight }) => total + (sign.test(words) ? weight : 0), 0)
}

/**
 * Tells from the form's own words which pack reviews it. `text`: all words of the document, in reading order; for a record
 * without a document leave it empty, and the record's own values are searched instead, and must all be given.
 */
export function detectPack({ packs }: Packs, input: { text: string; declaration: FormInput['declaration'] }): Detected {
  const hasText = input.text.trim() !== ''
  const words = (hasText ? input.text : stringsIn(input.declaration).join('\n'))
    .normalize('NFKC')
    .replace(/[^\S\n]+/g, '')
  const variables = new Variables(new Form({ declaration: input.declaration }))
  const scored = [...packs.values()].flatMap((pack) => {
    const points = pack.detection ? score(pack.detection, words, variables, hasText) : null
    return points === null || !pack.detection
      ? []
      : [{ id: pack.id, points, enough: points >= pack.detection.threshold }]
  })
  scored.sort((a, b) => b.points - a.points)
  const fitting = scored.filter(({ enough }) => enough)
  const [best, second] = fitting
  if (best && (!second || second.points < best.points)) return { pack: best.id }
  const candidates = (fitting.length > 0 ? fitting : scored.filter(({ points }) => points > 0)).map(({ id }) => id)
  const reason = best
    ? `申报书同时符合多个规则包（${candidates.join('、')}），请指定`
    : '申报书中未见足以确定规则包的标题、年度、地区和级别，请指定'
  return { candidates, reason }
}

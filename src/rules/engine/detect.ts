import type { Environment } from '@marcbachmann/cel-js'
import { createEnvironment, type Expression } from './cel.ts'
import type { Detect } from './files.ts'
import { Form, type FormInput, NoValue } from './form.ts'
import type { Packs } from './load.ts'
import type { Pack } from './pack.ts'
import { Variables } from './views.ts'
import type { Source } from './yaml.ts'

type Sign = { words: RegExp; weight: number }

export type Detection = {
  title: Sign[]
  signs: Sign[]
  threshold: number
  exclude: RegExp[]
  declaration: Expression[]
  record: Expression[]
}

export type Detected = { pack: string } | { candidates: string[]; reason: string }

let environment: Environment | undefined

/** Faults in the expressions are left in `source`. */
export function compileDetection(detect: Detect, source: Source): Detection {
  environment ??= createEnvironment([])
  const declared = environment
  const compile = (key: 'declaration' | 'record') =>
    detect[key].flatMap((text, index) => {
      const result = declared.check(text)
      if (result.valid && result.type === 'bool') return [declared.parse(text)]
      source.fault(['detect', key, index], result.error?.message.split('\n')[0] ?? `gives ${result.type}, not bool`)
      return []
    })
  return {
    ...compileSummaryDetection(detect),
    declaration: compile('declaration'),
    record: compile('record'),
  }
}

export type SummaryDetection = Pick<Detection, 'title' | 'signs' | 'threshold' | 'exclude'>

export const compileSummaryDetection = (detect: Omit<Detect, 'declaration' | 'record'>): SummaryDetection => ({
  title: patterns(detect.title),
  signs: patterns(detect.signs),
  threshold: detect.threshold,
  exclude: detect.exclude.map((words) => new RegExp(words, 'u')),
})

const patterns = (signs: Detect['signs']): Sign[] =>
  signs.map(({ words, weight }) => ({ words: new RegExp(words, 'u'), weight }))

/** `null`: the declaration does not say. */
function holds(expression: Expression, variables: Variables): boolean | null {
  try {
    return expression(variables) === true
  } catch (error) {
    if (error instanceof NoValue) return null
    throw error
  }
}

type Words = { title: string; all: string }
type Scored = { pack: Pack; points: number; enough: boolean; isExcluded: boolean }

const sum = (signs: Sign[], text: string): number =>
  signs.reduce((total, { words, weight }) => total + (words.test(text) ? weight : 0), 0)

function scoreForm(pack: Pack, detection: Detection, { title, all }: Words, variables: Variables): Scored {
  const points = sum(detection.title, title) + sum(detection.signs, all)
  const isExcluded =
    detection.exclude.some((pattern) => pattern.test(title)) ||
    detection.declaration.some((expression) => holds(expression, variables) === false)
  return { pack, points, enough: points >= detection.threshold, isExcluded }
}

function scoreRecord(pack: Pack, { declaration, record }: Detection, variables: Variables): Scored {
  const enough = record.length > 0 && [...declaration, ...record].every((test) => holds(test, variables) === true)
  return { pack, points: enough ? 1 : 0, enough, isExcluded: false }
}

/**
 * Tells from the form's own words which pack reviews it. `text`: all words of the document, in reading order; for a record
 * without a document leave it empty: then level, year and place must all be told by the record.
 */
export function detectPack({ packs }: Packs, input: { text: string; declaration: FormInput['declaration'] }): Detected {
  const isRecord = input.text.trim() === ''
  const lines = linesOf(input.text)
  const words = { title: titleWords(lines), all: lines.join('\n') }
  const variables = new Variables(new Form({ declaration: input.declaration }))
  const scored = [...packs.values()].flatMap((pack) => {
    if (!pack.detection) return []
    return isRecord ? scoreRecord(pack, pack.detection, variables) : scoreForm(pack, pack.detection, words, variables)
  })
  scored.sort((a, b) => b.points - a.points)
  const fitting = scored.filter(({ enough, isExcluded }) => enough && !isExcluded)
  const [best, second] = fitting
  if (best && (!second || second.points < best.points)) return { pack: best.pack.id }
  const near = scored.filter(({ enough }) => enough)
  return {
    candidates: (best ? fitting : near).map(({ pack }) => pack.id),
    reason: reasonOf(isRecord, fitting, near, lines),
  }
}

/** Tells from the titles and words of summary sheets which pack reviews them. */
export function detectSummaryPack({ packs }: Packs, input: { titles: string[]; text: string }): Detected {
  const title = linesOf(input.titles.join('\n')).join('\n')
  const all = linesOf(input.text).join('\n')
  const scored = [...packs.values()].flatMap((pack) => {
    const found = pack.summaryDetection
    if (!found || found.exclude.some((pattern) => pattern.test(title))) return []
    const points = sum(found.title, title) + sum(found.signs, all)
    return points >= found.threshold ? [{ id: pack.id, points }] : []
  })
  scored.sort((a, b) => b.points - a.points)
  const [best, second] = scored
  if (best && (!second || second.points < best.points)) return { pack: best.id }
  return {
    candidates: scored.map(({ id }) => id),
    reason: best
      ? '这份汇总表同时符合多个规则包，请指定'
      : '这是一份汇总表，但其中未见足以确定规则包的地区、级别和年度，请指定',
  }
}

function reasonOf(isRecord: boolean, fitting: Scored[], near: Scored[], lines: string[]): string {
  const names = (found: Scored[]) => found.map(({ pack }) => pack.title['zh-CN']).join('、')
  if (fitting.length > 0) return `申报书同时符合多个规则包：${names(fitting)}，请指定`
  if (isRecord) return '数据中的级别、年度和申报单位所在地不足以确定规则包，请指定'
  const called = formName(lines)
  const title = called ? `标题“${called}”` : '申报书'
  if (near.length > 0) return `${title}与${names(near)}相近，但年度、级别或地区不符，请指定`
  return called
    ? `没有与标题“${called}”的年度、地区和级别都相符的规则包，请指定`
    : '申报书中未见足以确定规则包的标题、年度、地区和级别，请指定'
}

const linesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ''))
    .filter((line) => line !== '')

const FIRST_LINES = 25
const LONGEST_TITLE = 45
const NAMES_FORM = /(?:申报书|申报表|备案表|备案申请表|申请表)(?:[(（].{0,12}[)）])?$/

const isTitle = (line: string): boolean => line.length <= LONGEST_TITLE && NAMES_FORM.test(line)

/** A title may be broken over lines, and the cover need not be the first page: prose that speaks of other projects is no title. */
function titleWords(lines: string[]): string {
  const first = lines.slice(0, FIRST_LINES).filter((line) => line.length <= LONGEST_TITLE)
  const later = lines.flatMap((line, index) =>
    index >= FIRST_LINES && isTitle(line) ? lines.slice(Math.max(index - 2, FIRST_LINES), index + 2).join('') : [],
  )
  return [first.join(''), ...later].join('\n')
}

/** The title as a message may quote it: the line that names the form, with the one before where it says no more than 申报书. */
function formName(lines: string[]): string | null {
  const index = lines.findIndex(isTitle)
  const line = lines[index]
  if (line === undefined) return null
  const before = line.length <= 8 ? (lines[index - 1] ?? '') : ''
  return `${before.length <= LONGEST_TITLE ? before : ''}${line}`
}

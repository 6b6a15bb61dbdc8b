import { foldText } from '../text/fold.ts'

/** One option of a multiple choice as printed, with its mark. */
export type Option = { text: string; ticked: boolean }

const MARKS: [RegExp, string][] = [
  [/\((?:√|✓|✔|v|V|×|x|X|■|●|☑)\)/g, '☑'],
  // A right bracket that closes a tick is read as 门, or as nothing.
  [/\((?:√|✓|✔)门?/g, '☑'],
  [/\(\)/g, '☐'],
  [/(?:√|✓|✔)\s*☑/g, '☑'],
  [/[☐○◯]\s*(?:√|✓|✔)/g, '☑'],
  [/(?:√|✓|✔)\s*☐/g, '☑'],
  [/☑☑+/g, '☑'],
  [/[√✓✔●◉⊙]/g, '☑'],
  [/[○◯◎]/g, '☐'],
]

/** A cross that is no sign between figures, with its brackets. */
const CROSS = /\((?:×|✗|✕)\)|(?<![\d*])\s?(?:×|✗|✕)(?!\s?\d)/g

/** Folded text in which every style of mark is ☐ or ☑. `[√]`, `(√)`, `●` and `√` are ticks; `[ ]`, `( )`, `○` are not. */
export function withMarks(text: string): string {
  let marked = foldText(text)
  // Where some options are ticked, a cross leaves one out; where there is none, and a box is left empty, it stands for the tick.
  if (/[√✓✔☑●◉⊙■]/.test(marked)) marked = marked.replace(CROSS, '☐')
  else if (/[☐○◯]|\(\)/.test(marked)) marked = marked.replace(CROSS, '☑')
  for (const [pattern, mark] of MARKS) marked = marked.replace(pattern, mark)
  // Beside real boxes, a scan's 口 is an empty box too.
  return /[☐☑]/.test(marked) ? marked.replace(/口(?!腔|服|述|径)/g, '☐') : marked
}

/**
 * The options of a text with marks, or null when it has none. All marks stand before their words, or all behind them: told by
 * what the text begins and ends with, by the gaps around the marks, and by words that can only be options. Where both ways
 * stay possible they are the page's `usual` side, or the options have no words, so that nothing is read off them.
 */
export function readOptions(text: string, usual: Side | null = null): Option[] | null {
  const marked = withMarks(text)
  if (!/[☐☑]/.test(marked)) return null
  const raw = marked.split(/[☐☑]/)
  const words = raw.map(trimOption)
  const marks = [...marked.replace(/[^☐☑]/g, '')]
  const isLone = marks.length === 1
  const isBare = isLone && BARE.test(text) && words.every((word) => word !== '')
  const isOpen = isBare || (isLone && words.every((word) => choicesIn(word) !== null))
  const side = (isOpen ? sideByGaps(text) : sideOf(raw, words, text)) ?? usual
  return marks.map((mark, index) => {
    const word = side === null ? '' : (words[side === 'after' ? index : index + 1] ?? '')
    return { text: isLone && side ? besideTick(word, side) : word, ticked: mark === '☑' }
  })
}

/** A tick with neither box nor brackets. */
export const BARE = /^[^☐☑□■()（）[\]【】]*[√✓✔][^☐☑□■()（）[\]【】]*$/

/** Options that follow one another without marks of their own where only the chosen one is ticked. */
const CHOICES =
  /新申报项目|备案项目|基础训练类|学习提高类|前沿进展类|线上线下结合|面授|远程|线上|线下|国家级|省级|市级|是|否|男|女/g

/** The one of several options that stands next to the only tick. */
function besideTick(words: string, side: Side): string {
  const choices = words.match(CHOICES) ?? []
  const scraps = words.length - choices.join('').length
  const isRow = choices.length > 1 && scraps <= SCRAPS * choices.length
  return (isRow ? choices.at(side === 'after' ? -1 : 0) : undefined) ?? words
}

/** So many characters beside each option may be what is left of its empty box. */
const SCRAPS = 2

/** The options that words consist of; null where they say anything else. */
export function choicesIn(words: string): string[] | null {
  const choices = words.match(CHOICES)
  return choices && choices.join('') === words.replace(/\s/g, '') ? choices : null
}

export type Side = 'before' | 'after'

/** Words that answer a question on a form: beside a mark they are an option, not the question. */
const ANSWER =
  /^(?:是|否|有|无|男|女|在职|在岗|退休|新申报|备案|面授|线下|远程|线上|国家级|省级|市级|同意|不同意|.{2,6}类)(?:项目)?$/

/** An option, behind what may be left of its box. */
const FIRST_CHOICE = new RegExp(`^.{0,${SCRAPS}}?(?:${CHOICES.source})`)

/** Whether words begin with one of several options. */
export const isAnswer = (words: string): boolean => (words.match(CHOICES)?.length ?? 0) > 1

/** Where the marks stand: before their words, or after them; null when it cannot be told. */
function sideOf(raw: string[], words: string[], text: string): Side | null {
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (first === '' && last !== '') return 'before'
  const gaps = sideByGaps(text)
  if (first === '' || /:\s*$/.test(raw[0] ?? '')) return last === '' && gaps ? gaps : 'before'
  if (last === '') return gaps === 'before' && !ANSWER.test(first) ? null : 'after'
  if (gaps) return gaps
  if (ANSWER.test(first)) return ANSWER.test(last) || FIRST_CHOICE.test(last) ? null : 'after'
  return 'before'
}

/** A mark with a gap on one side only belongs to the words on the other; null where the marks disagree or say nothing. */
function sideByGaps(text: string): Side | null {
  const inBrackets = text.replace(/([（([【])\s+|\s+(?=[)）\]】])/g, '$1')
  const marked = withMarks(inBrackets.trim().replace(/[\s\u3000]+/g, GAP))
  const sides = new Set<Side>()
  for (const { index } of marked.matchAll(/[☐☑]/g)) {
    const [left, right] = [marked[index - 1], marked[index + 1]].map((next) => next !== undefined && IN_WORD.test(next))
    if (left !== right) sides.add(left ? 'after' : 'before')
  }
  const [side] = sides
  return sides.size === 1 && side ? side : null
}

/** Stands for white space where folding would drop it. */
const GAP = '\ue000'
const IN_WORD = /[\p{L}\p{N})]/u

const trimOption = (token: string) => token.replace(/^[\s,、;。:()/|]+|[\s,、;。:()/|]+$/g, '')

export const tickedOf = (options: Option[]): Option[] => options.filter((option) => option.ticked)

import { diffChars } from 'diff'
import { UNREAD } from '../../../declaration/unread.ts'
import { SURE } from '../../engine/form.ts'
import { likeness } from '../likeness.ts'
import { compareUnits } from '../unit-name.ts'

/** `ask`: a misreading would explain the difference, so a person compares. */
export type Agreement = 'same' | 'ask' | 'differs'

type Value = string | number | boolean

/** How surely the paper was read (0–1), and whether characters may be misread at all. */
export type Reading = { confidence: number; recognised: boolean }

/** Texts longer than this are told apart by their passages. */
const LONG = 60

/** Dates may be told to the month on one side. */
const DATE = /\.(birth|start|end|date)$/
const UNIT = /(^|\.)unit$|^unit\.name$/
/** Several words in any order. */
const WORDS = /\.method$/

/**
 * Whether what was read from the paper at `path` says what was filled in online. Spaces, punctuation and widths do not count; 〓
 * agrees with any one character. The surer the reading, the less a misreading explains.
 */
export function compareValue(path: string, read: Value, told: Value, { confidence, recognised }: Reading): Agreement {
  const [left, right] = [plain(path, read), plain(path, told)]
  if (left === right || isSameDate(path, left, right) || isSameUnit(path, read, told)) return 'same'
  if (Math.max(left.length, right.length) > LONG) return comparePassages(left, right, { confidence, recognised })
  const slips = slipsBetween(left, right)
  if (slips === 0) return isMostlyRead(left) ? 'same' : 'ask'
  if (confidence < SURE) return 'ask'
  if (typeof read === 'boolean') return 'differs'
  return (recognised || left.includes(UNREAD)) && isSlip(slips, right) ? 'ask' : 'differs'
}

function plain(path: string, value: Value): string {
  const text = String(value)
  if (WORDS.test(path))
    return text
      .split(/[\s,，、;；+＋/]+/)
      .filter(Boolean)
      .sort()
      .join('')
  return typeof value === 'string' ? foldText(text) : text
}

/** Without spaces and punctuation, but 1.5 stays apart from 15. */
const foldText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/(?!(?<=\d)\.(?=\d))[\s\p{P}]/gu, '')
    .toLowerCase()

const isSameDate = (path: string, a: string, b: string): boolean =>
  DATE.test(path) && (a.startsWith(b) || b.startsWith(a))

const isSameUnit = (path: string, a: Value, b: Value): boolean =>
  UNIT.test(path) && !String(a).includes(UNREAD) && compareUnits(String(a), String(b)) === 'same'

const isMostlyRead = (read: string): boolean =>
  [...read].filter((character) => character === UNREAD).length * 2 < read.length

/** One character of a short value, two of a longer one, and no more than a quarter. */
const isSlip = (slips: number, told: string): boolean => slips === 1 || (slips === 2 && told.length >= 8)

/** Characters read wrongly, lost or added (Levenshtein's distance), 〓 standing for any one. */
export function slipsBetween(read: string, told: string): number {
  const [left, right] = [[...read], [...told]]
  let row = right.map((_, at) => at + 1)
  for (const [above, character] of left.entries()) {
    let [diagonal, before] = [above, above + 1]
    row = row.map((up, at) => {
      const same = character === right[at] || character === UNREAD
      const here = Math.min(diagonal + (same ? 0 : 1), up + 1, before + 1)
      diagonal = up
      before = here
      return here
    })
  }
  return row.at(-1) ?? left.length
}

/** Where two long texts part, with the words of either. */
export type Passage = { read: string; told: string; before: string; after: string }

const MOST_EDITS = 2000
/** Equal characters between two differing passages that are no more than chance. */
const CHANCE = 2
const CONTEXT = 6

/** The passages in which two texts differ; `null` where they have little in common. */
export function passagesBetween(read: string, told: string): Passage[] | null {
  const changes = diffChars(read, told, { maxEditLength: MOST_EDITS })
  if (!changes) return null
  const passages: Passage[] = []
  let isOpen = false
  let before = ''
  for (const { value, added, removed } of changes) {
    const last = passages.at(-1)
    if (added || removed) {
      const passage = isOpen && last ? last : { read: '', told: '', before, after: '' }
      if (passage !== last) passages.push(passage)
      isOpen = true
      if (removed) passage.read += value
      else passage.told += value
      continue
    }
    if (isOpen && last && value.length <= CHANCE) {
      last.read += value
      last.told += value
    } else {
      if (isOpen && last) last.after = value.slice(0, CONTEXT)
      isOpen = false
    }
    before = value.slice(-CONTEXT)
  }
  return passages
}

/** Misread characters of a long text are many and short; other words are long. */
const SLIP_LENGTH = 3
const SLIP_SHARE = 0.09
const OTHER_WORDS = 6

function comparePassages(read: string, told: string, { confidence, recognised }: Reading): Agreement {
  const passages = passagesBetween(read, told)
  if (passages === null) return confidence < SURE ? 'ask' : 'differs'
  const real = passages.filter((passage) => slipsBetween(passage.read, passage.told) > 0)
  if (real.length === 0) return 'same'
  // However surely the lines were read, one may not have been seen.
  const isLost = ({ read: one, told: other }: Passage) =>
    Math.min(one.length, other.length) < OTHER_WORDS && Math.max(one.length, other.length) > SLIP_LENGTH
  if ((recognised || confidence < 1) && real.every(isLost)) return 'ask'
  if (!recognised && !read.includes(UNREAD)) return 'differs'
  const isOther = ({ read: one, told: other }: Passage) =>
    Math.min(one.length, other.length) >= OTHER_WORDS && likeness(one, other) < 0.5
  if (confidence >= SURE && real.some(isOther)) return 'differs'
  const length = (passage: Passage) => Math.max(passage.read.length, passage.told.length)
  const isFigure = (passage: Passage) => /\d/.test(passage.read) && /\d/.test(passage.told)
  const wrong = real.reduce((sum, passage) => sum + length(passage), 0)
  if (real.some((passage) => length(passage) > SLIP_LENGTH || isFigure(passage))) return 'ask'
  return wrong <= SLIP_SHARE * told.length ? 'same' : 'ask'
}

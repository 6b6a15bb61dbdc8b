import { distance, foldText, withoutBrackets } from '../text/fold.ts'
import type { Block, Label } from './label.ts'
import { misreadFrom } from './misread.ts'
import { LEADER_LABELS, UNIT_LABELS } from './people.ts'
import { PROJECT_LABELS } from './project.ts'
import { HEADING_LABELS, SECTION_LABELS } from './sections.ts'
import { words } from './words.ts'

/** A label found on the form. `certainty` is below 1 where it was matched through a misreading or a loose place. */
export type Match = { label: Label; certainty: number; sign: boolean; seal: boolean; numbered: boolean; word: string }

const LABELS: Label[] = [...PROJECT_LABELS, ...UNIT_LABELS, ...LEADER_LABELS, ...SECTION_LABELS, ...HEADING_LABELS]

const exact = new Map<string, Label[]>()
const byLength = new Map<number, string[]>()
const byFirst = new Map<string, string[]>()
for (const label of LABELS) {
  for (const raw of label.words) {
    const word = withoutBrackets(foldText(raw)).toLowerCase()
    const known = exact.get(word)
    if (known) known.push(label)
    else {
      exact.set(word, [label])
      byLength.set(word.length, [...(byLength.get(word.length) ?? []), word])
      const first = word[0] ?? ''
      byFirst.set(first, [...(byFirst.get(first) ?? []), word])
    }
  }
}
for (const words of byFirst.values()) words.sort((a, b) => b.length - a.length)
const PATTERNS = LABELS.filter((label) => label.pattern && !label.within)

const NUMBERING =
  /^(?:[*★●•·☆※#◆▲]*)(?:第[一二三四五六七八九十\d]+(?:部分|项|章)[:、.]?|\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.]?|[一二三四五六七八九十]{1,3}[、.:]|\d{1,2}[、.:](?:\d{1,2}[、.]|\d{1,2}(?=[\u4e00-\u9fff]{4}))?|\d{1,2}(?=[\u4e00-\u9fff]{4})|[*★●•·☆※#◆▲]+)(?=[^\d.,:、%年月])/
const HINT = /[,，]?(?:请)?(?:不少于|不超过|不多于|限|至少|应|控制在)\d+(?:-\d+)?(?:个)?字.*$/
const LONGEST = 60
/** On a copy the first bracket of `从事专业（二、三级学科）` may look like a box. */
const BOX_FOR_BRACKET = /(?<=^[^()]*[\u4e00-\u9fff])[☐☑](?=[^()☐☑]*\)$)/

const wholes = new Map<string, { labels: Label[]; certainty: number; numbered: boolean; word: string } | null>()

/** The folded text without numbering, brackets, length hints and closing punctuation. */
export function bareLabel(folded: string): { text: string; numbered: boolean } {
  const numbering = NUMBERING.exec(folded)?.[0] ?? ''
  const text = withoutBrackets(folded.slice(numbering.length))
    .replace(HINT, '')
    .replace(/[:。,;、*_\-.]+$/, '')
    .toLowerCase()
  return { text, numbered: numbering !== '' }
}

/** The label that a whole text is, or null. `loose` (scans) forgives a misread character in shorter words too. */
export function matchWhole(text: string, block: Block | null, loose = false): Match | null {
  const folded = foldText(text)
  if (folded === '' || folded.length > LONGEST + 80) return null
  const key = `${loose ? '~' : ''}${folded}`
  let found = wholes.get(key)
  if (found === undefined) {
    found = lookUp(loose ? folded.replace(BOX_FOR_BRACKET, '(') : folded, loose)
    if (wholes.size < 20_000) wholes.set(key, found)
  }
  if (!found) return null
  const label = pickLabel(found.labels, block)
  return label && { label, certainty: found.certainty, ...marksOf(folded), numbered: found.numbered, word: found.word }
}

/** The longest known words that `folded` (lower case) has at `start`, longest first. */
export function wordsAt(folded: string, start: number): string[] {
  const words = byFirst.get(folded[start] ?? '') ?? []
  return words.filter((word) => folded.startsWith(word, start))
}

export function matchWord(word: string, block: Block | null): Label | null {
  return pickLabel(exact.get(word) ?? [], block)
}

const marksOf = (folded: string) => ({ sign: /签字|签名|签章/.test(folded), seal: /盖章|公章|签章|印章/.test(folded) })

/** The meaning for the current block, else the one that serves everywhere. */
function pickLabel(labels: Label[], block: Block | null): Label | null {
  return (
    (block && labels.find((label) => label.within?.includes(block))) || labels.find((label) => !label.within) || null
  )
}

function lookUp(folded: string, loose: boolean) {
  const { text, numbered } = bareLabel(folded)
  if (text === '' || text.length > LONGEST) return null
  const qualified = qualifiedBy(folded, text)
  if (qualified) return { labels: exact.get(qualified) ?? [], certainty: 1, numbered, word: text }
  const known = exact.get(text)
  if (known) return { labels: known, certainty: 1, numbered, word: text }
  const pattern = PATTERNS.find((label) => label.pattern?.test(text))
  if (pattern) return { labels: [pattern], certainty: 0.98, numbered, word: text }
  const owned = ownedBy(text)
  if (owned) return { labels: owned, certainty: 1, numbered, word: text }
  const twin = sameTwice(text)
  if (twin) return { labels: exact.get(twin) ?? [], certainty: 1, numbered, word: twin }
  const meant = loose && text.length >= 3 ? misread(text) : null
  if (meant) return { ...meant, certainty: 0.9, numbered }
  const near = nearest(text, loose)
  return near ? { labels: exact.get(near) ?? [], certainty: loose ? 0.9 : 0.85, numbered, word: near } : null
}

/** `举办起止H期`, `上作单位`: a label with one character that copies are known to change. None when several may be meant. */
function misread(text: string): { labels: Label[]; word: string } | null {
  const found = misreadFrom(text).flatMap((word) => {
    const pattern = PATTERNS.find((label) => label.pattern?.test(word))
    const labels = exact.get(word) ?? (pattern ? [pattern] : null)
    return labels ? [{ labels, word }] : []
  })
  const [first, ...others] = found
  return first && others.every(({ labels }) => labels[0]?.path === first.labels[0]?.path) ? first : null
}

/** `学时数（理论）` is 理论学时数: a short bracket may say which of several is meant. */
function qualifiedBy(folded: string, text: string): string | null {
  const inside = /\(([\u4e00-\u9fff]{2,5})\)[:]?$/.exec(folded)?.[1]
  return inside && exact.has(inside + text) ? inside + text : null
}

const OWNERS: [RegExp, string][] = [
  [/^(?:项目)?(?:负责人|主持人)(?:的)?(?=..)/, 'leader.'],
  [/^(?:项目)?(?:申报|申办|主办|举办|申请)单位(?:的)?(?=..)/, 'unit.'],
]

/** `负责人年龄`: a known label behind the one it speaks of. */
function ownedBy(text: string): Label[] | null {
  for (const [owner, prefix] of OWNERS) {
    const rest = text.replace(owner, '')
    if (rest === text) continue
    const labels = exact.get(rest)?.filter((label) => label.path?.startsWith(prefix))
    // Outside its block such a label serves everywhere: its owner is named.
    if (labels && labels.length > 0) return labels.map(({ within: _, ...label }) => label)
  }
  return null
}

/** `同行评议意见/推荐理由`: two names of one thing. */
function sameTwice(text: string): string | null {
  const halves = text.split(/[/|]/).map((half) => half.replace(/^[、:]+|[、:]+$/g, ''))
  const [first = '', second = ''] = halves
  const path = exact.get(first)?.[0]?.path
  return halves.length === 2 && path && exact.get(second)?.[0]?.path === path ? first : null
}

/** Answers printed on forms that are one character away from a label: 新申报项目 is no misread 申报项目. */
const ANSWERS = new Set(
  words(`新申报项目 新申报 新报项目 新项目 备案项目 备案 延续项目 普通项目 一般项目 重点项目 国家级项目 省级项目 市级项目 推荐项目 远程项目 面授项目
    学习提高类 基础训练类 前沿进展类 线下培训 线下培训班 线上培训 线下教学 线上教学 医疗单位 教学单位 科研单位 其他单位`),
)

/** One slip in six or more characters; on scans one in three or more, two in eight or more. Never when two words tie. */
function nearest(text: string, loose: boolean): string | null {
  if (ANSWERS.has(text)) return null
  // `教学总时长9`: a number behind a label is its value, no misread character.
  if (/\d$/.test(text)) return null
  const limit = loose ? (text.length >= 8 ? 2 : text.length >= 3 ? 1 : 0) : text.length >= 6 ? 1 : 0
  if (limit === 0) return null
  let best: string | null = null
  let bestDistance = limit + 1
  let tied = false
  for (let length = text.length - limit; length <= text.length + limit; length++) {
    for (const word of byLength.get(length) ?? []) {
      if (word.length < 3 || !sharesEnough(text, word, limit)) continue
      const apart = distance(text, word, limit)
      if (apart < bestDistance) {
        best = word
        bestDistance = apart
        tied = false
      } else if (apart === bestDistance && best && exact.get(best)?.[0]?.path !== exact.get(word)?.[0]?.path)
        tied = true
    }
  }
  if (!best || tied || (text.length === 3 && text[0] !== best[0])) return null
  return best
}

function sharesEnough(text: string, word: string, limit: number): boolean {
  let missing = 0
  for (const character of text) if (!word.includes(character) && ++missing > limit) return false
  return true
}

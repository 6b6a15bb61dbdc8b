import type { OcrLine } from '../ports.ts'
import type { Plane } from './raster.ts'
import { around, dotsAt, dotsWithin, hasTail, isBar, isRing, isStop, isTall } from './sign-shapes.ts'

const WIDTHS = [',，', ';；', ':：', '(（', ')）', '?？', '!！'] as const
const FULL = new Map(WIDTHS.map(([half = '', full = '']) => [half, full]))
const HALF = new Map(WIDTHS.map(([half = '', full = '']) => [full, half]))
const HAN = /[\p{Script=Han}\u3040-\u30ff]/u
const CJK = /[\p{Script=Han}\u3000-\u30ff\uff00-\uffef“”‘’—…☐☑]/u
const LETTER = /[A-Za-z0-9]/
/** A sign that takes at most this share of a character's width is half-width: these take 0 to 0.5, the others 1. */
const NARROW = 0.6
/** A point between two Chinese characters, which no text has there: a comma of which a copy lost the tail, or a stop filled in. */
const POINT = /[.．]/

/**
 * Gives punctuation in Chinese text the width it was printed with: the recogniser mixes both. Where the places of the
 * characters do not tell, signs beside Chinese are full-width. Semicolons read as colons, and commas and stops read as points, are
 * told apart by `ink`.
 */
export function settlePunctuation(given: OcrLine, ink: Plane): OcrLine {
  const line = withLostStop(withoutSpecks(given, characterWidth(given)), characterWidth(given), ink)
  const em = characterWidth(line)
  // 丶 is a stroke of writing, in no word: the recogniser takes 、 for it.
  const settled = line.text.replaceAll('丶', '、').split('')
  for (const [i, sign] of settled.entries()) {
    if (POINT.test(sign) && em !== null && isPointOfText(line, i, em))
      settled[i] = isStop(line, i, ink, em) ? '。' : '，'
    if (PARTS.test(sign) && em !== null && isPointOfText(line, i, em)) settled[i] = partOf(sign, line, i, ink, em)
    if (STOPS.test(sign) && em !== null && isBesideNothing(line, i) && isRing(dotsAt(line, i, ink), ink, em))
      settled[i] = '。'
    if (DASH.test(sign) && em !== null && NUMBER.test(settled[i - 1] ?? '') && isBar(line, i, ink, em))
      settled[i] = '一'
    const own = settled[i] ?? sign
    const half = HALF.get(own) ?? own
    const full = FULL.get(half)
    if (!full) continue
    const before = settled[i - 1] ?? ''
    const after = settled[i + 1] ?? ''
    const touches = CJK.test(before) || CJK.test(after)
    const advance = em === null ? null : advanceOf(line, i, before, after, em)
    if (touches) settled[i] = advance !== null && advance <= NARROW ? half : full
    else if (advance !== null && advance <= NARROW) settled[i] = half
    if (settled[i] === '：' && hasTail(line, i, ink)) settled[i] = '；'
  }
  return { ...line, text: pairBrackets(settled, line, em).join('') }
}

/** A bar as broad as a character behind a number in Chinese characters is 一. */
const DASH = /[-—－·_]/
const NUMBER = /[一二三四五六七八九十百千万零〇第]/

/** Signs that part running text, and what a copy makes of them; those of two dots that have but one are what that one is. */
const PARTS = /[，：；·、]/

/** What a stop at the end of a line or behind a bracket is read as, where no two characters tell its room; a colon there ends a label. */
const STOPS = /[，；·、]/

const isBesideNothing = ({ text }: OcrLine, at: number): boolean =>
  (at === text.length - 1 && HAN.test(text[at - 1] ?? '')) ||
  (/[）》”]/.test(text[at - 1] ?? '') && HAN.test(text[at + 1] ?? ''))

function partOf(sign: string, line: OcrLine, at: number, ink: Plane, em: number): string {
  const dots = dotsAt(line, at, ink)
  const [dot, other] = dots
  if (isRing(dots, ink, em)) return '。'
  if (!dot || other || sign === '、') return sign
  if (isTall(dot, em)) return '，'
  return sign === '，' || sign === '·' || dot.y < line.box.y + line.box.height / 2 ? sign : '，'
}

/** The end of a sentence, behind which a ring is a stop and no option's mark; how sure one is that the recogniser passed over. */
const SENTENCE = /[，。；].*\p{Script=Han}{2}$/u
const PASSED_OVER = 0.7

/** A stop in the middle of the line's height is at times no sign to the recogniser: its ring stands behind the last character. */
function withLostStop(line: OcrLine, em: number | null, ink: Plane): OcrLine {
  const last = line.units.at(-1)
  if (!last || em === null || !SENTENCE.test(line.text)) return line
  const { y, height } = line.box
  const dots = dotsWithin(ink, { x: last.middle + 0.5 * em, y, width: em, height })
  const { x, width } = around(dots)
  if (dots.length === 0 || !isRing(dots, ink, em)) return line
  return {
    text: `${line.text}。`,
    units: [...line.units, { middle: x + width / 2, certainty: PASSED_OVER }],
    edges: [...line.edges.slice(0, -1), x - 1, x + width + 1],
    box: { ...line.box, width: Math.max(line.box.width, x + width + 1 - line.box.x) },
    confidence: Math.min(line.confidence, PASSED_OVER),
  }
}

/** Between two Chinese characters that stand side by side there is no room for a sign: what was read there is a speck. */
function withoutSpecks(line: OcrLine, em: number | null): OcrLine {
  const isSpeck = (at: number): boolean => {
    const [before = '', after = ''] = [line.text[at - 1], line.text[at + 1]]
    if (em === null || !SPECK.test(line.text[at] ?? '') || !HAN.test(before) || !HAN.test(after)) return false
    return (advanceOf(line, at, before, after, em) ?? 1) < SQUEEZED
  }
  const kept = line.units.map((_, at) => at).filter((at) => !isSpeck(at))
  if (kept.length === line.units.length) return line
  const units = kept.flatMap((at) => line.units[at] ?? [])
  return {
    ...line,
    text: kept.map((at) => line.text[at]).join(''),
    units,
    edges: [...kept.map((at) => line.edges[at] ?? 0), line.edges.at(-1) ?? 0],
    confidence: Math.min(...units.map(({ certainty }) => certainty)),
  }
}
const SPECK = /[·.．'’`!！-]/
const SQUEEZED = 0.15

/** The brackets of a pair are alike; a lost sign or a space beside one makes it seem wide, nothing makes it seem narrow. */
function pairBrackets(signs: string[], line: OcrLine, em: number | null): string[] {
  const open: number[] = []
  const paired = [...signs]
  for (const [i, sign] of signs.entries()) {
    if (sign === '(' || sign === '（') open.push(i)
    if (sign !== ')' && sign !== '）') continue
    const partner = open.pop()
    if (partner === undefined || em === null) continue
    const advances = [partner, i].flatMap(
      (at) => advanceOf(line, at, signs[at - 1] ?? '', signs[at + 1] ?? '', em) ?? [],
    )
    if (advances.length === 0) continue
    const isNarrow = Math.min(...advances) <= NARROW
    paired[partner] = isNarrow ? '(' : '（'
    paired[i] = isNarrow ? ')' : '）'
  }
  return paired
}

/** The width of a Chinese character in pixels, by how far the line's characters stand apart. */
function characterWidth({ text, units }: OcrLine): number | null {
  const gaps = (pattern: RegExp) =>
    units
      .slice(1)
      .flatMap((unit, i) =>
        pattern.test(text[i] ?? '') && pattern.test(text[i + 1] ?? '') ? [unit.middle - (units[i]?.middle ?? 0)] : [],
      )
      .toSorted((a, b) => a - b)
  const han = gaps(HAN)
  if (han.length > 0) return han[han.length >> 1] ?? null
  const letters = gaps(LETTER)
  return letters.length > 2 ? 2 * (letters[letters.length >> 1] ?? 0) : null
}

/** The room that sign `at` takes between its neighbours, in characters' widths; null where these do not tell. */
function advanceOf({ units }: OcrLine, at: number, before: string, after: string, em: number): number | null {
  const widths = [before, after].map((beside) => (HAN.test(beside) ? 1 : LETTER.test(beside) ? 0.5 : null))
  const [left, right] = [units[at - 1]?.middle, units[at + 1]?.middle]
  const [one, other] = widths
  if (one == null || other == null || left === undefined || right === undefined || em <= 0) return null
  return (right - left) / em - (one + other) / 2
}

/** A point with a full character's room between two Chinese characters. */
function isPointOfText(line: OcrLine, at: number, em: number): boolean {
  const [before = '', after = ''] = [line.text[at - 1], line.text[at + 1]]
  return HAN.test(before) && HAN.test(after) && (advanceOf(line, at, before, after, em) ?? 0) > NARROW
}

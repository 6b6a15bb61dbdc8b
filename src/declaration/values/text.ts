import { partsOf, type Slice } from '../text/passage.ts'

const HAN = '\\u3400-\\u9fff\\uf900-\\ufaff'
const WIDE = new RegExp(`[${HAN}，。、；：？！“”‘’（）《》〈〉【】—…％]`)
const isWide = (character: string | undefined) => character !== undefined && WIDE.test(character)

/** Two lines of one paragraph: nothing between Chinese characters, a space between words in Latin letters. */
export function joinLines(left: string, right: string): string {
  if (left === '' || right === '') return left + right
  if (/[A-Za-z,;:)]$/.test(left) && /^[A-Za-z(]/.test(right)) return `${left} ${right}`
  return left + right
}

/** Short text in one line: NFC, single spaces, none between characters that were only set apart. */
export function shortText(slice: Slice, tight = false): string {
  const joined = partsOf(slice)
    .map(({ piece, from, to }) => squeeze(piece.flat.text.slice(from, to)))
    .filter((line) => line !== '')
    .reduce(joinLines, '')
  return tight ? tighten(joined) : isSpreadOut(joined) ? tighten(joined) : joined
}

const squeeze = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[_＿]{2,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[_＿]+|[_＿]+$/g, '')

const BETWEEN_WIDE = new RegExp(`(?<=[${HAN}，。、；：（）《》“”]) (?=[${HAN}，。、；：（）《》“”])`, 'g')
const BETWEEN_HAN = new RegExp(`[${HAN}] ?(?=[${HAN}])`, 'g')

export const tighten = (text: string): string => text.replace(BETWEEN_WIDE, '')

/** Digits and separators in one width; brackets stay as they were printed. */
export const narrow = (text: string): string =>
  text.replace(/[０-９－／：，；．＞［］]/g, (character) => character.normalize('NFKC'))

/** `围 手 术 期`: most neighbouring characters stand apart. */
function isSpreadOut(text: string): boolean {
  const pairs = [...text.matchAll(BETWEEN_HAN)]
  return (
    pairs.length >= 1 &&
    pairs.filter(([pair]) => pair.endsWith(' ')).length > pairs.length / 2 &&
    !/[A-Za-z\d] /.test(text) &&
    pairs.length >= 2
  )
}

/** Long text: lines of one paragraph joined, paragraphs apart by a line break. */
export function longText(slice: Slice): string {
  const parts = partsOf(slice)
  const bounds = boundsByPage(parts)
  let text = ''
  let previous: (typeof parts)[number] | undefined
  for (const part of parts) {
    const { piece, from, to } = part
    const line = cleanLine(piece.flat.text.slice(from, to), piece.place.page.source !== 'ocr')
    if (line === '') continue
    if (text === '' || !previous) text = line
    else text = isNewParagraph(previous, part, bounds) ? `${text}\n${line}` : joinLines(text, line)
    previous = part
  }
  return text
}

const cleanLine = (text: string, keepSpaces: boolean) => {
  const squeezed = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return keepSpaces && !isSpreadOut(squeezed) ? squeezed : tighten(squeezed)
}

type Part = ReturnType<typeof partsOf>[number]
type Bounds = Map<string, { left: number; right: number }>

const pageKey = ({ piece }: Part) => `${piece.place.document}/${piece.place.page.number}`

function boundsByPage(parts: Part[]): Bounds {
  const bounds: Bounds = new Map()
  for (const part of parts) {
    const box = part.piece.line.box
    if (!box) continue
    const known = bounds.get(pageKey(part))
    const left = Math.min(known?.left ?? Infinity, box.x)
    const right = Math.max(known?.right ?? 0, box.x + box.width)
    bounds.set(pageKey(part), { left, right })
  }
  return bounds
}

const NUMBERED =
  /^\s*(?:\d{1,2}[.、．)）](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、)/

/** A line that stops well before the right border ends its paragraph; so does an indented line the one before it. */
function isNewParagraph(previous: Part, part: Part, bounds: Bounds): boolean {
  const before = previous.piece.line.box
  const box = part.piece.line.box
  if (!before || !box) return true
  const size = Math.max(6, Math.min(before.height, box.height))
  const previousBounds = bounds.get(pageKey(previous))
  const ownBounds = bounds.get(pageKey(part))
  const end = previous.piece.flat.text.trimEnd().at(-1)
  const { frame } = previous.piece
  const border = frame && frame !== before ? frame.x + frame.width - size : (previousBounds?.right ?? 0)
  const isShort = before.x + before.width < border - 2.2 * size
  const isIndented = box.x > (ownBounds?.left ?? 0) + 1.2 * size
  if (NUMBERED.test(part.piece.flat.text.slice(part.from)) && /[。；;:：]/.test(end ?? '')) return true
  if (isIndented && isWide(end) && /[。！？；;.!?：:]/.test(end ?? '')) return true
  return isShort && /[。！？；;.!?：:）)]/.test(end ?? '')
}

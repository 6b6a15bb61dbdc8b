import type { Block, Box, Line, Page, Span } from './model.ts'

/** A gap wider than this share of the type's height is a space. */
const SPACE = 0.35
/** Between Chinese and other characters, where typesetting itself leaves a quarter and justified lines up to a half. */
const MIXED_SPACE = 0.55
const CHINESE = /[\u3400-\u9fff]/
const OTHER = /[!-~\u00a1-\u024f]/

/** A gap before a column that other lines show need not be so wide. */
const COLUMN_SPACE = 0.2

/** A line's text with, for every UTF-16 unit, where it came from; a space between spans belongs to none. */
export type FlatLine = { text: string; origins: ({ span: Span; offset: number } | null)[] }

/** `begins`: whether a column begins at an x. */
export function flattenLine(line: Line, begins: (x: number) => boolean = () => false): FlatLine {
  let text = ''
  const origins: FlatLine['origins'] = []
  let previous: Span | undefined
  for (const span of line.spans) {
    if (previous && isApart(previous, span, begins) && !text.endsWith(' ') && !span.text.startsWith(' ')) {
      text += ' '
      origins.push(null)
    }
    for (let offset = 0; offset < span.text.length; offset++) origins.push({ span, offset })
    text += span.text
    previous = span
  }
  return { text, origins }
}

/** Every line of a block, those in a table's cells too. */
export const linesOfBlock = (block: Block): Line[] =>
  block.kind === 'line' ? [block.line] : block.table.cells.flatMap(({ lines }) => lines)

/** Every line of a page in reading order, those in tables' cells too; not its margins. */
export const linesOfPage = ({ blocks }: Page): Line[] => blocks.flatMap(linesOfBlock)

export function textOf(line: Line): string {
  return flattenLine(line).text
}

/** The box around characters `from` (inclusive) to `to` (exclusive) of a line's text; null without geometry. */
export function boxOfRange(line: FlatLine, from: number, to: number): Box | null {
  const parts = new Map<Span, { from: number; to: number }>()
  for (const origin of line.origins.slice(from, to)) {
    if (!origin) continue
    const part = parts.get(origin.span)
    if (part) part.to = origin.offset + 1
    else parts.set(origin.span, { from: origin.offset, to: origin.offset + 1 })
  }
  return unite([...parts].map(([span, part]) => boxOfPart(span, part.from, part.to)))
}

/** The box of characters `from` to `to` of a span; evenly divided where the characters' places are not known. */
export function boxOfPart(span: Span, from: number, to: number): Box | null {
  const { box, edges, text } = span
  if (!box || (from === 0 && to === text.length)) return box
  const left = edges?.[from] ?? box.x + (box.width * from) / text.length
  const right = edges?.[to] ?? box.x + (box.width * to) / text.length
  return { x: left, y: box.y, width: right - left, height: box.height }
}

/** The smallest box around all boxes; null when there is none. */
export function unite(boxes: (Box | null)[]): Box | null {
  const known = boxes.filter((box) => box !== null)
  if (known.length === 0) return null
  const x = Math.min(...known.map((box) => box.x))
  const y = Math.min(...known.map((box) => box.y))
  const right = Math.max(...known.map((box) => box.x + box.width))
  const bottom = Math.max(...known.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

function isApart(left: Span, right: Span, begins: (x: number) => boolean): boolean {
  if (!left.box || !right.box) return false
  const gap = right.box.x - (left.box.x + left.box.width)
  const share = isMixed(left.text.at(-1) ?? '', right.text[0] ?? '') ? MIXED_SPACE : SPACE
  const size = Math.min(left.size ?? left.box.height, right.size ?? right.box.height)
  return gap > share * size || (gap > COLUMN_SPACE * size && begins(right.box.x))
}

function isMixed(before: string, after: string): boolean {
  return (CHINESE.test(before) && OTHER.test(after)) || (OTHER.test(before) && CHINESE.test(after))
}

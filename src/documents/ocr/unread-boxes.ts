import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import type { Plane } from './raster.ts'

/** Where another question of the line begins. */
const QUESTION = /(?<=[:：;；。，,])|(?=是否[\u4e00-\u9fff])/u
/** A box of which nothing could be read, beside an option. */
const UNREAD = new RegExp(
  '〓(?=\\s?(?:[是否有无男女]|新申报|备案|国家级|[省市]级|面授|远程|线上|基础|学习|前沿))|' +
    '(?<=(?:[是否有无男女]|项目|国家级|[省市]级|类|面授|远程|结合)\\s?)〓',
  'u',
)
/** It has so many times the ink of an empty one, and is so sure. */
const DARKER = 1.25
const CERTAINTY = 0.85

/**
 * Ticks the box of which nothing could be read, 〓, where all other boxes of its question are empty: as a rule one is chosen,
 * and this one is the darkest. `ink` without rulings.
 */
export function tickUnreadBox(line: OcrLine, ink: Plane): OcrLine {
  if (!line.text.includes('〓')) return line
  const inkAt = (at: number) => inkAround(ink, line.box, line.units[at]?.middle ?? 0)
  const ticked = new Set<number>()
  let start = 0
  for (const question of line.text.split(QUESTION)) {
    const found = UNREAD.exec(question)
    const empty = [...question.matchAll(/☐/g)].map(({ index }) => start + index)
    const isLast = found !== null && question.split('〓').length === 2 && !/[☑√]/.test(question) && empty.length > 0
    if (isLast && inkAt(start + found.index) >= DARKER * Math.max(...empty.map(inkAt))) ticked.add(start + found.index)
    start += question.length
  }
  if (ticked.size === 0) return line
  const text = [...line.text].map((character, at) => (ticked.has(at) ? '☑' : character)).join('')
  const units = line.units.map((unit, at) => (ticked.has(at) ? { ...unit, certainty: CERTAINTY } : unit))
  return { ...line, text, units, confidence: Math.min(...units.map(({ certainty }) => certainty)) }
}

/** The ink of what stands about a point of a line, nearly as broad as high. */
function inkAround(ink: Plane, { y, height }: Box, middle: number): number {
  const half = height / 3
  let inked = 0
  for (let v = Math.max(0, Math.round(y)); v < Math.min(ink.height, y + height); v++)
    for (let u = Math.max(0, Math.round(middle - half)); u < Math.min(ink.width, middle + half); u++)
      inked += ink.data[v * ink.width + u] ?? 0
  return inked
}

import type { Box, Raster, Span, Turn } from '../model.ts'
import type { OcrLine } from '../ports.ts'

/** A line's box is about this much higher than its type. */
const AIR = 1.4

/** A read line as a span in points. */
export function toSpan(line: OcrLine, points: number): Span {
  return {
    text: line.text,
    box: scaleBox(line.box, points),
    edges: line.edges.map((edge) => edge * points),
    confidence: line.confidence,
    certainties: line.units.map((unit) => unit.certainty),
    size: (line.box.height * points) / AIR,
  }
}

export function scaleBox(box: Box, by: number): Box {
  return { x: box.x * by, y: box.y * by, width: box.width * by, height: box.height * by }
}

/** Mean certainty over all characters read, 0–1; 1 for an empty page: nothing was misread. */
export function meanCertainty(lines: OcrLine[]): number {
  const units = lines.flatMap((line) => line.units)
  return units.length === 0 ? 1 : units.reduce((sum, unit) => sum + unit.certainty, 0) / units.length
}

/** The box of a thing on a raster, on that raster turned clockwise. */
export function turnBox(box: Box, raster: Raster, turn: Turn): Box {
  const right = raster.width - box.x - box.width
  const bottom = raster.height - box.y - box.height
  if (turn === 0) return box
  if (turn === 180) return { ...box, x: right, y: bottom }
  const size = { width: box.height, height: box.width }
  return turn === 90 ? { ...size, x: bottom, y: box.x } : { ...size, x: box.y, y: right }
}

/** The box of a thing on a page that leans by `slope`, on the levelled page: as large, about the turned middle. */
export function levelBox(box: Box, page: { width: number; height: number }, slope: number): Box {
  const dx = box.x + box.width / 2 - page.width / 2
  const dy = box.y + box.height / 2 - page.height / 2
  const x = page.width / 2 + dx * Math.cos(slope) + dy * Math.sin(slope)
  const y = page.height / 2 - dx * Math.sin(slope) + dy * Math.cos(slope)
  return { ...box, x: x - box.width / 2, y: y - box.height / 2 }
}

import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import type { Plane } from './raster.ts'
import { countOf, newShades, shadeAt } from './shades.ts'

/** What shines through from the other side is lighter than this share of the darkness of print … */
const LIGHT = 0.55
/** … and, being mirrored, reads as characters that are less certain than this on the mean. */
const UNCERTAIN = 0.86
/** Marks to tick have less ink than print, and what is mirrored never reads as one. */
const MARK = /[(（]\s*[√✓]?\s*[)）]|[☐☑√]/
/** Enough lines to tell how dark print is. */
const FEWEST = 5

/** Whether a line read on a level page is the print of its other side shining through. Light print that reads well is print. */
export function ghostsOn(grey: Plane, lines: OcrLine[]): (line: OcrLine) => boolean {
  // On a page with little print of its own most lines are ghosts: the darkest ones tell how dark print is.
  const darkness = lines.map(({ box }) => darknessOf(grey, box)).sort((a, b) => b - a)[FEWEST - 1]
  if (darkness === undefined) return () => false
  return ({ box, units, text }) => {
    if (MARK.test(text)) return false
    const certainty = units.reduce((sum, unit) => sum + unit.certainty, 0) / units.length
    return certainty < UNCERTAIN && darknessOf(grey, box) < LIGHT * darkness
  }
}

/** How much darker a line's strokes are than the paper around them. */
function darknessOf({ width, height, data }: Plane, box: Box): number {
  const shades = newShades()
  const right = Math.min(width, box.x + box.width)
  const bottom = Math.min(height, box.y + box.height)
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.round(box.x)); x < right; x++) {
      const value = data[y * width + x] ?? 255
      shades[value] = (shades[value] ?? 0) + 1
    }
  }
  const count = countOf(shades)
  return (shadeAt(shades, Math.floor(count * 0.8)) ?? 255) - (shadeAt(shades, Math.floor(count * 0.06)) ?? 255)
}

import type { Raster, Turn } from '../model.ts'
import type { OcrEngine, Strip } from '../ports.ts'
import { findInk } from './ink.ts'
import { scaleOf } from './page-size.ts'
import { levelRaster, toGrey, turnRaster } from './raster.ts'
import { fadeRepeated } from './repeated-marks.ts'
import { rulingSlope } from './rulings.ts'
import { fadeSlantedLines } from './slanted-lines.ts'
import { isSideways, pageSlope, turnStrips } from './strips.ts'
import { fadeWatermarks } from './watermarks.ts'

/** Slopes below a quarter of a degree harm nothing; slopes above 15° are no scan's. */
const LEVEL = 0.0044
const STEEP = 0.26

/**
 * A raster that stands upright and level, without watermarks; `turn` (clockwise quarter turns) and then −`slope` were applied to it.
 */
export type Upright = { raster: Raster; strips: Strip[]; turn: Turn; slope: number }

/** Turns a page the right way up and level by what its lines of print, or its rulings, look like; watermarks are faded. */
export async function standUpright(given: Raster, ocr: OcrEngine): Promise<Upright> {
  const reader = ocr.strips
  let raster = fadeSlantedLines(given)
  if (!reader) return { raster, strips: [], turn: 0, slope: 0 }
  let turn: Upright['turn'] = 0
  let strips = await reader.find(raster)
  if (isSideways(strips)) {
    turn = 90
    raster = turnRaster(raster, 90)
    strips = await reader.find(raster)
  }
  if (strips.length > 0 && (await reader.upsideDown(raster, strips))) {
    turn = turn === 0 ? 180 : 270
    raster = turnRaster(raster, 180)
    strips = turnStrips(strips, raster, Math.PI)
  }
  const slope = pageSlope(strips) ?? rulingSlope(findInk(toGrey(raster)), scaleOf(raster).perMm) ?? 0
  const isLevel = Math.abs(slope) < LEVEL || Math.abs(slope) > STEEP
  const level = isLevel
    ? { raster, strips, turn, slope: 0 }
    : { raster: levelRaster(raster, slope), strips: turnStrips(strips, raster, slope), turn, slope }
  return { ...level, ...fadeRepeated(fadeWatermarks(level.raster, level.strips), level.strips) }
}

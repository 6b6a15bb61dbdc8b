import type { Raster } from '../model.ts'

/** Millimetres. */
const A4 = { short: 210, long: 297 }
const INCH = 25.4
const POINTS = 72
/** The longer side of a sheet that a form is printed on: from A5 to A3. */
const LONGEST = { least: 180, most: 460 }
/** Photographs of a sheet have the proportions of the camera, from 4:3 to 16:10; the sheet is taken to fill them. */
const PHOTO = { least: 1.25, most: 1.65 }
const OTHERWISE = 200

/** Pixels a millimetre, and points a pixel. A stated resolution that would make no sheet of paper is not believed. */
export function scaleOf({ width, height, dpi }: Pick<Raster, 'width' | 'height' | 'dpi'>): {
  perMm: number
  points: number
} {
  const long = Math.max(width, height)
  const ratio = long / Math.min(width, height)
  const stated = dpi === null ? 0 : (long / dpi) * INCH
  const believed = dpi !== null && stated >= LONGEST.least && stated <= LONGEST.most
  const resolution = believed ? dpi : ratio >= PHOTO.least && ratio <= PHOTO.most ? (long / A4.long) * INCH : OTHERWISE
  return { perMm: resolution / INCH, points: POINTS / resolution }
}

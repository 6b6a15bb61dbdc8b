import type { Box, Raster } from '../model.ts'
import type { Strip } from '../ports.ts'

/** The detector's boxes are about half as high again as the characters in them. */
const AIR = 1.5
/** Longer than this many heights, a strip's slope says how the page lies. */
const TELLING = 5
/** Fewer such strips may all be wrong. */
const ENOUGH = 3

/** The level strip that fills a box. */
export function levelStrip(box: Box): Strip {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height, slope: 0 }
}

/** The usual height of a page's characters in pixels; `fallback` without any strip. */
export function typeHeight(strips: Strip[], fallback: number): number {
  const median = medianOf(strips.map((strip) => strip.height))
  return median === null ? fallback : median / AIR
}

/** Whether most of the lettering runs up or down: the page lies on its side. */
export function isSideways(strips: Strip[]): boolean {
  const long = strips.filter((strip) => Math.max(strip.width, strip.height) > 2 * Math.min(strip.width, strip.height))
  return long.length >= 3 && long.filter((strip) => strip.height > strip.width).length > long.length / 2
}

/** The slope of the page's lines in radians, null where too few lines tell it. */
export function pageSlope(strips: Strip[]): number | null {
  const long = strips.filter((strip) => strip.width > TELLING * strip.height)
  return long.length < ENOUGH ? null : medianOf(long.map((strip) => strip.slope))
}

/** The same strips once `levelRaster` or `turnRaster` (by 180°) has turned their page about its middle by −`angle`. */
export function turnStrips(strips: Strip[], raster: Raster, angle: number): Strip[] {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const middleX = raster.width / 2
  const middleY = raster.height / 2
  return strips.map((strip) => {
    const dx = strip.x - middleX
    const dy = strip.y - middleY
    const slope = strip.slope - angle
    return {
      ...strip,
      x: middleX + dx * cos + dy * sin,
      y: middleY - dx * sin + dy * cos,
      slope: slope - Math.round(slope / Math.PI) * Math.PI,
    }
  })
}

export function medianOf(values: number[]): number | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null
}

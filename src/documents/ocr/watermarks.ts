import type { Raster } from '../model.ts'
import type { Strip } from '../ports.ts'
import { countOf, newShades, shadeAt } from './shades.ts'
import { medianOf } from './strips.ts'

/** Lettering that leans more than this (radians) against the page is no line of the form, when it is so many times longer than high. */
const SLANTED = 0.17
const LONG = 2.5
/** A watermark's lettering is lighter than this share of the darkness of print. */
const LIGHT = 0.62
/** Darker than the paper by this share is lettering of any kind. */
const MARKED = 0.06
/** Enough lines of print to tell how dark print is. */
const SAMPLE = 12

/** Lines of lettering across the page, as watermarks run: on a level page, what is not level. */
export const isSlanted = ({ slope, width, height }: Strip): boolean =>
  Math.abs(slope) > SLANTED && Math.abs(Math.abs(slope) - Math.PI / 2) > SLANTED && width > LONG * height

/**
 * The page without its slanted watermarks: within them, what is lighter than print is painted as paper, except right beside
 * print, whose edges are as light. Slanted lettering as dark as print stays. `strips` lie on the levelled page.
 */
export function fadeWatermarks(raster: Raster, strips: Strip[]): Raster {
  const marks = strips.filter(isSlanted)
  const print = strips.filter((strip) => !isSlanted(strip)).toSorted((a, b) => b.width - a.width)
  const darkness = medianOf(print.slice(0, SAMPLE).flatMap((strip) => contrastOf(raster, strip)?.mark ?? []))
  if (marks.length === 0 || darkness === null) return raster
  const data = raster.data.slice()
  for (const mark of marks) {
    const contrast = contrastOf(raster, mark)
    if (contrast && contrast.mark < LIGHT * darkness) fade(raster, data, mark, contrast.paper, darkness)
  }
  return { ...raster, data }
}

/** The brightness of the paper in a strip, and how much darker most of its lettering is. */
function contrastOf(raster: Raster, strip: Strip): { paper: number; mark: number } | null {
  const shades = newShades()
  visit(raster, strip, 1, (at) => {
    const value = raster.data[at] ?? 255
    shades[value] = (shades[value] ?? 0) + 1
  })
  const paper = shadeAt(shades, Math.floor(countOf(shades) * 0.8)) ?? 255
  const dark = countOf(shades.subarray(0, Math.ceil(paper * (1 - MARKED))))
  const core = dark === 0 ? null : shadeAt(shades, Math.floor(dark * 0.35))
  return core === null ? null : { paper, mark: paper - core }
}

function fade(raster: Raster, data: Uint8Array, mark: Strip, paper: number, darkness: number): void {
  const { width, height, channels } = raster
  const cut = paper - LIGHT * darkness
  const isDark = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && (raster.data[(y * width + x) * channels] ?? 255) < cut
  visit(raster, mark, 1.25, (at, x, y) => {
    const value = raster.data[at] ?? 255
    if (value < cut || value > paper * (1 - MARKED / 2)) return
    for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) if (isDark(x + u, y + v)) return
    data.fill(paper, at, at + channels)
  })
}

/** Every pixel of a strip made `grown` times as high and a little longer: its place in the data, its column and row. */
function visit(raster: Raster, strip: Strip, grown: number, see: (at: number, x: number, y: number) => void): void {
  const [cos, sin] = [Math.cos(strip.slope), Math.sin(strip.slope)]
  const halfHeight = (strip.height * grown) / 2
  const halfWidth = strip.width / 2 + halfHeight - strip.height / 2
  const reachX = Math.abs(halfWidth * cos) + Math.abs(halfHeight * sin)
  const reachY = Math.abs(halfWidth * sin) + Math.abs(halfHeight * cos)
  const bottom = Math.min(raster.height, Math.ceil(strip.y + reachY))
  const right = Math.min(raster.width, Math.ceil(strip.x + reachX))
  for (let y = Math.max(0, Math.floor(strip.y - reachY)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(strip.x - reachX)); x < right; x++) {
      const [dx, dy] = [x + 0.5 - strip.x, y + 0.5 - strip.y]
      if (Math.abs(dx * cos + dy * sin) > halfWidth || Math.abs(dy * cos - dx * sin) > halfHeight) continue
      see((y * raster.width + x) * raster.channels, x, y)
    }
  }
}

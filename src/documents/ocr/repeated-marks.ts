import type { Raster } from '../model.ts'
import type { Strip } from '../ports.ts'
import { greyPoints } from './grey-points.ts'
import { countOf, newShades, shadeAt } from './shades.ts'

/** So many strips of one size, give or take these shares, on so many rows and in as many columns, are one text repeated. */
const [TIMES, ROWS, COLUMNS] = [6, 3, 3]
const SAME = { width: 0.04, height: 0.25 }
/** Shorter lettering may be of one size by chance: in heights. */
const LONG = 4
/** Lighter than this share of the paper: a form's own grey words are darker. */
const PALE = 0.6
/** Brightness by which the same grey varies. */
const NEAR = 18

type Cleared = { raster: Raster; strips: Strip[] }

/**
 * The page without a grey text that is repeated all over it: what is as light as that text and not beside print is painted as
 * paper, and its strips are left out. A form's own words are darker, and repeat themselves in one column only.
 */
export function fadeRepeated(raster: Raster, strips: Strip[]): Cleared {
  const light = strips.filter((strip) => strip.width > LONG * strip.height)
  const first = light.find((strip) => isRepeated(strip, light))
  if (!first) return { raster, strips }
  const { paper, paperAt, points } = greyPoints(raster)
  const marks = light.flatMap((strip) => {
    const darkest = darkestIn(raster, strip)
    return darkest > PALE * paper && darkest < paper - NEAR ? [{ strip, darkest }] : []
  })
  const group = marks.find(({ strip }) =>
    isRepeated(
      strip,
      marks.map((mark) => mark.strip),
    ),
  )
  if (!group) return { raster, strips }
  const own = marks.filter(({ strip }) => isSameSize(strip, group.strip))
  const darkest = Math.min(...own.map((mark) => mark.darkest)) - NEAR
  const data = raster.data.slice()
  const { width, channels } = raster
  for (const point of points) {
    const at = point * channels
    if ((raster.data[at] ?? 0) >= darkest)
      data.fill(paperAt(point % width, Math.floor(point / width)), at, at + channels)
  }
  const gone = new Set(marks.filter((mark) => mark.darkest >= darkest).map(({ strip }) => strip))
  return { raster: { ...raster, data }, strips: strips.filter((strip) => !gone.has(strip)) }
}

const isSameSize = (one: Strip, other: Strip): boolean =>
  Math.abs(one.width - other.width) <= SAME.width * other.width &&
  Math.abs(one.height - other.height) <= SAME.height * other.height

function isRepeated(strip: Strip, strips: Strip[]): boolean {
  const same = strips.filter((other) => isSameSize(other, strip))
  const rows = new Set(same.map(({ y, height }) => Math.round(y / height)))
  const columns = new Set(same.map(({ x, width }) => Math.round((2 * x) / width)))
  return same.length >= TIMES && rows.size >= ROWS && columns.size >= COLUMNS
}

/** The brightness of a strip's darkest pixels, a hundredth of them left aside. */
function darkestIn({ data, width, height, channels }: Raster, strip: Strip): number {
  const shades = newShades()
  const [left, top] = [
    Math.max(0, Math.floor(strip.x - strip.width / 2)),
    Math.max(0, Math.floor(strip.y - strip.height / 2)),
  ]
  for (let y = top; y < Math.min(height, top + strip.height); y++)
    for (let x = left; x < Math.min(width, left + strip.width); x++) {
      const value = data[(y * width + x) * channels] ?? 255
      shades[value] = (shades[value] ?? 0) + 1
    }
  return shadeAt(shades, Math.floor(countOf(shades) * 0.01)) ?? 255
}

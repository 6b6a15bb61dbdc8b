import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { type Component, findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** What forms let people tick without a box. */
const OPTIONS = '是否有无男女会能'
/** A lone v, V or √ right after one of these, before nothing or another choice. */
const MISREAD = new RegExp(`(?<=[${OPTIONS}])\\s?[vV√✓✔](?=$|[\\s${OPTIONS}、，,；;（()）])`, 'gu')
/** A ticked pair of brackets that was read as such. */
const TICKED = /[[【［][vV√✓✔xX×][\]】］]/gu
/** Longer lines are sentences. */
const LONGEST = 16
/** Height of a tick as a share of the line's box. */
const HEIGHT = { least: 0.2, most: 1.05 }
const CERTAINTY = 0.8

/**
 * Writes a tick that stands beside an option, without a box, as √, whatever the recogniser took it for or where it saw
 * nothing. `ink` without rulings.
 */
export function markTicks(line: OcrLine, ink: Plane): OcrLine {
  return tickOptions(tickBrackets(line), ink)
}

function tickBrackets(line: OcrLine): OcrLine {
  let { text, units, edges } = line
  for (const { index } of [...line.text.matchAll(TICKED)].toReversed()) {
    text = `${text.slice(0, index)}☑${text.slice(index + 3)}`
    units = [...units.slice(0, index), ...units.slice(index + 1, index + 2), ...units.slice(index + 3)]
    edges = edges.toSpliced(index + 1, 2)
  }
  return { ...line, text, units, edges }
}

function tickOptions(line: OcrLine, ink: Plane): OcrLine {
  const text = line.text.replace(MISREAD, (found) => found.replace(/\S/, '√'))
  const reread = text === line.text ? line : { ...line, text }
  const isChoice = text.length <= LONGEST && [...OPTIONS].some((option) => text.includes(option))
  return isChoice ? unreadTicks(reread, ink).reduce(insertTick, reread) : reread
}

function unreadTicks(line: OcrLine, ink: Plane): Box[] {
  const x = Math.max(0, Math.floor(line.box.x - line.box.height))
  const y = Math.max(0, Math.floor(line.box.y))
  const right = Math.min(ink.width, Math.ceil(line.box.x + line.box.width + line.box.height * 1.5))
  const bottom = Math.min(ink.height, Math.ceil(line.box.y + line.box.height))
  const patch = { width: right - x, height: bottom - y, data: new Uint8Array(Math.max(0, (right - x) * (bottom - y))) }
  for (let v = y; v < bottom; v++) {
    patch.data.set(ink.data.subarray(v * ink.width + x, v * ink.width + right), (v - y) * patch.width)
  }
  const { labels, parts } = findComponents(patch)
  return parts
    .filter((part) => {
      const share = part.height / line.box.height
      if (share < HEIGHT.least || share > HEIGHT.most || part.pixels > 0.5 * part.width * part.height) return false
      const middle = x + part.x + part.width / 2
      const reach = Math.max(part.width / 2, line.box.height / 3)
      return !line.units.some((unit) => Math.abs(unit.middle - middle) < reach) && isTick(labels, patch.width, part)
    })
    .map((part) => ({ x: x + part.x, y: y + part.y, width: part.width, height: part.height }))
}

/** Down to a point in the left part, then up to the top right. */
function isTick(labels: Int32Array, stride: number, { label, x, y, width, height }: Component): boolean {
  if (width < height * 0.4 || width > height * 2.2) return false
  const lowest = new Array<number>(width).fill(-1)
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) if (labels[(y + v) * stride + x + u] === label) lowest[u] = v
  }
  const point = lowest.lastIndexOf(Math.max(...lowest))
  if (point < 0.05 * width || point > 0.65 * width) return false
  const rising = lowest.slice(point)
  const steps = rising.slice(1).filter((value, i) => value <= (rising[i] ?? value) + 1).length
  const start = lowest[0] ?? 0
  return steps >= 0.9 * (rising.length - 1) && (lowest.at(-1) ?? height) < 0.35 * height && start < 0.92 * height
}

function insertTick(line: OcrLine, box: Box): OcrLine {
  const middle = box.x + box.width / 2
  const at = line.units.filter((unit) => unit.middle < middle).length
  if (!OPTIONS.includes(line.text[at - 1] ?? ' ')) return line
  const left = Math.min(line.box.x, box.x)
  const right = Math.max(line.box.x + line.box.width, box.x + box.width)
  return {
    text: `${line.text.slice(0, at)}√${line.text.slice(at)}`,
    units: line.units.toSpliced(at, 0, { middle, certainty: CERTAINTY }),
    edges: line.edges.toSpliced(at, 1, box.x, box.x + box.width),
    box: { ...line.box, x: left, width: right - left },
    confidence: Math.min(line.confidence, CERTAINTY),
  }
}

import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { type Component, findComponents } from './components.ts'
import type { Plane } from './raster.ts'
import { tickUnreadBox } from './unread-boxes.ts'

/** What forms let people tick without a box. */
const OPTIONS = '是否有无男女会能'
/** What stands before a tick without a box: one of these, or the end of another usual option. */
const OPTION = new RegExp(
  `(?:[${OPTIONS}]|(?:新申报|备案)(?:项目)?|[\\u4e00-\\u9fff]{3}类|国家级|[省市]级|面授|远程|结合|线[上下])\\s?$`,
)
/** A line asks to choose where it has several such words. */
const CHOICE = /(?:是.?否|男.?女|备案|[练高展]类|国家级|省级|面授|远程)/g
/** What else a tick is taken for. */
const SCRAP = /[、,.'’ˇ/丿vVyYwW]/
/** A lone v, V or √ right after one of these, before nothing or another choice. */
const MISREAD = new RegExp(`(?<=[${OPTIONS}])\\s?[vV√✓✔](?=$|[\\s${OPTIONS}、，,；;（()）])`, 'gu')
/** The same before an option where others of the line have an empty box before them. */
const BEFORE = new RegExp(
  `(?<=^|[:：，,；;。\\s${OPTIONS}])[vV√✓✔](?=\\s?[${OPTIONS}].*[☐口])|(?<=[☐口]\\s?[${OPTIONS}]\\s?)[vV√✓✔](?=\\s?[${OPTIONS}])`,
  'gu',
)
/** A pair of brackets with nothing in it, or what a tick is taken for; the second one may have been lost before 否. */
const PAIR = /[(（[【［]\s?([vVwWyYJjUMNＭ√✓✔/丿、,.'’ˇ﹀〓]?)\s?(?:([)）\]】］])|(?=[是否有无]))/gu
/** A stroke at least this high and at most this broad, in shares of the line's box and of its height, is a bracket. */
const BRACKET = { high: 0.5, broad: 0.42 }
/** Between two brackets with nothing in them is hardly any ink: of the room midway, in shares of theirs, at least so many pixels wide. */
const INKED = 0.07
const MIDWAY = 0.3
const LEAST = 4
/** A pair of square brackets, ticked or empty. */
const SQUARE = /[[【［]\s?([vV√✓✔xX×])?\s?[\]】］]/gu
/** Longer lines are sentences. */
const LONGEST = 16
/** Height of a tick as a share of the line's box. */
const HEIGHT = { least: 0.2, most: 1.05 }
/** A tick this near to a box's middle, in heights of the line, is in the box. */
const NEAR = 1.1
const CERTAINTY = 0.8
/** One that was both read and seen to be one, or stands where ink was left unread. */
const SEEN = 0.88

/**
 * Writes a tick that stands beside an option, without a box, as √, whatever the recogniser took it for or where it saw
 * nothing. `ink` without rulings.
 */
export function markTicks(line: OcrLine, ink: Plane): OcrLine {
  return tickOnce(tickOptions(boxBrackets(tickWithinBrackets(tickUnreadBox(line, ink), ink), ink), ink))
}

/** A tick that was read again beside itself, or beside its box, is one. */
function tickOnce(line: OcrLine): OcrLine {
  const isAgain = (at: number) => {
    const [before, unit] = [line.units[at - 1], line.units[at]]
    if (!before || !unit || !/[√☑]√/.test(line.text.slice(at - 1, at + 1))) return false
    return unit.middle - before.middle < NEAR * line.box.height
  }
  const kept = line.units.flatMap((_, at) => (isAgain(at) ? [] : [at]))
  if (kept.length === line.units.length) return line
  return {
    ...line,
    text: kept.map((at) => line.text[at] ?? '').join(''),
    units: kept.flatMap((at) => line.units[at] ?? []),
    edges: [...kept.map((at) => line.edges[at] ?? line.box.x), line.edges.at(-1) ?? line.box.x + line.box.width],
  }
}

/** Writes √ into brackets that hold a tick, whatever was read there. */
function tickWithinBrackets(line: OcrLine, ink: Plane): OcrLine {
  let marked = line
  for (const { index, 0: pair, 1: inner = '', 2: closing } of [...line.text.matchAll(PAIR)].toReversed()) {
    const next = index + pair.length - (closing ? 1 : 0)
    const from = line.units[index]?.middle ?? 0
    const to = line.units[next]?.middle ?? 0
    const tick = ticksBetween(line, ink, from, to)
    const isTicked = /[vVwWyY√✓✔]/.test(inner) || inkBetween(ink, line.box, from, to) >= INKED
    if (!tick && !(closing && isTicked)) continue
    const box = tick ?? { x: from + (to - from) / 4, width: (to - from) / 2 }
    const [left, right] = [Math.max(box.x, from), Math.min(box.x + box.width, to)]
    const written = closing ? '√' : '√）'
    const unit = { middle: (left + right) / 2, certainty: CERTAINTY }
    marked = {
      ...marked,
      text: marked.text.slice(0, index + 1) + written + marked.text.slice(next),
      units: marked.units.toSpliced(index + 1, next - index - 1, ...[...written].map(() => unit)),
      edges: marked.edges.toSpliced(index + 1, next - index, left, right, ...(closing ? [] : [right])),
    }
  }
  return marked
}

/** The share of ink midway between two brackets, where neither reaches. */
function inkBetween(ink: Plane, { y, height }: Box, from: number, to: number): number {
  const [left, right] = [from + MIDWAY * (to - from), to - MIDWAY * (to - from)]
  let [inked, all] = [0, 0]
  for (let v = Math.round(y + 0.2 * height); v < Math.min(ink.height, y + 0.8 * height); v++) {
    for (let u = Math.max(0, Math.round(left)); u < Math.min(ink.width, right); u++) {
      all++
      inked += ink.data[v * ink.width + u] ?? 0
    }
  }
  return right - left < LEAST || all === 0 ? 0 : inked / all
}

/** The tick between the middles of two brackets. */
function ticksBetween(line: OcrLine, ink: Plane, from: number, to: number): Box | undefined {
  const { height } = line.box
  return strokesIn(ink, { ...line.box, x: from - height / 4, width: to - from + height / 2 }).find(
    ({ part, labels, stride, box }) => {
      const middle = box.x + box.width / 2
      const isBracket = box.height >= BRACKET.high * height && box.width <= BRACKET.broad * box.height
      if (middle <= from || middle >= to || isBracket || box.height < HEIGHT.least * height) return false
      return isTick(labels, stride, part)
    },
  )?.box
}

/** Square brackets with a tick or with nothing in them are boxes; ink between them, or none, makes them sure. */
function boxBrackets(line: OcrLine, ink: Plane): OcrLine {
  let { text, units, edges } = line
  for (const { index, 0: pair, 1: tick } of [...line.text.matchAll(SQUARE)].toReversed()) {
    const [open, close] = [units[index], units[index + pair.length - 1]]
    if (!open || !close) continue
    const isInked = inkBetween(ink, line.box, open.middle, close.middle) >= INKED
    const certainty = isInked === (tick !== undefined) ? SEEN : Math.min(CERTAINTY, open.certainty, close.certainty)
    text = `${text.slice(0, index)}${tick ? '☑' : '☐'}${text.slice(index + pair.length)}`
    units = units.toSpliced(index, pair.length, { middle: (open.middle + close.middle) / 2, certainty })
    edges = edges.toSpliced(index + 1, pair.length - 1)
  }
  const confidence = units === line.units ? line.confidence : Math.min(...units.map((unit) => unit.certainty))
  return { ...line, text, units, edges, confidence }
}

function tickOptions(line: OcrLine, ink: Plane): OcrLine {
  const text = line.text.replace(MISREAD, (found) => found.replace(/\S/, '√')).replace(BEFORE, '√')
  const reread = seenTicks(text === line.text ? line : { ...line, text }, ink)
  const isShort = reread.text.length <= LONGEST && [...OPTIONS].some((option) => reread.text.includes(option))
  const isChoice = isShort || (reread.text.match(CHOICE)?.length ?? 0) > 1
  return isChoice ? unreadTicks(reread, ink).reduce(insertTick, reread) : reread
}

/** Ticks drawn as such where a tick was read unsurely, or ink of which nothing was read. */
function seenTicks(line: OcrLine, ink: Plane): OcrLine {
  const { height } = line.box
  const units = line.units.slice()
  const text = [...line.text].map((character, at) => {
    const unit = units[at]
    const isScrap = SCRAP.test(character) && OPTION.test(line.text.slice(0, at))
    if (!unit || !(isScrap || (/[√✓✔〓]/.test(character) && unit.certainty < SEEN))) return character
    const around = { ...line.box, x: unit.middle - height, width: 2 * height }
    const tick = strokesIn(ink, around).find(
      ({ part, labels, stride, box }) =>
        Math.abs(box.x + box.width / 2 - unit.middle) < height / 2 &&
        box.height >= HEIGHT.least * height &&
        isTick(labels, stride, part),
    )
    if (!tick) return character
    units[at] = { ...unit, certainty: SEEN }
    return '√'
  })
  return { ...line, text: text.join(''), units }
}

function unreadTicks(line: OcrLine, ink: Plane): Box[] {
  const { height } = line.box
  const around = { ...line.box, x: line.box.x - height, width: line.box.width + 2.5 * height }
  return strokesIn(ink, around)
    .filter(({ part, labels, stride, box }) => {
      const share = part.height / height
      if (share < HEIGHT.least || share > HEIGHT.most || part.pixels > 0.5 * part.width * part.height) return false
      const middle = box.x + box.width / 2
      const reach = Math.max(part.width / 2, height / 3)
      return !line.units.some((unit) => Math.abs(unit.middle - middle) < reach) && isTick(labels, stride, part)
    })
    .map(({ box }) => box)
}

type Stroke = { part: Component; labels: Int32Array; stride: number; box: Box }

/** The pieces of ink within a box of the page. */
function strokesIn(ink: Plane, within: Box): Stroke[] {
  const x = Math.max(0, Math.floor(within.x))
  const y = Math.max(0, Math.floor(within.y))
  const right = Math.max(x, Math.min(ink.width, Math.ceil(within.x + within.width)))
  const bottom = Math.max(y, Math.min(ink.height, Math.ceil(within.y + within.height)))
  const patch = { width: right - x, height: bottom - y, data: new Uint8Array((right - x) * (bottom - y)) }
  for (let v = y; v < bottom; v++) {
    patch.data.set(ink.data.subarray(v * ink.width + x, v * ink.width + right), (v - y) * patch.width)
  }
  const { labels, parts } = findComponents(patch)
  return parts.map((part) => ({
    part,
    labels,
    stride: patch.width,
    box: { x: x + part.x, y: y + part.y, width: part.width, height: part.height },
  }))
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
  if (!OPTION.test(line.text.slice(0, at))) return line
  const next = line.units[at]
  // The tick of the next box runs out of it.
  if (next && /[☐☑]/.test(line.text[at] ?? '') && next.middle - middle < NEAR * line.box.height) return line
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

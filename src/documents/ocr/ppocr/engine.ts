import type { Raster } from '../../model.ts'
import type { OcrEngine, OcrLine, Strip } from '../../ports.ts'
import { toRgb } from '../raster.ts'
import { levelStrip } from '../strips.ts'
import { findStrips } from './detect.ts'
import type { Networks } from './network.ts'
import { cutStrip, type ReadCharacter, recogniseStrip, stepsOfStrip } from './recognise.ts'

/** How many of the longest lines vote on which way up the page stands. */
const VOTERS = 20
/** Votes surer than this share of the voters leave no doubt that it stands upright; else so many lines are read both ways up. */
const CLEAR = -0.5
const WITNESSES = 4

/** PP-OCRv4 on any ONNX runtime. Lines are read one by one: on a CPU, batches cost more time and memory. */
export function createPpocr(load: () => Promise<Networks>): OcrEngine {
  let networks: Promise<Networks> | undefined
  const ready = () => {
    networks ??= load()
    return networks
  }

  const find = async (raster: Raster) => findStrips((await ready()).detect, toRgb(raster))
  const read = async (raster: Raster, strip: Strip) => {
    const { recognise, characters } = await ready()
    return toLine(await recogniseStrip(recognise, characters, toRgb(raster), strip), strip)
  }

  return {
    name: 'ppocr-v4',
    async readPage(raster) {
      const lines: OcrLine[] = []
      for (const strip of await find(raster)) {
        const line = await read(raster, strip)
        if (line) lines.push(line)
      }
      return lines
    },
    readLine: (raster, box) => read(raster, levelStrip(box)),
    strips: {
      find,
      read,
      async steps(raster, strip) {
        const { recognise, characters } = await ready()
        return stepsOfStrip(recognise, characters, toRgb(raster), strip)
      },
      async upsideDown(raster, strips) {
        const { classify, recognise, characters } = await ready()
        const page = toRgb(raster)
        const voters = strips.toSorted((a, b) => b.width - a.width).slice(0, VOTERS)
        let votes = 0
        for (const strip of voters) {
          // The classifier sees a piece four times as wide as high: a longer line would be squeezed beyond recognition.
          const piece = { ...strip, width: Math.min(strip.width, 4 * strip.height) }
          const filled = Math.min(192, Math.max(48, Math.round((48 * piece.width) / piece.height)))
          const { data } = await classify(cutStrip(page, piece, 192, 48, filled))
          votes += (data[1] ?? 0) - (data[0] ?? 0)
        }
        if (votes < CLEAR * voters.length) return false
        const legible = async (turn: number) => {
          let sum = 0
          for (const strip of voters.slice(0, WITNESSES)) {
            const read = await recogniseStrip(recognise, characters, page, { ...strip, slope: strip.slope + turn })
            sum += read.reduce((all, { probability }) => all + probability, 0) / Math.max(1, read.length)
          }
          return sum
        }
        return (await legible(Math.PI)) > (await legible(0))
      },
    },
  }
}

function toLine(characters: ReadCharacter[], strip: Strip): OcrLine | null {
  const first = characters.findIndex((character) => character.text.trim() !== '')
  const last = characters.findLastIndex((character) => character.text.trim() !== '')
  const printed = characters.slice(first, last + 1)
  if (first < 0) return null
  const reach = Math.abs(strip.width * Math.cos(strip.slope))
  const left = strip.x - reach / 2
  const middles = printed.map((character) => left + character.at * reach)
  const pitch = Math.min(strip.height * 0.9, medianGap(middles) ?? strip.height * 0.6)
  const edges: number[] = []
  const units: OcrLine['units'] = []
  let text = ''
  printed.forEach((character, i) => {
    const middle = middles[i] ?? left
    const before = middles[i - 1]
    const edge = before === undefined ? Math.max(left, middle - pitch / 2) : (before + middle) / 2
    for (let unit = 0; unit < character.text.length; unit++) {
      edges.push(edge)
      units.push({ middle, certainty: character.probability })
    }
    text += character.text
  })
  edges.push(Math.min(left + reach, (middles.at(-1) ?? left) + pitch / 2))
  const height = strip.height * Math.cos(strip.slope) + Math.abs(strip.width * Math.sin(strip.slope))
  const x = edges[0] ?? left
  return {
    text,
    edges,
    units,
    box: { x, y: strip.y - height / 2, width: (edges.at(-1) ?? x) - x, height },
    confidence: Math.min(...printed.filter((c) => c.text !== ' ').map((character) => character.probability)),
  }
}

function medianGap(middles: number[]): number | undefined {
  const gaps = middles.slice(1).map((middle, i) => middle - (middles[i] ?? middle))
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1]
}

import { describe, expect, it } from 'vitest'
import { doubtUnderStamps } from '../../src/documents/ocr/doubt-under-stamps.ts'
import { dropStrokes } from '../../src/documents/ocr/drop-strokes.ts'
import { settlePunctuation } from '../../src/documents/ocr/punctuation.ts'
import { reachSign } from '../../src/documents/ocr/reach-signs.ts'
import { agreed, readUnderStamp } from '../../src/documents/ocr/read-under-stamps.ts'
import { markUnknown } from '../../src/documents/ocr/unknown-characters.ts'
import type { OcrLine } from '../../src/documents/ports.ts'
import { paper, readLine } from './ocr-drawing.ts'

const none = paper(10, 10).ink()
const reading = (text: string, certainty = 1) => readLine(text, 20, 20, 20, 40, certainty)

/** A line whose characters stand where `middles` say. */
const placed = (text: string, middles: number[]): OcrLine => {
  const line = readLine(text, 20, 20, 30, 42)
  const units = line.units.map((unit, i) => ({ ...unit, middle: middles[i] ?? unit.middle }))
  const edges = [
    (units[0]?.middle ?? 0) - 15,
    ...units.slice(1).map(({ middle }, i) => ((units[i]?.middle ?? 0) + middle) / 2),
    (units.at(-1)?.middle ?? 0) + 15,
  ]
  return { ...line, units, edges }
}

describe('a line that a dark rim crosses', () => {
  it('is what most readings of it say, doubted where one of them differs', () => {
    const best = agreed([
      reading('申报日期：2624-11-20'),
      reading('申报日期：2024-11-20'),
      reading('申报日期：2024-11-20'),
    ])
    expect(best?.text).toBe('申报日期：2024-11-20')
    expect(best?.units.filter(({ certainty }) => certainty <= 0.6)).toHaveLength(1)
    expect(best?.confidence).toBeLessThanOrEqual(0.6)
  })

  it('is the reading between two that differ from it each way', () => {
    const readings = ['(河河医完', '北承河河医院', '北河河医院'].map((text) => reading(text))
    expect(agreed(readings)?.text).toBe('北河河医院')
  })

  it('stays as sure as it was when all readings agree', () => {
    const one = reading('2024/11/20', 0.97)
    expect(agreed([one, reading('2024/11/20'), reading('2024/11/20')])?.confidence).toBeCloseTo(0.97)
    expect(agreed([])).toBeNull()
  })

  const stamp = paper(300, 80).fill(100, 0, 10, 80).ink()
  const rims: number[] = []
  const stamped = {
    stamp,
    withRims: (fading: number) => {
      rims.push(fading)
      return paper(300, 80).raster()
    },
  }
  const reader = {
    find: async () => [],
    read: async () => reading('2024/11/21'),
    upsideDown: async () => false,
  }
  const cut = { x: 110, y: 40, width: 180, height: 40, slope: 0 }

  it('is read again with the rim on it; no other line is', async () => {
    expect((await readUnderStamp(reading('2024/1 /21'), cut, stamped, reader))?.text).toBe('2024/11/21')
    expect(rims).toHaveLength(2)
    const clear = reading('2024/1 /21')
    expect(await readUnderStamp(clear, { ...cut, x: 220, width: 100 }, stamped, reader)).toBe(clear)
    expect(rims).toHaveLength(2)
  })
})

describe('a figure with more room beside it than the others', () => {
  // 2024年11月2日 with 20 pixels a figure and 30 a character; another figure's room before 日.
  const middles = [10, 30, 50, 70, 95, 120, 140, 165, 190, 235].map((x) => x + 20)
  it('is doubted where a rim went through that room, however thin', () => {
    const line = placed('2024年11月2日', middles)
    const [doubted = line] = doubtUnderStamps([line], paper(400, 80).fill(230, 0, 2, 80).ink())
    expect(doubted.confidence).toBeLessThan(0.6)
    expect(doubtUnderStamps([line], paper(400, 80).fill(150, 0, 2, 80).ink())).toEqual([line])
  })

  it('is doubted where the rim went through it aslant, over half of no column', () => {
    const aslant = paper(400, 80)
    for (let y = 0; y < 80; y++) aslant.fill(168 + y, y, 9, 1)
    const [doubted] = doubtUnderStamps([placed('2024年11月2日', middles)], aslant.ink())
    expect(doubted?.confidence).toBeLessThan(0.6)
  })
})

describe('a stop or comma at the end of a line', () => {
  const strip = { x: 120, y: 40, width: 200, height: 42, slope: 0 }
  it('is reached for when the detector left it out', () => {
    const ink = paper(400, 80).fill(226, 46, 5, 8).ink()
    const longer = reachSign(strip, ink, 28, [strip])
    expect(longer.x + longer.width / 2).toBeGreaterThan(231)
    expect(longer.x - longer.width / 2).toBeCloseTo(20)
  })

  it('is reached for in the middle of the line too, where it is no speck', () => {
    const ink = (size: number) => paper(400, 80).fill(228, 37, size, size).ink()
    expect(reachSign(strip, ink(8), 28, [strip]).width).toBeGreaterThan(strip.width)
    expect(reachSign(strip, ink(3), 28, [strip])).toBe(strip)
  })

  it('is none when it is large, high up, a speck, or begins the next words', () => {
    for (const page of [
      paper(400, 80).fill(226, 26, 20, 28),
      paper(400, 80).fill(226, 22, 5, 8),
      paper(400, 80).fill(226, 46, 1, 1),
    ])
      expect(reachSign(strip, page.ink(), 28, [strip])).toBe(strip)
    const next = { ...strip, x: 330 }
    expect(reachSign(strip, paper(400, 80).fill(235, 46, 5, 8).ink(), 28, [strip, next])).toBe(strip)
  })

  it('is no stray of a signature', () => {
    const line = readLine('使学员掌握规范流程和常用方法，', 20, 20, 30, 44)
    const units = line.units.map((unit, i) => (i === line.units.length - 1 ? { ...unit, certainty: 0.4 } : unit))
    expect(dropStrokes([{ ...line, units, confidence: 0.4 }], [])[0]?.text).toBe(line.text)
  })
})

describe('a sign that has no room', () => {
  const text = '清湖市第·一人民医院'
  it('is a speck', () => {
    const squeezed = [0, 30, 60, 90, 105, 120, 150, 180, 210, 240].map((x) => x + 35)
    const settled = settlePunctuation(placed(text, squeezed), none)
    expect(settled.text).toBe('清湖市第一人民医院')
    expect([settled.units.length, settled.edges.length]).toEqual([9, 10])
  })

  it('stays where it has some', () => {
    const line = readLine(text, 20, 20, 30, 42)
    expect(settlePunctuation(line, none).text).toBe(text)
  })
})

describe('a sign of two dots that has one', () => {
  const colon = readLine('临床方面：围绕', 20, 20, 30, 42)
  const middle = Math.round(colon.units[4]?.middle ?? 0)
  const dots = (draw: (page: ReturnType<typeof paper>) => ReturnType<typeof paper>) => draw(paper(300, 80)).ink()

  it('is the comma or the stop that it looks like', () => {
    const comma = dots((page) => page.fill(middle - 8, 46, 4, 7))
    expect(settlePunctuation(colon, comma).text).toBe('临床方面，围绕')
    const stop = dots((page) => page.ring(middle - 6, 50, 4, 4, 2, [0, 0, 0]))
    expect(settlePunctuation(colon, stop).text).toBe('临床方面。围绕')
    const two = dots((page) => page.fill(middle - 8, 32, 4, 4).fill(middle - 8, 46, 4, 4))
    expect(settlePunctuation(colon, two).text).toBe('临床方面：围绕')
  })
})

describe('a character that the recogniser does not know', () => {
  it('is marked before a comma too', () => {
    const line = placed('严鑫，副主任护师', [35, 65, 118, 155, 185, 215, 245, 275])
    const ink = paper(400, 80).fill(84, 28, 22, 24).ink()
    expect(markUnknown([line], ink, { cells: [], avoid: [] })[0]?.text).toBe('严鑫〓，副主任护师')
    expect(markUnknown([line], none, { cells: [], avoid: [] })[0]?.text).toBe('严鑫，副主任护师')
  })

  it('makes a name doubtful that goes on under a signature', () => {
    const name = readLine('姜琼', 20, 20, 30, 42)
    const ink = paper(400, 80).fill(84, 28, 22, 24).ink()
    const avoid = [{ x: 80, y: 40, width: 100, height: 30 }]
    const [doubted] = markUnknown([name], ink, { cells: [], avoid })
    expect([doubted?.text, (doubted?.confidence ?? 1) <= 0.6]).toEqual(['姜琼', true])
    expect(markUnknown([name], none, { cells: [], avoid })).toEqual([name])
  })
})

import { describe, expect, it } from 'vitest'
import { markCheckboxes } from '../../src/documents/ocr/mark-checkboxes.ts'
import { type PlacedRound, radioMarks } from '../../src/documents/ocr/mark-rounds.ts'
import { findRounds } from '../../src/documents/ocr/rounds.ts'
import { BLACK, PER_MM, paper, readLine } from './ocr-drawing.ts'

const disc = (page: ReturnType<typeof paper>, x: number, r: number) => {
  for (let a = 0.5; a <= r; a += 0.5) page.ring(x, 44, a, a, 1, BLACK)
  return page
}
const ring = (page: ReturnType<typeof paper>, x: number) => page.ring(x, 44, 13, 13, 2, BLACK)

describe('radio marks', () => {
  it('are empty rings, discs and rings with a dot', () => {
    const page = disc(ring(disc(ring(paper(400, 100), 50), 150, 13), 250), 250, 7)
    expect(findRounds(page.ink(), PER_MM).map(({ checked }) => checked)).toEqual([false, true, true])
  })

  it('are not squares, rings with figures in them, or full stops', () => {
    const page = ring(paper(400, 100).frame(30, 30, 26, 26, 2), 150).fill(148, 36, 3, 17)
    expect(findRounds(disc(page, 250, 4).ink(), PER_MM)).toEqual([])
  })

  it('stand in the line before 是 and 否, whatever they were read as', async () => {
    const line = readLine('·是0否', 35, 22, 30, 44)
    const { lines } = await markCheckboxes(
      [{ line, again: null }],
      ring(disc(paper(300, 100), 50, 13), 110).ink(),
      [],
      PER_MM,
    )
    expect(lines.map(({ text }) => text)).toEqual(['☑是☐否'])
  })

  it('as small as a full stop stand in the middle of the line', async () => {
    const line = readLine('新备', 60, 22, 90, 44)
    const small = (y: number) => {
      const page = paper(400, 100).ring(150, y, 5.5, 5.5, 1, BLACK)
      for (let a = 0.5; a <= 5.5; a += 0.5) page.ring(70, y, a, a, 1, BLACK)
      return page
    }
    const marked = async (y: number) =>
      (await markCheckboxes([{ line, again: null }], small(y).ink(), [], PER_MM)).lines[0]?.text
    expect(await marked(44)).toBe('☑新☐备')
    expect(await marked(56)).toBe('新备')
  })

  it('are not the noughts of a year, nor a bullet', async () => {
    const year = readLine('二〇二六', 35, 22, 30, 44)
    const years = await markCheckboxes([{ line: year, again: null }], ring(paper(300, 100), 80).ink(), [], PER_MM)
    expect(years.lines[0]?.text).toBe('二〇二六')
    const bullet = readLine('●考核', 35, 22, 30, 44)
    const list = await markCheckboxes([{ line: bullet, again: null }], disc(paper(300, 100), 50, 13).ink(), [], PER_MM)
    expect(list.lines[0]?.text).toBe('●考核')
  })
})

describe('a disc that touches a character', () => {
  it('is found', () => {
    const page = disc(paper(200, 100), 60, 13).fill(72, 40, 40, 3).fill(90, 30, 3, 30)
    expect(findRounds(page.ink(), PER_MM)).toMatchObject([{ checked: true }])
  })

  it('is none with a square shape', () => {
    expect(findRounds(paper(200, 100).fill(47, 31, 26, 26).fill(72, 40, 40, 3).ink(), PER_MM)).toEqual([])
  })
})

describe('a stop beside radio marks', () => {
  it('is none, though it is as round and full as a chosen one', () => {
    const line = readLine('○是●否。项目', 0, 0, 30, 44)
    const placed = (from: number, side: number, checked: boolean): PlacedRound => ({
      round: { box: { x: from * 30, y: 10, width: side, height: side }, checked },
      line,
      from,
      to: from + 1,
      cell: undefined,
      isSmall: false,
    })
    const [empty, chosen, stop] = [placed(0, 24, false), placed(2, 22, true), placed(4, 10, true)]
    expect(radioMarks([empty, chosen, stop])).toEqual([empty, chosen])
  })
})

import { describe, expect, it } from 'vitest'
import { findSquares } from '../../src/documents/ocr/checkboxes.ts'
import { joinReadings } from '../../src/documents/ocr/join-readings.ts'
import { judgeBoxes } from '../../src/documents/ocr/judge-boxes.ts'
import { PER_MM, paper, readLine } from './ocr-drawing.ts'

const box = { x: 0, y: 0, width: 24, height: 24 }
const judged = (questions: [inner: number, beyond?: number][][]) =>
  judgeBoxes(
    questions.flatMap((each, group) => each.map(([inner, beyond = 0]) => ({ box, inner, beyond, group }))),
  ).map(({ checkbox }) => checkbox.checked)

describe('boxes of one question', () => {
  it('a faint tick is told by the empty box beside it', () => {
    expect(judged([[[0.13], [0]]])).toEqual([null, false])
    expect(
      judged([
        [[0.142], [0]],
        [[0], [0.138]],
        [[0.14], [0]],
        [[0], [0.135]],
      ]),
    ).toEqual([...[true, false], ...[false, true], ...[true, false], ...[false, true]])
  })

  it('a tick that mostly lies outside of its box is seen', () => {
    const empty: [number][] = [[0], [0.01]]
    expect(judged([[[0.04, 0.12], [0.01]], empty, empty, empty])).toEqual([true, false, ...Array(6).fill(false)])
  })

  it('dirt in the boxes of a poor scan ticks none', () => {
    const dirty: [number][] = [[0.09], [0.05]]
    expect(judged([dirty, dirty, dirty, [[0.1], [0.06]]])).toEqual(Array(8).fill(false))
  })
})

describe('squares of which a fax lost sides', () => {
  const side = 26
  const whole = (page: ReturnType<typeof paper>) =>
    [60, 140, 220].reduce((drawn, x) => drawn.frame(x, 30, side, side, 2), page)

  it('are found when they are as large as the whole ones', () => {
    const page = whole(paper(400, 200)).fill(300, 30, side, 2).fill(300, 54, side, 2)
    expect(findSquares(page.ink(), PER_MM).filter(({ partial }) => partial)).toMatchObject([
      { box: { x: 300, y: 30 }, inner: 0 },
    ])
  })

  it('二 and rulings are none', () => {
    const two = whole(paper(400, 200)).fill(304, 34, 18, 2).fill(300, 52, side, 2)
    const rulings = whole(paper(400, 200)).fill(280, 30, 100, 2).fill(280, 54, 100, 2)
    for (const page of [two, rulings]) expect(findSquares(page.ink(), PER_MM)).toHaveLength(3)
  })
})

describe('hair-thin outlines', () => {
  it('are seen in paler ink', () => {
    const clear = paper(200, 100)
    const faint = paper(200, 100).frame(60, 30, 26, 26, 1)
    expect(findSquares(clear.ink(), PER_MM)).toEqual([])
    expect(findSquares(clear.ink(), PER_MM, faint.ink())).toMatchObject([{ inner: 0 }])
  })
})

describe('a line read again without its boxes', () => {
  it('keeps the word that the second reading lost', () => {
    const first = readLine('口是口否', 0, 0, 30, 40)
    const boxes = [
      { x: 0, y: 5, width: 28, height: 28 },
      { x: 62, y: 5, width: 28, height: 28 },
    ]
    const again = { ...readLine('是', 30, 0, 30, 40) }
    expect(joinReadings(again, first, boxes)).toMatchObject({ text: '是否', units: [{ middle: 45 }, { middle: 105 }] })
    expect(
      joinReadings(again, { ...first, units: first.units.map((unit) => ({ ...unit, certainty: 0.4 })) }, boxes).text,
    ).toBe('是')
  })
})

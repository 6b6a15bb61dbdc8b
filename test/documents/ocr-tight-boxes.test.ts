import { describe, expect, it } from 'vitest'
import { findSquares } from '../../src/documents/ocr/checkboxes.ts'
import { joinReadings } from '../../src/documents/ocr/join-readings.ts'
import { judgeBrackets } from '../../src/documents/ocr/judge-boxes.ts'
import { markCheckboxes } from '../../src/documents/ocr/mark-checkboxes.ts'
import { markTicks } from '../../src/documents/ocr/mark-ticks.ts'
import { siblingBrackets } from '../../src/documents/ocr/sibling-brackets.ts'
import { PER_MM, paper, readLine } from './ocr-drawing.ts'

const SIDE = 26

/** Boxes that tell how large those of the page are. */
const withBoxes = (page: ReturnType<typeof paper>) => {
  for (const y of [200, 260, 320]) page.frame(60, y, SIDE, SIDE, 2)
  return page
}

describe('a tick’s ink in a box', () => {
  it('counts in the corner of a box one of whose sides it makes thicker', () => {
    const empty = paper(200, 100).frame(60, 30, SIDE, SIDE, 2)
    const cornered = paper(200, 100).frame(60, 30, SIDE, SIDE, 2).fill(62, 51, 17, 3)
    cornered.line(79, 52, 86, 38, 2)
    expect(findSquares(empty.ink(), PER_MM)[0]?.inner).toBe(0)
    expect(findSquares(cornered.ink(), PER_MM)[0]?.inner).toBeGreaterThan(0.05)
  })

  it('is none where one side is only drawn thicker', () => {
    const uneven = paper(200, 100).frame(60, 30, SIDE, SIDE, 2).fill(60, 52, SIDE, 4).fill(62, 30, 2, SIDE)
    expect(findSquares(uneven.ink(), PER_MM)[0]?.inner).toBeLessThan(0.02)
  })
})

describe('boxes that touch what stands beside them', () => {
  it('are found one by one where a tick and a word join them', () => {
    const joined = withBoxes(paper(400, 400)).frame(60, 30, SIDE, SIDE, 2).frame(116, 30, SIDE, SIDE, 2)
    joined.line(64, 42, 71, 50, 3).line(71, 50, 98, 36, 3).fill(90, 44, 26, 2).fill(100, 36, 2, 18)
    const found = findSquares(joined.ink(), PER_MM).map(({ box }) => box)
    for (const x of [60, 116]) expect(found).toContainEqual({ x, y: 30, width: SIDE, height: SIDE })
  })

  it('end at their own side, not at a stroke of the word behind', () => {
    const page = withBoxes(paper(400, 400)).frame(60, 30, SIDE, SIDE, 2).fill(86, 30, 5, 2).fill(86, 54, 5, 2)
    page.fill(91, 30, 2, SIDE).line(64, 42, 71, 50, 3).line(71, 50, 80, 36, 3)
    expect(findSquares(page.ink(), PER_MM).map(({ box }) => box)).toContainEqual({
      x: 60,
      y: 30,
      width: SIDE,
      height: SIDE,
    })
  })

  it('are told from the word between two of them', async () => {
    const page = withBoxes(paper(400, 400)).frame(60, 30, SIDE, SIDE, 2).frame(96, 34, 19, 20, 2).fill(96, 52, 2, 5)
    page.fill(113, 52, 2, 5).line(64, 42, 71, 50, 3).line(71, 50, 84, 32, 3)
    const line = readLine('是', 20, 22, 30, 44)
    const { checkboxes } = await markCheckboxes([{ line, again: null }], page.ink(), [], PER_MM)
    expect(checkboxes.map(({ box }) => box.x)).toEqual([60])
  })

  it('stand apart from 女, which was read as 如 together with its box', async () => {
    const line = { ...readLine('男如', 20, 22, 70, 44, 0.5) }
    line.units = [
      { middle: 35, certainty: 0.99 },
      { middle: 150, certainty: 0.45 },
    ]
    const page = withBoxes(paper(400, 400)).frame(60, 30, SIDE, SIDE, 2).frame(152, 30, SIDE, SIDE, 2)
    page.line(156, 42, 163, 50, 3).line(163, 50, 176, 32, 3)
    const { lines } = await markCheckboxes([{ line, again: null }], page.ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['男☐女☑'])
  })
})

describe('a box alone in its line', () => {
  it('is judged beside the others of its cell', async () => {
    const page = withBoxes(paper(400, 400)).frame(60, 30, SIDE, SIDE, 2).frame(60, 90, SIDE, SIDE, 2)
    // A tick nearly all of which runs on below and above its box.
    page.line(72, 108, 80, 127, 3).line(80, 127, 100, 88, 3)
    const cell = { x: 10, y: 10, width: 200, height: 130 }
    const line = readLine('是', 25, 22, 30, 44)
    const { checkboxes } = await markCheckboxes([{ line, again: null }], page.ink(), [cell], PER_MM)
    expect(checkboxes.map(({ checked }) => checked)).toEqual([false, true])
  })
})

describe('brackets', () => {
  const pair = (inner: number, group = 'a') => ({ box: { x: 0, y: 0, width: 60, height: 30 }, inner, group })
  const told = (...inks: number[]) =>
    judgeBrackets(inks.map((ink) => pair(ink))).map(({ checkbox }) => checkbox.checked)

  it('with little ink are ticked beside empty ones, and empty beside a ticked one', () => {
    expect(told(0.045, 0.004)).toEqual([true, false])
    expect(told(0.045, 0.2)).toEqual([false, true])
  })

  it('with little ink are left to a person alone, or beside others with as much', () => {
    expect(told(0.045)).toEqual([null])
    expect(told(0.045, 0.029)).toEqual([null, false])
    expect(judgeBrackets([pair(0.045), pair(0.2, 'b')]).map(({ checkbox }) => checkbox.checked)).toEqual([null, true])
  })

  it('are found two heights before the word where nothing was read of them', () => {
    const draw = (page: ReturnType<typeof paper>, x: number, y: number) => {
      for (const [at, side] of [
        [x, 1],
        [x + 40, -1],
      ] as const)
        page
          .fill(at, y, 2, 30)
          .fill(Math.min(at, at + 6 * side), y, 7, 2)
          .fill(Math.min(at, at + 6 * side), y + 28, 7, 2)
      return page
    }
    const page = draw(draw(draw(paper(400, 400), 24, 27), 24, 107), 24, 187)
    const empty = [20, 100].map((y) => {
      const line = readLine('[]', 14, y, 40, 44)
      line.units = [25, 65].map((middle) => ({ middle, certainty: 0.9 }))
      return line
    })
    const far = readLine('是', 110, 180, 30, 44)
    expect(siblingBrackets(page.ink(), [...empty, far]).some(({ box }) => box.y > 180)).toBe(true)
  })
})

describe('a line read again without its boxes', () => {
  const boxes = [{ x: 0, y: 5, width: 28, height: 28 }]

  it('keeps the word that was read surely before a tick over it was cut', () => {
    const first = readLine('口是', 0, 0, 30, 40)
    const spoilt = (certainty: number) => readLine('日', 30, 0, 30, 40, certainty)
    expect(joinReadings(spoilt(0.65), first, boxes)).toMatchObject({ text: '是', confidence: 0.99 })
    expect(joinReadings(spoilt(0.99), first, boxes).text).toBe('日')
    expect(
      joinReadings(spoilt(0.65), { ...first, units: first.units.map((unit) => ({ ...unit, certainty: 0.7 })) }, boxes)
        .text,
    ).toBe('日')
  })

  it('leaves the bracket before a word that it reads a little further on', () => {
    const first = readLine('[]备', 40, 0, 14, 30)
    const again = readLine('[]备', 46, 0, 14, 30, 0.66)
    expect(joinReadings(again, first, boxes).text).toBe('[]备')
  })

  it('drops what was read of the end of a tick beside its box', () => {
    const first = readLine('口　是否', 0, 0, 30, 40)
    const again = readLine('√是否、', 30, 0, 30, 40)
    expect(joinReadings(again, first, boxes)).toMatchObject({ text: '是否、', units: [{}, {}, {}] })
    expect(joinReadings(again, { ...first, text: '口√是否' }, boxes).text).toBe('√是否、')
  })
})

describe('ticks in a line', () => {
  const none = paper(300, 100).ink()

  it.each([
    ['V是☐否', '√是☐否'],
    ['☐是V否', '☐是√否'],
    ['V是否', 'V是否'],
    ['IV型', 'IV型'],
  ])('before an option where others have empty boxes: %s is %s', (text, expected) => {
    expect(markTicks(readLine(text, 10, 20, 28, 44), none).text).toBe(expected)
  })

  it('are one where their strokes were read twice', () => {
    expect(markTicks(readLine('省级☑√是否', 10, 20, 28, 44), none).text).toBe('省级☑是否')
    expect(markTicks(readLine('是√√否☐', 10, 20, 28, 44), none).text).toBe('是√否☐')
    expect(markTicks(readLine('是☑√否', 10, 20, 60, 44), none).text).toBe('是☑√否')
  })

  it('are in the box that could not be read where the others are empty and it is darker', () => {
    const line = readLine('☐是〓否', 10, 20, 30, 44)
    const page = (inner: boolean) => {
      const drawn = paper(300, 100).frame(12, 30, SIDE, SIDE, 2).frame(72, 30, SIDE, SIDE, 2)
      return (inner ? drawn.line(74, 42, 81, 50, 3).line(81, 50, 92, 34, 3).fill(74, 46, 14, 4) : drawn).ink()
    }
    expect(markTicks(line, page(true))).toMatchObject({ text: '☐是☑否' })
    expect(markTicks(line, page(false)).text).toBe('☐是〓否')
    for (const text of ['☑是〓否', '〓是〓否', '主任〓医'])
      expect(markTicks(readLine(text, 10, 20, 30, 44), page(true)).text).toContain('〓')
  })
})

import { describe, expect, it } from 'vitest'
import { findBrackets } from '../../src/documents/ocr/brackets.ts'
import { findSquares } from '../../src/documents/ocr/checkboxes.ts'
import { markCheckboxes } from '../../src/documents/ocr/mark-checkboxes.ts'
import { markTicks } from '../../src/documents/ocr/mark-ticks.ts'
import { rulingInk } from '../../src/documents/ocr/ruling-ink.ts'
import { findRulings } from '../../src/documents/ocr/rulings.ts'
import { findSolids } from '../../src/documents/ocr/solids.ts'
import { isBoxReading } from '../../src/documents/ocr/square-characters.ts'
import { PER_MM, paper, readLine } from './ocr-drawing.ts'

const SIDE = 26
const drawn = {
  empty: () => paper(200, 100).frame(60, 30, SIDE, SIDE, 2),
  ticked: () => drawn.empty().line(64, 42, 71, 50, 3).line(71, 50, 84, 32, 3),
  crossed: () => drawn.empty().line(62, 32, 83, 53, 2).line(83, 32, 62, 53, 2),
  overshot: () => drawn.empty().line(64, 42, 71, 50, 3).line(71, 50, 98, 16, 3),
  filled: () => paper(200, 100).fill(60, 30, SIDE, SIDE),
}

describe('squares', () => {
  it.each([
    ['empty', false],
    ['ticked', true],
    ['crossed', true],
    ['overshot', true],
    ['filled', true],
  ] as const)('%s: found in its place, ticked %s', (kind, ticked) => {
    const squares = findSquares(drawn[kind]().ink(), PER_MM)
    expect(squares).toHaveLength(1)
    expect(squares[0]?.box).toMatchObject({ x: 60, y: 30, width: SIDE, height: SIDE })
    expect((squares[0]?.inner ?? 0) > 0.15).toBe(ticked)
    if (!ticked) expect(squares[0]?.inner).toBeLessThan(0.1)
  })

  it('filled: found where strokes of the next characters touch it', () => {
    const touched = drawn.filled().fill(86, 40, 30, 3).fill(30, 44, 30, 2).fill(100, 30, 3, 26)
    expect(findSquares(touched.ink(), PER_MM)).toMatchObject([{ box: { x: 60, y: 30 }, inner: 1 }])
  })

  it('are no rulings together with the strokes of characters beside them', () => {
    // □ and ■ with a character whose top stroke is as high as the box's side, above a ruling.
    const page = paper(400, 200).frame(60, 30, SIDE, SIDE, 2).fill(87, 30, 30, 2).fill(100, 32, 2, 24)
    page.fill(200, 30, SIDE, SIDE).fill(226, 30, 30, 2).fill(240, 32, 2, 24).fill(20, 120, 360, 2)
    const ink = page.ink()
    const { lines } = findRulings(rulingInk(ink, PER_MM, findSolids(ink, PER_MM)).ink, PER_MM, [])
    expect(lines.map(({ y1 }) => Math.round(y1 / 10))).toEqual([12])
  })

  it('are not rings, rectangles, or too small', () => {
    expect(findSquares(paper(200, 100).ring(80, 45, 13, 13, 2, [0, 0, 0]).ink(), PER_MM)).toEqual([])
    expect(findSquares(paper(200, 100).frame(60, 30, 40, 20, 2).ink(), PER_MM)).toEqual([])
    expect(findSquares(paper(200, 100).frame(60, 30, 12, 12, 2).ink(), PER_MM)).toEqual([])
  })

  it('know 口 by its feet', () => {
    const mouth = paper(200, 100).frame(60, 30, 24, 22, 2).fill(60, 50, 2, 4).fill(82, 50, 2, 4)
    expect(findSquares(mouth.ink(), PER_MM)).toMatchObject([{ crisp: false }])
    expect(findSquares(drawn.empty().ink(), PER_MM)).toMatchObject([{ crisp: true }])
  })
})

describe('a square read as a character', () => {
  it.each([
    ['口', '', '腔', false],
    ['口', '出', '', false],
    ['口', '级', '省', true],
    ['口', '', '是', true],
    ['回', '', '顾', false],
    ['曰', ' ', '否', true],
    ['日', '2', '', false],
    ['0', '2', '2', false],
    ['□', '授', '远', true],
  ])('%s between “%s” and “%s”: a checkbox %s', (character, before, after, expected) => {
    expect(isBoxReading(character, before, after, false, 0.9)).toBe(expected)
  })

  it('国 is a checkbox only when drawn as a true square and read unsurely', () => {
    expect(isBoxReading('国', '', '家', true, 0.99)).toBe(false)
    expect(isBoxReading('国', '', '是', true, 0.5)).toBe(true)
  })
})

describe('lines with boxes', () => {
  const page = () => drawn.ticked().frame(150, 30, SIDE, SIDE, 2)
  const line = { ...readLine('口是口否', 58, 22, 30, 44), box: { x: 58, y: 22, width: 150, height: 44 } }
  line.units = [73, 105, 163, 190].map((middle) => ({ middle, certainty: 0.99 }))
  line.edges = [60, 90, 120, 150, 178]

  it('carry ☐ and ☑ in place of what was read there', async () => {
    const { lines, checkboxes } = await markCheckboxes([{ line, again: null }], page().ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['☑是☐否'])
    expect(lines[0]?.edges).toHaveLength(5)
    expect(checkboxes.map(({ checked }) => checked)).toEqual([true, false])
  })

  it('leave 口 in a street’s name', async () => {
    const street = readLine('北京市北口区康溪路十八号', 60, 22, 30, 44)
    const mouth = paper(600, 100).frame(183, 30, 24, 24, 2)
    const { lines } = await markCheckboxes([{ line: street, again: null }], mouth.ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['北京市北口区康溪路十八号'])
  })

  it.each(['长口医科大学', '北京市石口区'])('leave 口 in a short name: %s', async (name) => {
    const own = readLine(name, 60, 22, 30, 44)
    const at = 60 + 30 * name.indexOf('口')
    const { lines } = await markCheckboxes(
      [{ line: own, again: null }],
      paper(600, 100)
        .frame(at + 3, 30, 24, 24, 2)
        .ink(),
      [],
      PER_MM,
    )
    expect(lines.map(({ text }) => text)).toEqual([name])
  })

  it.each([
    ['京津冀互认项目', '京津冀互认项目'],
    ['是否冀是新申报', '是否☑是新申报'],
  ])('leave a dense character within a word, but not between options: %s', async (text, expected) => {
    const own = readLine(text, 60, 22, 30, 44)
    own.units = own.units.map((unit, at) => (text[at] === '冀' ? { ...unit, certainty: 0.6 } : unit))
    const ink = paper(600, 100).fill(123, 30, 24, 24).ink()
    const { lines } = await markCheckboxes([{ line: own, again: null }], ink, [], PER_MM)
    expect(lines.map((line) => line.text)).toEqual([expected])
  })

  it('leave the last character of a name, one in which the recogniser sees a square', async () => {
    const name = readLine('戚刚囗', 60, 22, 30, 44)
    const ink = paper(600, 100).frame(123, 30, 24, 24, 2).line(126, 34, 142, 50, 3).ink()
    const cell = { x: 40, y: 10, width: 200, height: 70 }
    const { lines } = await markCheckboxes([{ line: name, again: null }], ink, [cell], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['戚刚囗'])
    const option = readLine('省级囗', 60, 22, 30, 44)
    const marked = await markCheckboxes([{ line: option, again: null }], ink, [cell], PER_MM)
    expect(marked.lines.map(({ text }) => text)).toEqual(['省级☑'])
  })

  it('leave 日 of a date, whatever a seal made of it', async () => {
    const date = readLine('2024年11月21囗', 60, 22, 30, 44)
    const { lines } = await markCheckboxes(
      [{ line: date, again: null }],
      paper(600, 100).frame(363, 30, 24, 24, 2).fill(364, 42, 22, 2).ink(),
      [],
      PER_MM,
    )
    expect(lines.map(({ text }) => text)).toEqual(['2024年11月21囗'])
  })

  it('keep the words that the reading without boxes lost', async () => {
    const read = { line, again: async () => null }
    const { lines } = await markCheckboxes([read], page().ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['☑是☐否'])
  })

  it('get no box out of two characters’ strokes in the midst of running text', async () => {
    const text = '授课教师专业背景与讲授题目一致职称符合要求'
    const running = readLine(text, 20, 22, 30, 44)
    running.units.forEach((unit, at) => {
      if (at > 9) unit.middle += 36
    })
    running.box.width += 36
    const strokes = paper(800, 100).frame(327, 30, 24, 22, 2).fill(327, 50, 2, 4).fill(349, 50, 2, 4)
    const { lines } = await markCheckboxes([{ line: running, again: null }], strokes.ink(), [], PER_MM)
    expect(lines.map((line) => line.text)).toEqual([text])
  })

  it('are read again without the boxes, which are then put where they stand', async () => {
    const again = async () => ({
      ...line,
      text: '是否',
      units: line.units.filter((_, i) => i % 2),
      edges: [90, 140, 205],
    })
    const { lines } = await markCheckboxes([{ line, again }], page().ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['☑是☐否'])
  })

  it('take the place of a bracket that only their side was read as', async () => {
    const single = { ...readLine('合[', 20, 22, 30, 44), text: '合[' }
    single.units = [
      { middle: 42, certainty: 0.99 },
      { middle: 58, certainty: 0.9 },
    ]
    single.edges = [25, 57, 62]
    const page = paper(200, 100).fill(60, 30, SIDE, SIDE)
    const { lines } = await markCheckboxes([{ line: single, again: null }], page.ink(), [], PER_MM)
    expect(lines.map(({ text }) => text)).toEqual(['合☑'])
  })

  it('squares far from any line and in no cell are pictures', async () => {
    const far = readLine('是', 20, 400, 30, 44)
    expect((await markCheckboxes([{ line: far, again: null }], page().ink(), [], PER_MM)).checkboxes).toEqual([])
  })

  it('a box between empty and ticked is left to a person', async () => {
    const unsure = drawn.empty().fill(66, 36, 8, 7)
    const { checkboxes } = await markCheckboxes([{ line, again: null }], unsure.ink(), [], PER_MM)
    expect(checkboxes).toMatchObject([{ checked: null, confidence: 0.5 }])
  })
})

describe('square brackets', () => {
  const bracket = (page: ReturnType<typeof paper>, x: number) =>
    page
      .fill(x, 30, 2, 28)
      .fill(x, 30, 6, 2)
      .fill(x, 56, 6, 2)
      .fill(x + 22, 30, 2, 28)
      .fill(x + 18, 30, 6, 2)
      .fill(x + 18, 56, 6, 2)

  it('are a checkbox, empty or ticked', () => {
    const line = { x: 40, y: 20, width: 160, height: 44 }
    expect(findBrackets(bracket(paper(200, 100), 60).ink(), line, 29)).toMatchObject([{ inner: 0 }])
    const ticked = bracket(paper(200, 100), 60).line(66, 44, 70, 52, 2).line(70, 52, 80, 36, 2)
    expect(findBrackets(ticked.ink(), line, 29)[0]?.inner).toBeGreaterThan(0.06)
  })

  it('口 and 目 are none', () => {
    const line = { x: 40, y: 20, width: 160, height: 44 }
    expect(findBrackets(paper(200, 100).frame(60, 30, 24, 28, 2).ink(), line, 29)).toEqual([])
    expect(
      findBrackets(paper(200, 100).frame(60, 30, 24, 28, 2).fill(60, 39, 24, 2).fill(60, 48, 24, 2).ink(), line, 29),
    ).toEqual([])
  })
})

describe('ticks without a box', () => {
  const none = paper(300, 100).ink()
  it.each([
    ['是V 否', '是√ 否'],
    ['有 无v', '有 无√'],
    ['是[√]否[x]', '是☑否☑'],
    ['有Vitamin', '有Vitamin'],
    ['能V带教', '能V带教'],
  ])('%s is %s', (text, expected) => {
    expect(markTicks(readLine(text, 10, 20, 28, 44), none).text).toBe(expected)
  })

  it('are seen beside an option where the recogniser saw nothing', () => {
    const line = readLine('是否', 20, 20, 90, 44)
    line.units = [
      { middle: 35, certainty: 0.99 },
      { middle: 150, certainty: 0.99 },
    ]
    line.edges = [20, 90, 165]
    const page = paper(300, 100).line(60, 40, 68, 54, 3).line(68, 54, 86, 26, 3)
    expect(markTicks(line, page.ink()).text).toBe('是√否')
    expect(markTicks(line, paper(300, 100).fill(60, 30, 20, 3).ink()).text).toBe('是否')
  })

  it.each([
    ['是否〓', '是否√'],
    ['是否、', '是否√'],
    ['省级〓', '省级√'],
    ['和、', '和、'],
  ])('are seen where %s was read: %s', (text, expected) => {
    const line = readLine(text, 20, 20, 40, 44, 0.4)
    const middle = line.units.at(-1)?.middle ?? 0
    const page = paper(300, 100)
      .line(middle - 13, 40, middle - 5, 54, 3)
      .line(middle - 5, 54, middle + 13, 26, 3)
    expect(markTicks(line, page.ink()).text).toBe(expected)
    if (text !== expected) expect(markTicks(line, page.ink()).units.at(-1)?.certainty).toBeGreaterThan(0.8)
    expect(markTicks(line, paper(300, 100).ink()).text).toBe(text)
  })

  it('are seen between brackets that they touch', () => {
    const line = readLine('（）是', 20, 20, 44, 44)
    const page = paper(300, 100).line(50, 40, 58, 54, 3).line(58, 54, 86, 26, 3).line(86, 24, 88, 60, 3)
    expect(markTicks(line, page.ink()).text).toBe('（√）是')
    expect(markTicks(line, paper(300, 100).line(86, 24, 88, 60, 3).line(42, 24, 40, 60, 3).ink()).text).toBe('（）是')
  })
})

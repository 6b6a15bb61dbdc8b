import { describe, expect, it } from 'vitest'
import { findSquares } from '../../src/documents/ocr/checkboxes.ts'
import { groupBoxes } from '../../src/documents/ocr/group-boxes.ts'
import { joinedRings } from '../../src/documents/ocr/joined-rings.ts'
import { judgeBoxes } from '../../src/documents/ocr/judge-boxes.ts'
import { markCheckboxes } from '../../src/documents/ocr/mark-checkboxes.ts'
import { markTicks } from '../../src/documents/ocr/mark-ticks.ts'
import { paintOver } from '../../src/documents/ocr/raster.ts'
import { findRounds } from '../../src/documents/ocr/rounds.ts'
import { siblingBrackets } from '../../src/documents/ocr/sibling-brackets.ts'
import { BLACK, PER_MM, paper, readLine } from './ocr-drawing.ts'

type Sheet = ReturnType<typeof paper>

const textsOf = async (read: { text: string; x: number; y: number; pitch?: number }[], page: Sheet) => {
  const lines = read.map(({ text, x, y, pitch = 30 }) => ({ line: readLine(text, x, y, pitch, 44), again: null }))
  const marked = await markCheckboxes(lines, page.ink(), [], PER_MM)
  return marked.lines.map(({ text }) => text)
}

describe('the question that a box belongs to', () => {
  const cell = { x: 0, y: 0, width: 600, height: 100 }
  const box = (x: number, y: number) => ({ x, y, width: 26, height: 26 })

  it('goes on in the next row of its cell', () => {
    const lines = [readLine('基础训练类学习提高', 30, 10, 30, 40), readLine('类前沿进展类', 30, 56, 30, 40)]
    const [first, second] = lines
    if (!first || !second) throw new Error('no lines')
    const boxes = [
      { box: box(0, 16), line: first },
      { box: box(200, 16), line: first },
      { box: box(70, 62), line: second },
    ]
    expect(new Set(groupBoxes(boxes, lines, [cell])).size).toBe(1)
  })

  it('is told by what stands before it in the row, where the row was read in parts', () => {
    const lines = [
      readLine('2024年：国家级', 0, 10, 30, 40),
      readLine('省级，是否执行：是', 320, 11, 30, 40),
      readLine('否', 660, 10, 30, 40),
    ]
    const [first, second, third] = lines
    if (!first || !second || !third) throw new Error('no lines')
    const boxes = [
      { box: box(180, 14), line: first },
      { box: box(290, 14), line: second },
      { box: box(562, 14), line: second },
      { box: box(640, 14), line: third },
    ]
    const [level, other, yes, no] = groupBoxes(boxes, lines, [])
    expect([level === other, yes === no, level === yes]).toEqual([true, true, false])
  })
})

describe('boxes of a page that are printed alike', () => {
  const box = { x: 0, y: 0, width: 24, height: 24 }
  const judged = (questions: [inner: number, beyond: number][][]) =>
    judgeBoxes(questions.flatMap((own, group) => own.map(([inner, beyond]) => ({ box, inner, beyond, group })))).map(
      ({ checkbox }) => checkbox.checked,
    )
  const pair: [number, number][] = [
    [0.1, 0.06],
    [0.01, 0],
  ]

  it('tell one apart that stands alone: ticked by a stroke beyond it, or empty', () => {
    const rest = [pair, pair, pair, pair]
    expect(judged([...rest, [[0.08, 0.08]]]).at(-1)).toBe(true)
    expect(judged([...rest, [[0.02, 0]]]).at(-1)).toBe(false)
  })

  it('tell nothing where the page has no ticked and empty ones side by side', () => {
    const even: [number, number][] = [
      [0.06, 0.02],
      [0.05, 0.02],
    ]
    expect(judged([even, even, even, even, [[0.12, 0.03]]]).at(-1)).toBeNull()
  })

  it('vouch for one of their size that is not drawn crisply', () => {
    const page = [60, 140, 220].reduce((drawn, x) => drawn.frame(x, 30, 26, 26, 2), paper(500, 100))
    page.frame(300, 30, 28, 25, 2).frame(380, 30, 22, 26, 2)
    const squares = findSquares(page.ink(), PER_MM)
    expect(squares.map(({ box: { x }, alike }) => [x, alike])).toEqual([
      [60, undefined],
      [140, undefined],
      [220, undefined],
      [300, true],
      [380, undefined],
    ])
  })
})

describe('a tick that runs out of its box', () => {
  const ticked = () => paper(200, 100).frame(60, 40, 26, 26, 2).line(66, 52, 72, 60, 3).line(72, 60, 98, 26, 3)
  const darkAt = ({ data }: { data: Uint8Array }, x: number, y: number) => (data[(y * 200 + x) * 3] ?? 255) < 128
  const box = { x: 60, y: 40, width: 26, height: 26 }

  it('is painted over with the box before the line is read again', () => {
    const page = ticked()
    expect(darkAt(page.raster(), 96, 29)).toBe(true)
    expect(darkAt(paintOver(page.raster(), page.ink(), [box]), 96, 29)).toBe(false)
  })

  it('stays where it runs on into print', () => {
    const page = ticked().fill(96, 24, 60, 4)
    expect(darkAt(paintOver(page.raster(), page.ink(), [box]), 96, 29)).toBe(true)
  })
})

describe('rings that touch characters', () => {
  const dotted = (page: Sheet, x: number) => {
    for (let a = 0.5; a <= 6; a += 0.5) page.ring(x, 44, a, a, 1, BLACK)
    return page.ring(x, 44, 13, 13, 2, BLACK)
  }
  const rings = () => dotted(paper(600, 100).ring(50, 44, 13, 13, 2, BLACK).ring(150, 44, 13, 13, 2, BLACK), 250)

  it('are found by the size of the others, chosen or not', () => {
    const page = dotted(rings().ring(350, 44, 13, 13, 2, BLACK), 450)
    page.fill(362, 43, 30, 2).fill(384, 30, 2, 30).fill(462, 40, 30, 2).fill(480, 30, 2, 30)
    const known = findRounds(page.ink(), PER_MM)
    const line = { x: 20, y: 22, width: 500, height: 44 }
    const found = joinedRings(page.ink(), page.ink(), known, [line])
    expect(found.map(({ box, checked }) => [Math.round(box.x / 10), checked]).sort()).toEqual([
      [34, false],
      [44, true],
    ])
  })

  it('are not found where few rings tell their size', () => {
    const line = { x: 20, y: 22, width: 500, height: 44 }
    const two = paper(600, 100).ring(50, 44, 13, 13, 2, BLACK).ring(350, 44, 13, 13, 2, BLACK).fill(362, 43, 30, 2)
    expect(joinedRings(two.ink(), two.ink(), findRounds(two.ink(), PER_MM), [line])).toEqual([])
  })

  it('stand in the line as radio marks', async () => {
    const page = dotted(rings().ring(350, 44, 13, 13, 2, BLACK), 450)
      .fill(362, 43, 30, 2)
      .fill(384, 30, 2, 30)
    page.fill(462, 40, 30, 2)
    expect(await textsOf([{ text: 'O甲O乙O丙 是 否', x: 25, y: 22, pitch: 50 }], page)).toEqual(['☐甲☐乙☑丙☐是☑否'])
  })
})

describe('brackets with a tick', () => {
  const open = (page: Sheet, x: number, y: number) =>
    page.line(x + 6, y, x, y + 14, 2).line(x, y + 14, x + 6, y + 28, 2)
  const close = (page: Sheet, x: number, y: number) =>
    page.line(x, y, x + 6, y + 14, 2).line(x + 6, y + 14, x, y + 28, 2)
  const pair = (page: Sheet, x: number, y: number) => close(open(page, x, y), x + 40, y)
  const tick = (page: Sheet, x: number, y: number) =>
    page.line(x + 12, y + 14, x + 20, y + 24, 3).line(x + 20, y + 24, x + 42, y - 4, 3)
  const sheet = () => {
    const page = paper(500, 300)
    for (const y of [30, 130, 230]) {
      pair(tick(page, 20, y), 20, y)
      pair(page, 220, y)
    }
    return page
  }
  const rows = [22, 122, 222]

  it('are known by the empty ones, whatever was read', () => {
    const lines = rows.map((y) => readLine('M 是 （）否', 10, y, 40, 44))
    // The empty pairs stand where they were read.
    for (const line of lines) {
      line.units.forEach((unit, i) => {
        unit.middle = [30, 60, 100, 150, 223, 263, 300][i] ?? unit.middle
      })
    }
    const found = siblingBrackets(sheet().ink(), lines).sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
    expect(found.map(({ box }) => Math.round(box.x / 10))).toEqual([2, 2, 2, 22, 22, 22])
    expect(found.map(({ inner }) => inner > 0.06)).toEqual([true, true, true, false, false, false])
  })

  it('are not known on a page without empty ones', () => {
    const lines = rows.map((y) => readLine('M 是 M 否', 10, y, 40, 44))
    expect(siblingBrackets(sheet().ink(), lines)).toEqual([])
  })

  it('read as such are sure where ink agrees, and unsure where it does not', () => {
    const line = readLine('[V]国家级', 20, 22, 20, 44, 0.5)
    const certainty = (page: Sheet) => markTicks(line, page.ink()).units[0]?.certainty
    expect(certainty(paper(300, 100).line(42, 40, 50, 54, 3).line(50, 54, 58, 34, 3))).toBeGreaterThan(0.8)
    expect(certainty(paper(300, 100))).toBeLessThan(0.6)
  })
})

describe('a cross in the place of a box', () => {
  const cross = (page: Sheet, x: number, y: number) => page.line(x, y, x + 18, y + 18, 2).line(x + 18, y, x, y + 18, 2)
  const asked = (mark: (page: Sheet, x: number, y: number) => Sheet) => {
    const page = paper(400, 400)
    for (const y of [30, 130, 230]) mark(page.frame(20, y, 26, 26, 2), 144, y + 4)
    return page
  }
  const read = (text: string) => [22, 122, 222].map((y) => ({ text, x: 3, y, pitch: 60 }))

  it('is the ticked one among empty ones, whatever it was read as', async () => {
    for (const sign of ['x', '×', '〓'])
      expect(await textsOf(read(`口是${sign}否`), asked(cross))).toEqual(Array(3).fill('☐是☑否'))
  })

  it('is none where a box is ticked, where two are crossed, or where it is a letter right behind a box', async () => {
    const ticked = asked(cross)
    for (const y of [30, 130, 230]) ticked.line(24, y + 12, 32, y + 20, 3).line(32, y + 20, 44, y + 4, 3)
    expect(await textsOf(read('口是x否'), ticked)).toEqual(Array(3).fill('☑是x否'))
    const two = asked((page, x, y) => cross(cross(page, x, y), x + 120, y))
    expect(await textsOf(read('口是x否x无'), two)).toEqual(Array(3).fill('☐是x否x无'))
    const letter = asked((page, _, y) => cross(page, 54, y))
    expect(
      await textsOf(
        [22, 122, 222].map((y) => ({ text: '口X线', x: 18, y, pitch: 31 })),
        letter,
      ),
    ).toEqual(Array(3).fill('☐X线'))
  })
})

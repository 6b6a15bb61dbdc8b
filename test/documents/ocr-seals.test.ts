import { describe, expect, it } from 'vitest'
import { findHandwriting } from '../../src/documents/ocr/handwriting.ts'
import { findChops, nameChops } from '../../src/documents/ocr/name-chops.ts'
import { marksOfPictures } from '../../src/documents/ocr/pictures.ts'
import { findStamps, redness, removeRed } from '../../src/documents/ocr/red.ts'
import { rulingInk } from '../../src/documents/ocr/ruling-ink.ts'
import { findRulings } from '../../src/documents/ocr/rulings.ts'
import { findSeals } from '../../src/documents/ocr/seals.ts'
import { BLACK, BLUE, PER_MM, paper, RED, readLine } from './ocr-drawing.ts'

const MM = PER_MM
const A4 = () => paper(1500, 1500)

function sealsOf(page: ReturnType<typeof paper>) {
  const red = redness(page.raster())
  return red ? findSeals(red, MM, findStamps(red, MM)) : []
}

/** Characters of a seal, as blots on its rim. */
function written(page: ReturnType<typeof paper>, x: number, y: number, a: number, b: number) {
  for (let i = 0; i < 12; i++) {
    const t = Math.PI * (0.9 + i / 10)
    page.frame(Math.round(x + a * 0.75 * Math.cos(t)) - 12, Math.round(y + b * 0.75 * Math.sin(t)) - 12, 24, 24, 4, RED)
  }
  return page
}

describe('seals', () => {
  it.each([
    ['round, 42 mm', 21, 21],
    ['round, 26 mm', 13, 13],
    ['oval, 45 × 30 mm', 22.5, 15],
  ])('%s: found in its place', (_, a, b) => {
    const page = written(A4().ring(900, 1200, a * MM, b * MM, 8, RED), 900, 1200, a * MM, b * MM)
    const [seal, ...others] = sealsOf(page)
    expect(others).toEqual([])
    expect(Math.abs((seal?.box.x ?? 0) + (seal?.box.width ?? 0) / 2 - 900)).toBeLessThan(10)
    expect(Math.abs((seal?.box.width ?? 0) - 2 * a * MM)).toBeLessThan(16)
    expect(Math.abs((seal?.box.height ?? 0) - 2 * b * MM)).toBeLessThan(16)
    expect(seal?.confidence).toBeGreaterThan(0.8)
  })

  it('two that overlap are two', () => {
    const page = A4()
      .ring(700, 1200, 20 * MM, 20 * MM, 8, RED)
      .ring(950, 1250, 20 * MM, 20 * MM, 8, RED)
    expect(sealsOf(page)).toHaveLength(2)
  })

  it.each([
    ['a square stamp', A4().frame(700, 1000, 300, 300, 10, RED)],
    ['a red table', A4().frame(200, 800, 1200, 600, 4, RED).fill(200, 1100, 1200, 4, RED).fill(700, 800, 4, 600, RED)],
    ['a filled disc', discs(A4(), 17 * MM)],
    ['red lines of type', typed(A4())],
    ['a small round stamp', A4().ring(700, 1000, 8 * MM, 8 * MM, 6, RED)],
    ['a blue circle', A4().ring(700, 1000, 20 * MM, 20 * MM, 8, BLUE)],
  ])('%s is none', (_, page) => {
    expect(sealsOf(page)).toEqual([])
  })

  it('come off the page before it is read, and print under them stays', () => {
    const page = A4()
      .fill(880, 900, 40, 600)
      .ring(900, 1200, 20 * MM, 20 * MM, 8, RED)
    const clean = removeRed(page.raster(), [{ x: 700, y: 1000, width: 400, height: 400 }], 10)
    const at = (x: number, y: number) => [...clean.data.subarray((y * 1500 + x) * 3, (y * 1500 + x) * 3 + 3)]
    expect(at(Math.round(900 + 20 * MM), 1200)).toEqual([255, 255, 255])
    expect(at(900, 1200)).toEqual([0, 0, 0])
  })
})

type Given = Pick<Parameters<typeof findHandwriting>[0], 'rulings'> & Partial<Parameters<typeof findHandwriting>[0]>

/** The pen strokes on a drawn page. */
const strokesOn = (drawn: ReturnType<typeof paper>, given: Given) =>
  findHandwriting({
    raster: drawn.raster(),
    ink: drawn.ink(),
    lines: [],
    checkboxes: [],
    stamps: [],
    chops: [],
    cells: [],
    type: 4 * MM,
    perMm: MM,
    ...given,
  }).handwriting

describe('handwriting', () => {
  const scribble = (page: ReturnType<typeof paper>, colour = BLACK) => {
    for (let i = 0; i < 6; i++) {
      page
        .line(700 + i * 40, 1000, 730 + i * 40, 1080, 4, colour)
        .line(730 + i * 40, 1080, 745 + i * 40, 1010, 4, colour)
    }
    return page
  }
  const none = A4().ink()
  const find = (page: ReturnType<typeof paper>, lines: ReturnType<typeof readLine>[] = [], more: object = {}) =>
    strokesOn(page, { rulings: none, lines, ...more })

  it('is pen strokes that nothing else explains', () => {
    const [region, ...others] = find(scribble(A4()))
    expect(others).toEqual([])
    expect(region?.box.x).toBeGreaterThan(680)
    expect(region?.area).toBeGreaterThan(20)
  })

  it('is not print that was read surely, but stays where it was read unsurely', () => {
    expect(find(scribble(A4()), [readLine('张明远教授', 690, 990, 60, 110)])).toEqual([])
    expect(find(scribble(A4()), [readLine('张明远教授', 690, 990, 60, 110, 0.3)])).toHaveLength(1)
  })

  it('is one where rulings cut it to pieces', () => {
    const page = A4()
    for (let i = 0; i < 4; i++)
      page.line(700 + i * 25, 1000, 712 + i * 25, 1052, 4).line(712 + i * 25, 1052, 725 + i * 25, 1000, 4)
    const rulings = A4()
    for (let y = 1004; y < 1052; y += 16) {
      page.fill(600, y, 400, 6, [255, 255, 255])
      rulings.fill(600, y, 400, 6)
    }
    expect(find(page).every(({ confidence }) => confidence < 0.5)).toBe(true)
    expect(find(page, [], { rulings: rulings.ink() })).toMatchObject([{ confidence: expect.closeTo(0.95, 0) }])
  })

  it('is one in each of the low cells that are signed', () => {
    const page = A4()
    for (const y of [1000, 1050])
      for (let i = 0; i < 4; i++)
        page.line(700 + i * 25, y, 725 + i * 25, y + 36, 5).line(725 + i * 25, y + 36, 730 + i * 25, y, 5)
    const cells = [990, 1045].map((y) => ({ x: 650, y, width: 300, height: 52 }))
    expect(find(page)).toHaveLength(1)
    expect(find(page, [], { cells })).toHaveLength(2)
  })

  it('is neither dirt, nor the remains of rulings, nor a shadow at the edge', () => {
    const page = A4().fill(700, 900, 500, 3).fill(0, 500, 20, 600)
    for (let i = 0; i < 200; i++) page.fill((i * 7919) % 1450, (i * 104729) % 1450, 2, 2)
    expect(find(page)).toEqual([])
  })

  it('is no black seal of a copy without colour', () => {
    const page = A4().ring(900, 1200, 20 * MM, 20 * MM, 8, BLACK)
    for (let i = 0; i < 7; i++) page.frame(800 + i * 26, 1100, 20, 24, 3)
    expect(find(page)).toEqual([])
  })
})

describe('small red stamps', () => {
  const box = (x: number, side: number) => ({ x, y: 100, width: side * MM, height: side * MM })

  it('may stand for signatures, apart from seals and what is larger', () => {
    expect(nameChops([box(100, 16)], [], MM)).toMatchObject([{ confidence: 0.45 }])
    expect(nameChops([box(100, 40)], [], MM)).toEqual([])
    expect(nameChops([box(100, 16)], [box(90, 40)], MM)).toEqual([])
  })

  const chopsOn = (page: ReturnType<typeof paper>) => {
    const red = redness(page.raster())
    return red ? findChops(red, MM) : []
  }
  const named = (page: ReturnType<typeof paper>, x: number, y: number, side: number) => {
    page.frame(x, y, side, side, 4, RED)
    for (const [u, v] of [
      [0.2, 0.2],
      [0.6, 0.2],
      [0.2, 0.6],
      [0.6, 0.6],
    ] as const)
      page.fill(Math.round(x + u * side), Math.round(y + v * side), side * 0.2, 3, RED)
    return page
  }

  it('is found where it is smaller than any unit’s stamp', () => {
    const found = chopsOn(named(named(A4(), 300, 400, 70), 700, 900, 110))
    expect(found.map(({ x, y }) => [Math.round(x / 10), Math.round(y / 10)])).toEqual([
      [30, 40],
      [70, 90],
    ])
  })

  it('is none where a tick or a word is written in red, nor a large stamp or a red table', () => {
    const page = A4().line(300, 400, 330, 440, 6, RED).line(330, 440, 380, 370, 6, RED)
    for (let x = 600; x < 760; x += 40) page.fill(x, 400, 30, 4, RED).fill(x + 13, 390, 4, 40, RED)
    named(page, 300, 700, 300).frame(800, 700, 400, 60, 3, RED)
    expect(chopsOn(page)).toEqual([])
  })
})

describe('pictures on a page of text', () => {
  const box = { x: 100, y: 500, width: 120, height: 120 }
  const on = (page: ReturnType<typeof paper>) => marksOfPictures([{ box, raster: page.raster() }])

  it('a red ring is a seal at the place of the ring', async () => {
    const { seals, handwriting } = await on(
      written(paper(600, 600).ring(300, 300, 250, 250, 14, RED), 300, 300, 250, 250),
    )
    expect(handwriting).toEqual([])
    expect(seals).toHaveLength(1)
    expect(Math.abs((seals[0]?.box.x ?? 0) - 110)).toBeLessThan(4)
  })

  it('dark or blue strokes are a signature', async () => {
    const stroke = (colour: typeof BLUE) =>
      paper(600, 600)
        .line(60, 300, 250, 180, 8, colour)
        .line(250, 180, 300, 420, 8, colour)
        .line(300, 420, 520, 250, 8, colour)
    expect((await on(stroke(BLUE))).handwriting).toHaveLength(1)
    expect((await on(stroke(BLACK))).handwriting).toHaveLength(1)
  })

  it('a coloured or solid logo is neither', async () => {
    const green = [40, 160, 60] as const
    expect(await on(paper(600, 600).line(60, 300, 250, 180, 8, green).line(250, 180, 520, 420, 8, green))).toEqual({
      seals: [],
      handwriting: [],
    })
    expect(await on(paper(600, 600).fill(100, 100, 400, 400, BLACK))).toEqual({ seals: [], handwriting: [] })
  })
})

function discs(page: ReturnType<typeof paper>, radius: number) {
  for (let r = 0; r <= radius; r++) page.ring(800, 1100, r, r, 2, RED)
  return page
}

function typed(page: ReturnType<typeof paper>) {
  for (let row = 0; row < 4; row++) {
    for (let i = 0; i < 20; i++) page.frame(300 + i * 50, 400 + row * 70, 40, 44, 5, RED)
  }
  return page
}

describe('a name stamped in black', () => {
  const page = () => paper(1000, 1000)
  const square = (side: number) => {
    const drawn = page().frame(300, 400, side, side, 4)
    for (const [u, v] of [
      [0.15, 0.2],
      [0.6, 0.2],
      [0.15, 0.7],
      [0.6, 0.7],
    ] as const)
      drawn.fill(
        Math.round(300 + u * side),
        Math.round(400 + v * side),
        Math.round(side * 0.25),
        Math.round(side * 0.1),
      )
    return drawn
  }
  const round = () =>
    page()
      .ring(400, 400, 6 * MM, 6 * MM, 4, BLACK)
      .frame(376, 376, 48, 48, 6)
  const chopsIn = (drawn: ReturnType<typeof paper>) => rulingInk(drawn.ink(), MM, []).chops

  it.each([
    ['square', square(10 * MM)],
    ['round', round()],
  ])('%s: is found, and its frame is no cell', (_, drawn) => {
    expect(chopsIn(drawn)).toHaveLength(1)
    expect(findRulings(rulingInk(drawn.ink(), MM, []).ink, MM, []).lines).toEqual([])
  })

  it('is no table, nor a box with a digit in it, nor an empty one', () => {
    const digit = page().frame(300, 400, 64, 64, 3).fill(326, 420, 12, 24)
    const table = page().frame(300, 400, 80, 80, 3).fill(340, 400, 600, 3).fill(310, 410, 20, 60).fill(350, 410, 20, 60)
    expect([digit, table, page().frame(300, 400, 80, 80, 3)].flatMap(chopsIn)).toEqual([])
  })

  it('is no pen stroke, but what a pen wrote beside it is', () => {
    const find = (drawn: ReturnType<typeof paper>) => strokesOn(drawn, { rulings: page().ink(), chops: chopsIn(drawn) })
    expect(find(square(80))).toEqual([])
    const signed = square(80)
    for (let i = 0; i < 4; i++)
      signed.line(420 + i * 30, 400, 440 + i * 30, 470, 4).line(440 + i * 30, 470, 450 + i * 30, 405, 4)
    expect(find(signed)).toMatchObject([{ confidence: expect.closeTo(0.9, 1) }])
  })
})

describe('strokes in red', () => {
  it('may be a facsimile', () => {
    const drawn = paper(1000, 1000)
    for (let i = 0; i < 4; i++)
      drawn.line(420 + i * 30, 400, 440 + i * 30, 470, 4, RED).line(440 + i * 30, 470, 450 + i * 30, 405, 4, RED)
    const handwriting = strokesOn(drawn, { rulings: paper(1000, 1000).ink() })
    expect(handwriting).toMatchObject([{ chop: true, confidence: 0.45 }])
  })
})

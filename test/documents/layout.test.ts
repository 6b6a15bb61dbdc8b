import { describe, expect, it } from 'vitest'
import { assembleBlocks } from '../../src/documents/layout/assemble.ts'
import { cellsFromRulings } from '../../src/documents/layout/cells.ts'
import { tablesFromCells } from '../../src/documents/layout/grid.ts'
import { linesOf } from '../../src/documents/layout/lines.ts'
import type { Ruling, Span } from '../../src/documents/model.ts'
import { textOf } from '../../src/documents/text.ts'

const level = (y: number, x1: number, x2: number): Ruling => ({ x1, y1: y, x2, y2: y })
const upright = (x: number, y1: number, y2: number): Ruling => ({ x1: x, y1, x2: x, y2 })
const span = (text: string, x: number, y: number, size = 10): Span => ({
  text,
  box: { x, y, width: text.length * size, height: size },
  edges: Array.from({ length: text.length + 1 }, (_, i) => x + i * size),
  confidence: 1,
  size,
})
/** Rows × columns of 100 × 30 points, from (50, 50). */
const gridOf = (rows: number, columns: number): Ruling[] => [
  ...Array.from({ length: rows + 1 }, (_, r) => level(50 + r * 30, 50, 50 + columns * 100)),
  ...Array.from({ length: columns + 1 }, (_, c) => upright(50 + c * 100, 50, 50 + rows * 30)),
]
const shapeOf = (rulings: Ruling[]) => {
  const [table] = tablesFromCells(cellsFromRulings(rulings))
  return table?.cells.map(({ row, column, rowSpan, columnSpan }) => [row, column, rowSpan, columnSpan].join())
}

describe('cells from ruling lines', () => {
  it('finds every cell of a full grid', () => {
    expect(cellsFromRulings(gridOf(3, 4))).toHaveLength(12)
  })

  it('takes double lines, pieces and corners that do not quite meet as one line each', () => {
    const pieces = gridOf(2, 2)
      .flatMap(({ x1, y1, x2, y2 }) => [
        { x1: x1 + 1, y1, x2: (x1 + x2) / 2 - 1, y2: (y1 + y2) / 2 - (y1 === y2 ? 0 : 1) },
        { x1: (x1 + x2) / 2 + (x1 === x2 ? 0 : 1), y1: (y1 + y2) / 2, x2, y2 },
      ])
      .map((r) => (r.x1 === r.x2 || r.y1 === r.y2 ? r : { ...r, x2: r.x1 + (r.y1 === r.y2 ? r.x2 - r.x1 : 0) }))
    const doubled = pieces.flatMap((r) => [r, { x1: r.x1 + 1.5, y1: r.y1 + 1.5, x2: r.x2 + 1.5, y2: r.y2 + 1.5 }])
    expect(shapeOf(doubled)).toEqual(['0,0,1,1', '0,1,1,1', '1,0,1,1', '1,1,1,1'])
  })

  it.each(['left', 'right', 'top', 'bottom'])('closes a table whose %s border is not drawn', (side) => {
    const open = gridOf(2, 3).filter(
      ({ x1, y1, x2, y2 }) =>
        !(
          (side === 'left' && x2 === 50) ||
          (side === 'right' && x1 === 350) ||
          (side === 'top' && y2 === 50) ||
          (side === 'bottom' && y1 === 110)
        ),
    )
    expect(shapeOf(open)).toHaveLength(6)
  })

  it('closes a table that has inner lines only', () => {
    expect(shapeOf([level(80, 50, 350), upright(150, 50, 110), upright(250, 50, 110)])).toHaveLength(6)
  })

  it('finds no cell between underlines', () => {
    expect(cellsFromRulings([level(100, 50, 200), level(120, 50, 200), level(140, 50, 200)])).toEqual([])
  })

  it('ignores a slanting line', () => {
    expect(cellsFromRulings([...gridOf(1, 1), { x1: 50, y1: 50, x2: 150, y2: 80 }])).toHaveLength(1)
  })
})

describe('tables from cells', () => {
  it('gives merged cells their spans both ways', () => {
    // Column 0 spans both rows; row 0 spans columns 1 and 2.
    const rulings = [
      level(50, 50, 350),
      level(80, 150, 350),
      level(110, 50, 350),
      upright(50, 50, 110),
      upright(150, 50, 110),
      upright(250, 80, 110),
      upright(350, 50, 110),
    ]
    expect(shapeOf(rulings)).toEqual(['0,0,2,1', '0,1,1,2', '1,1,1,1', '1,2,1,1'])
  })

  it('keeps two tables apart', () => {
    const second = gridOf(1, 2).map((r) => ({ ...r, y1: r.y1 + 300, y2: r.y2 + 300 }))
    expect(tablesFromCells(cellsFromRulings([...gridOf(2, 2), ...second]))).toHaveLength(2)
  })

  it('covers every grid position exactly once where a row is shorter', () => {
    const [table] = tablesFromCells([
      { x: 0, y: 0, width: 50, height: 20 },
      { x: 50, y: 0, width: 50, height: 20 },
      { x: 0, y: 20, width: 50, height: 20 },
    ])
    const covered = table?.cells.reduce((sum, cell) => sum + cell.rowSpan * cell.columnSpan, 0)
    expect(covered).toBe(4)
  })

  it('gives a gap without room for a character to the cell behind it, a wider one a cell of its own', () => {
    const row = (y: number, gap: number) => [
      { x: 60, y, width: 135, height: 36 },
      { x: 195 + gap, y, width: 343 - gap, height: 36 },
    ]
    const above = { x: 60, y: 0, width: 478, height: 36 }
    const placesOf = (gap: number) =>
      tablesFromCells([above, ...row(36, gap), ...row(72, gap)])[0]?.cells.map(({ box }) => Math.round(box?.x ?? -1))
    expect(placesOf(13)).toEqual([60, 60, 195, 60, 195])
    expect(placesOf(20)).toEqual([60, 60, 195, 215, 60, 195, 215])
  })
})

describe('lines', () => {
  it('joins spans of one base line from left to right, also when sizes differ and the line is askew', () => {
    const lines = linesOf([
      span('年', 300, 103, 12),
      span('申报', 100, 100),
      span('日期', 200, 101.5),
      span('下', 100, 120),
    ])
    expect(lines.map(textOf)).toEqual(['申报 日期 年', '下'])
  })
})

describe('gaps between the spans of a line', () => {
  it.each([
    ['编码', 'ICD', 0.45, '编码ICD'],
    ['编码', 'ICD', 0.7, '编码 ICD'],
    ['编码', '实务', 0.45, '编码 实务'],
    ['Li', 'Ming', 0.45, 'Li Ming'],
    ['省级', '☐', 0.45, '省级 ☐'],
  ])('%s, %s, %d of the type apart are %s', (left, right, gap, text) => {
    const lines = linesOf([span(left, 100, 100), span(right, 100 + (left.length + gap) * 10, 100)])
    expect(lines.map(textOf)).toEqual([text])
  })
})

describe('blocks', () => {
  it('puts text into its cells, cuts a span at a border and leaves the rest as lines in reading order', () => {
    const spans = [span('页脚', 60, 500), span('标题', 60, 20), span('姓名', 60, 60), span('性别', 60, 90)]
    spans.push(span('项目名称  某某班', 100, 120))
    const { blocks } = assembleBlocks({ spans, cells: cellsFromRulings(gridOf(3, 2)), width: 600, height: 800 })
    expect(blocks.map((block) => block.kind)).toEqual(['line', 'table', 'line'])
    const table = blocks[1]?.kind === 'table' ? blocks[1].table : undefined
    const texts = table?.cells.map((cell) => cell.lines.map(textOf).join('/'))
    expect(texts).toEqual(['姓名', '', '性别', '', '项目名称', '某某班'])
  })

  it('keeps a word whole that sticks out over its cell by one character', () => {
    const { blocks } = assembleBlocks({
      spans: [span('主任医师职称', 95, 60)],
      cells: cellsFromRulings(gridOf(1, 2)),
      width: 600,
      height: 800,
    })
    const table = blocks[0]?.kind === 'table' ? blocks[0].table : undefined
    expect(table?.cells.map((cell) => cell.lines.map(textOf).join(''))).toEqual(['主任医师职称', ''])
  })

  it('takes a border around the page for no table', () => {
    const border = { x: 5, y: 5, width: 590, height: 790 }
    const { blocks } = assembleBlocks({ spans: [span('正文', 60, 60)], cells: [border], width: 600, height: 800 })
    expect(blocks.map((block) => block.kind)).toEqual(['line'])
  })
})

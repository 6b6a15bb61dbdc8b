import type { Block, Cell, Line, Page } from '../../documents/model.ts'
import { textOf, unite } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'
import type { Label } from './label-lines.ts'
import { LEADING, type Row } from './label-rows.ts'

/** Texts side by side are farther apart, in heights of a line. */
const COLUMN = 0.4

/** One row: the label, then the lines beside it in columns of their own; labels one over another there make further rows. */
export function tableOf(label: Label | undefined, rows: Row[], margin: number, page: Page): Block {
  const columns = columnsOf(rows)
  const edges = [margin, ...columns.map((column) => column.from - 2), page.width - margin]
  const extent = unite([...(label ? [label.box] : []), ...rows.map(({ box }) => box)]) ?? page
  const [y, height] = 'y' in extent ? [extent.y, extent.height] : [0, page.height]
  const held = [(label?.spans ?? []).map((span): Line => ({ spans: [span], box: span.box }))]
  const texts = [...held, ...columns.map(({ lines }) => lines)].map((lines) => textsIn(lines, page))
  const stacked = texts.slice(1).find((own) => own.length > 1 && own.every((lines) => isLabelText(lines, page)))
  const tops = stacked ? stacked.map(([line], index) => (index === 0 ? y : (line?.box?.y ?? y))) : [y]
  const cells = texts.flatMap((own, column): Cell[] => {
    const x = edges[column] ?? margin
    const width = (edges[column + 1] ?? x) - x
    if (own.length !== tops.length || tops.length === 1)
      return [{ row: 0, column, rowSpan: tops.length, columnSpan: 1, box: { x, y, width, height }, lines: own.flat() }]
    return own.map((lines, row) => {
      const top = tops[row] ?? y
      const bottom = tops[row + 1] ?? y + height
      return { row, column, rowSpan: 1, columnSpan: 1, box: { x, y: top, width, height: bottom - top }, lines }
    })
  })
  const box = { x: margin, y, width: page.width - 2 * margin, height }
  return { kind: 'table', table: { rows: tops.length, columns: texts.length, cells, box, unruled: true } }
}

const isLabelText = (lines: Line[], page: Page): boolean =>
  matchWhole(lines.map(textOf).join('\n'), null, page.source === 'ocr') !== null

/** The texts one over another in a column: labels line by line, else what white space parts. */
function textsIn(lines: Line[], page: Page): Line[][] {
  if (lines.every((line) => isLabelText([line], page))) return lines.map((line) => [line])
  const texts: Line[][] = []
  for (const line of lines) {
    const last = texts.at(-1)?.at(-1)?.box
    if (last && line.box && line.box.y - (last.y + last.height) < LEADING * line.box.height) texts.at(-1)?.push(line)
    else texts.push([line])
  }
  return texts
}

/** Texts side by side with a gutter of white space down all lines. */
export function columnsOf(rows: Row[]): { from: number; to: number; lines: Line[] }[] {
  const spans = rows.flatMap(({ rest }) => rest).filter((span) => span.box !== null)
  const runs: { from: number; to: number }[] = []
  for (const { box } of spans.toSorted((a, b) => (a.box?.x ?? 0) - (b.box?.x ?? 0))) {
    if (!box) continue
    const last = runs.at(-1)
    if (last && box.x - last.to < COLUMN * box.height) last.to = Math.max(last.to, box.x + box.width)
    else runs.push({ from: box.x, to: box.x + box.width })
  }
  return runs.map((run) => ({
    ...run,
    lines: rows.flatMap(({ rest }): Line[] => {
      const own = rest.filter(({ box }) => box && box.x >= run.from && box.x < run.to)
      return own.length > 0 ? [{ spans: own, box: unite(own.map((span) => span.box)) }] : []
    }),
  }))
}

import { matchWhole } from '../labels/lexicon.ts'
import { cellText, isScanned, rowCells } from '../layout/grid.ts'
import type { List } from '../lists/rows.ts'
import { wholeOf } from '../text/passage.ts'
import { addField, type Walk } from './field.ts'

/** What a table of sessions says of the project itself, in a column that is no part of a session. */
const OF_PROJECT = new Set(['project.credits', 'project.fee', 'project.days', 'project.audience'])

/** `起止日期 | 地点 | 学分` over a single row: the credits under their heading are the project's. */
export function takeHeadedFields({ kind, rows, grid, header, end }: List, walk: Walk): void {
  if (kind !== 'sessions' || rows.length !== 1) return
  for (const cell of rowCells(grid, header.from)) {
    const match = matchWhole(cell.passage.text, null, isScanned(cell))
    if (!match?.label.path || !OF_PROJECT.has(match.label.path)) continue
    for (let row = header.to; row < end; row++) {
      const value = grid.at(row, cell.column)
      if (!value || value.columnSpan !== cell.columnSpan || cellText(value) === '') continue
      addField(walk, {
        match,
        label: wholeOf(cell.passage),
        value: wholeOf(value.passage),
        frames: value.frames,
        block: null,
        far: true,
      })
      break
    }
  }
}

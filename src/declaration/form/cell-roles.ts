import type { Block } from '../labels/label.ts'
import { type Match, matchWhole } from '../labels/lexicon.ts'
import { cellText, type Grid, type GridCell, isScanned, rowCells } from '../layout/grid.ts'
import { foldText } from '../text/fold.ts'
import { startsWithLabel } from './field.ts'

/** `在职(岗) | ☑是 ☐否` asks as 是否在职(岗) does. */
export function matchAsked(grid: Grid, cell: GridCell, block: Block | null): Match | null {
  const right = grid.at(cell.row, cell.column + cell.columnSpan)
  return right && YES_OR_NO.test(foldText(cellText(right))) ? matchWhole(`是否${cellText(cell)}`, block) : null
}

const YES_OR_NO = /^[☐☑√✓()]*是[☐☑√✓()/、]*(?:否[☐☑√✓()]*)?$|^否$/

/** In a row of headings over a row of values one heading may be unknown: it is not its neighbour's value. */
export function headsColumn(grid: Grid, cell: GridCell, block: Block | null): boolean {
  const own = rowCells(grid, cell.row).filter((other) => other.rowSpan === 1)
  const below = rowCells(grid, cell.row + 1).filter((other) => own.some(({ column }) => column === other.column))
  const isLabel = (other: GridCell) => startsWithLabel(other.passage, block, isScanned(other)) !== null
  const isFilled = (other: GridCell) => cellText(other) !== ''
  return (
    own.length >= 4 &&
    own.every(isFilled) &&
    own.filter(isLabel).length >= Math.max(3, own.length - 1) &&
    below.length === own.length &&
    below.every((other, index) => other.columnSpan === own[index]?.columnSpan && other.rowSpan === 1) &&
    below.some(isFilled) &&
    !below.some(isLabel)
  )
}

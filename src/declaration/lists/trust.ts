import type { Walk } from '../form/field.ts'
import { cellText, type Grid, rowCells } from '../layout/grid.ts'
import type { Header } from './columns.ts'

/**
 * Whether a table with teachers' columns lists teachers. A row 姓名 职称 单位 also heads a leader's or a reviewer's own
 * table: without a column that only lectures have, it takes two rows or words around it that speak of teachers.
 */
export const isTrustedList =
  (grid: Grid, walk: Walk) =>
  (header: Header, rows: number): boolean => {
    if (header.kind !== 'teachers') return true
    const has = (column: 'topic' | 'hours' | 'method') => header.columns.has(column)
    if (has('topic') || has('hours') || has('method')) return true
    const around = `${aboveOf(grid, header.from)} ${leftOf(grid, header.from)}`
    if (/评议|评审|推荐专家/.test(around) || (walk.block === 'peer' && rows <= 1 && header.from === 0)) return false
    const headings = rowCells(grid, header.from).map(cellText).join(' ')
    const isOfTeachers = /教师|师资|授课|讲师/.test(around)
    if (/负责人|主持人/.test(around) && !isOfTeachers) return false
    if (
      /性\s*别|年\s*龄|出生|身份证/.test(headings) &&
      (rows <= 1 || (walk.block === 'leader' && rows <= 2 && !isOfTeachers))
    )
      return false
    return rows >= 2 || isOfTeachers || walk.block === 'teachers' || (header.columns.has('speciality') && rows !== 1)
  }

const aboveOf = (grid: Grid, row: number): string =>
  row > 0
    ? rowCells(grid, row - 1)
        .map(cellText)
        .join(' ')
        .slice(0, 80)
    : ''
const leftOf = (grid: Grid, row: number): string =>
  rowCells(grid, row)
    .filter((cell) => cell.row < row || cell.rowSpan > 2)
    .map(cellText)
    .join(' ')

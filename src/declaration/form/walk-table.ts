import { type Block, FIRM } from '../labels/label.ts'
import { type Match, matchWhole } from '../labels/lexicon.ts'
import { findPairs } from '../labels/pairs.ts'
import { cellText, type Grid, type GridCell, isScanned, rowCells } from '../layout/grid.ts'
import { joinPassages, type Slice, textOfSlice, trimSlice, wholeOf } from '../text/passage.ts'
import { skipPrompts } from '../values/template.ts'
import { headsColumn, matchAsked } from './cell-roles.ts'
import { compoundOf, valuesOf } from './compound.ts'
import { addField, addPairs, blockHint, enter, type Field, startsWithLabel, type Walk } from './field.ts'
import { HEADING } from './walk-lines.ts'

const GROUP_TYPES = new Set(['group'])
const TALL_TYPES = new Set([
  'long',
  'opinion',
  'history',
  'partners',
  'session-date',
  'session-place',
  'session-count',
  'none',
])

/** What was held before: times, places and numbers beside it are not this project's. */
const PAST = /^上一?年度?(?!.*编号$)/

/** The place for a signature at the foot of a long text's cell. */
const SIGN_LINE = /\n[^\n。]{0,12}(?:签\s*[名字章]|盖\s*章)\s*[)）]?\s*[:：]?[\s_]*(?:年\s*月\s*日)?\s*$/

/** Reads labels and values off a ruled form. Rows in `taken` belong to lists and are left alone. */
export function walkTable(grid: Grid, taken: Set<number>, walk: Walk): void {
  const used = new Set<GridCell>()
  const groups = new Map<GridCell, Block>()
  let above: Block | null = null
  for (let row = 0; row < grid.rows; row++) {
    if (taken.has(row)) continue
    const cells = rowCells(grid, row)
    const hint = blockHint(cells.map((cell) => cell.passage.text).join(' '))
    let within: Block | null = null
    for (const cell of cells) {
      if (cell.row !== row || used.has(cell) || cellText(cell) === '') continue
      const group = groupOf(grid, row, cell, groups)
      const part = above && isPart(cell, above) ? above : null
      readCell(grid, cell, { walk, used, groups, taken, block: group ?? within ?? part ?? hint ?? walk.block })
      const opened = walk.fields.at(-1)?.match.label.opens
      if (opened === 'hours' || opened === 'share') within = opened
    }
    above = within
  }
}

/** 实践 in the row below 教学总时长 is still a part of it. */
const isPart = (cell: GridCell, above: Block): boolean =>
  matchWhole(cell.passage.text, above, isScanned(cell))?.label.within?.includes(above) ?? false

type Scope = { walk: Walk; used: Set<GridCell>; groups: Map<GridCell, Block>; taken: Set<number>; block: Block | null }

/** The nearest group cell to the left that spans the row. */
function groupOf(grid: Grid, row: number, cell: GridCell, groups: Map<GridCell, Block>): Block | null {
  for (let column = cell.column - 1; column >= 0; column--) {
    const left = grid.at(row, column)
    const block = left && groups.get(left)
    if (block) return block
  }
  return null
}

function readCell(grid: Grid, cell: GridCell, scope: Scope): void {
  scope.used.add(cell)
  const match = matchWhole(cell.passage.text, scope.block, isScanned(cell)) ?? matchAsked(grid, cell, scope.block)
  // `单位联系人／电话` is near to 单位联系人电话, but names two.
  if ((!match || match.certainty < FIRM) && readCompound(grid, cell, scope)) return
  if (match) {
    readLabel(grid, cell, match, scope)
    return
  }
  const pairs = findPairs(wholeOf(cell.passage), scope.block, grid.columns === 1 ? 'line' : 'cell')
  const [first] = pairs
  if (!first) return
  const last = pairs.at(-1)
  addPairs(scope.walk, pairs, scope.block, cell)
  if (last && isUnfilled(scope.walk.fields.at(-1)) && last.match.label.type !== 'sign') giveNeighbour(grid, cell, scope)
}

/** `理论学时／实验学时 | 12／0`: as many values as labels, in their order. */
function readCompound(grid: Grid, cell: GridCell, scope: Scope): boolean {
  const parts = compoundOf(cell, scope.block)
  const [first] = parts ?? []
  const value = first && valueCells(grid, cell, first.match, scope)?.[0]
  if (!parts || !value) return false
  const values = valuesOf(wholeOf(value.passage), parts.length)
  if (!values && (cellText(value) !== '' || first.wrapped)) return false
  scope.used.add(value)
  for (const [index, { match, label }] of parts.entries())
    addField(scope.walk, {
      match,
      label,
      value: filled(values?.[index]),
      frames: value.frames,
      block: scope.block,
    })
  return true
}

const filled = (slice: Slice | undefined): Slice | null => (slice && slice.from < slice.to ? slice : null)

/** Nothing behind the label in its own cell but prompts. */
const isUnfilled = (field: Field | undefined): boolean => {
  if (!field?.value) return true
  const text = textOfSlice(field.value)
  return text.slice(skipPrompts(text)).trim() === ''
}

/** `项目名称（不超过30字）：` fills its cell only with the label and a hint: the value stands beside or below. */
function giveNeighbour(grid: Grid, cell: GridCell, scope: Scope): void {
  const field = scope.walk.fields.at(-1)
  const values = field ? valueCells(grid, cell, field.match, scope) : null
  if (!field || !values || values.length === 0) return
  for (const value of values) scope.used.add(value)
  setValue(field, values)
}

function readLabel(grid: Grid, cell: GridCell, match: Match, scope: Scope): void {
  const { walk, groups, used, block } = scope
  if (cell.rowSpan > 1 && PAST.test(match.word)) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      for (const other of rowCells(grid, row)) if (other.column > cell.column) used.add(other)
    return
  }
  const values = GROUP_TYPES.has(match.label.type) ? null : valueCells(grid, cell, match, scope)
  if (values === null) {
    const { opens } = match.label
    if (opens) groups.set(cell, opens)
    if (cell.columnSpan === grid.columns || GROUP_TYPES.has(match.label.type)) enter(walk, match)
    return
  }
  const { opens } = match.label
  if (cell.rowSpan > 1 && (opens === 'hours' || opens === 'share')) groups.set(cell, opens)
  const field: Field = { match, label: wholeOf(cell.passage), value: null, frames: [], block }
  for (const value of values) used.add(value)
  setValue(field, values)
  if (values.length === 0) field.frames = cell.frames
  addField(walk, field)
  const value = values[0]
  if (value) addInner(value, field, scope)
}

function setValue(field: Field, values: GridCell[]): void {
  const whole = wholeOf(joinPassages(values.map((value) => value.passage)))
  const foot = field.match.label.type === 'long' ? SIGN_LINE.exec(textOfSlice(whole)) : null
  const slice = trimSlice(foot ? { ...whole, to: whole.from + foot.index } : whole)
  field.frames = values.flatMap((value) => value.frames)
  field.value = slice.from < slice.to ? slice : null
}

/** Further labels inside a value cell: `010-55501234  联系人：白若溪`. The value ends where the first of them begins. */
function addInner(cell: GridCell, field: Field, scope: Scope): void {
  const { type } = field.match.label
  if (!field.value || type === 'opinion' || type === 'history' || (type === 'long' && cell.passage.text.length > 80))
    return
  const block = field.match.label.opens ?? scope.block
  const pairs = findPairs(wholeOf(cell.passage), block, 'value').filter(
    (pair) =>
      pair.match.label.path !== field.match.label.path &&
      !/[（(]$/.test(cell.passage.text.slice(0, pair.label.from)) &&
      (pair.flag !== undefined || pair.label.from > 0 || type === 'content-class' || type === 'none'),
  )
  const [first] = pairs
  if (!first) return
  addPairs(scope.walk, pairs, block, cell)
  if (first.flag !== undefined) return
  const cut = trimSlice({ ...field.value, to: Math.max(field.value.from, first.label.from) })
  field.value = cut.from < cut.to ? cut : null
}

/** The cells that hold a label's value: to the right, else below; none for a blank; null when the label heads a group. */
function valueCells(grid: Grid, cell: GridCell, match: Match, scope: Scope): GridCell[] | null {
  const block = match.label.opens ?? scope.block
  const right = grid.at(cell.row, cell.column + cell.columnSpan)
  const isLabel = (other: GridCell) => {
    if (cellText(other) === '') return null
    const found = startsWithLabel(other.passage, block, isScanned(other))
    const isSignedFirst = match.label.type === 'opinion' && found?.label.type === 'none' && cellText(other).length > 20
    return found && !isSignedFirst && !isOwnPrompt(match, found) ? found : null
  }
  if (right && !isLabel(right) && !scope.used.has(right) && !headsColumn(grid, cell, block))
    return [right, ...furtherCells(grid, cell, right, match, isLabel)]
  const below = grid.at(cell.row + cell.rowSpan, cell.column)
  if (below && canStandBelow(grid, cell, below, right, scope) && !isLabel(below)) {
    const isHeading = right !== undefined
    const row = rowCells(grid, below.row).filter((other) => other.row === below.row)
    if (!isHeading) return [below, ...rowsBelow(grid, below, match, isLabel)]
    if (!row.some((other) => isLabel(other))) return [below]
  }
  if (right && isLabel(right)) return null
  return !right && below && match.label.opens && isLabel(below) ? null : []
}

function canStandBelow(
  grid: Grid,
  cell: GridCell,
  below: GridCell,
  right: GridCell | undefined,
  scope: Scope,
): boolean {
  if (scope.used.has(below) || scope.taken.has(below.row) || below.row !== cell.row + cell.rowSpan) return false
  if (below.column !== cell.column || cell.rowSpan > 1) return false
  return (
    below.columnSpan === cell.columnSpan ||
    (right === undefined && below.columnSpan >= cell.columnSpan) ||
    cell.columnSpan === grid.columns
  )
}

/** 推荐理由 inside the cell of 同行评议意见 says the same thing; 盖章 and 签字 stand in every opinion. */
const isOwnPrompt = (own: Match, inner: Match) =>
  own.label.type === 'opinion' && (own.label.path === inner.label.path || inner.label.type === 'sign')

/** A tall label cell: the cells of the rows beside it; an ID number with a cell for each digit: all of them. */
function furtherCells(
  grid: Grid,
  cell: GridCell,
  right: GridCell,
  match: Match,
  isLabel: (other: GridCell) => Match | null,
): GridCell[] {
  const further: GridCell[] = []
  if (match.label.type === 'id' && cellText(right).length <= 1) {
    for (let column = right.column + 1; column < grid.columns; column++) {
      const next = grid.at(cell.row, column)
      if (!next || cellText(next).length > 1) break
      if (next !== right && !further.includes(next)) further.push(next)
    }
    return further
  }
  if (!TALL_TYPES.has(match.label.type)) return further
  for (let row = right.row + right.rowSpan; row < cell.row + cell.rowSpan; row++) {
    const next = grid.at(row, cell.column + cell.columnSpan)
    if (!next || next.row !== row || isLabel(next)) break
    const beside = match.label.type === 'opinion' ? rowCells(grid, row).filter((cell) => cell.column > next.column) : []
    if (beside.some((cell) => isLabel(cell))) break
    further.push(next, ...beside)
  }
  return further
}

/** Long text below its heading may go on over several full-width rows. */
function rowsBelow(grid: Grid, first: GridCell, match: Match, isLabel: (other: GridCell) => Match | null): GridCell[] {
  const more: GridCell[] = []
  if (!TALL_TYPES.has(match.label.type)) return more
  for (let row = first.row + first.rowSpan; row < grid.rows; row++) {
    const next = grid.at(row, first.column)
    if (!next || next.columnSpan !== first.columnSpan || next.column !== first.column || isLabel(next)) break
    if (match.numbered && HEADING.test(cellText(next))) break
    more.push(next)
  }
  return more
}

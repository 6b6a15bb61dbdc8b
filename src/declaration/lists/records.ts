import type { Column } from '../labels/columns.ts'
import type { Item } from '../layout/flow.ts'
import { cellText, type Grid, type GridCell, makeGrid } from '../layout/grid.ts'
import { cutOf, type Passage, passageOf, type Slice, textOfSlice, trimSlice, wholeOf } from '../text/passage.ts'
import { isAnyTitle, isUnitName } from '../values/lists.ts'
import { columnsOf } from './columns.ts'
import type { List, ListRow } from './rows.ts'

type Value = { cell: GridCell; heading: string }
type LectureRecord = Map<Column, Value>

/** What a record of a lecture has among its labels. */
const CORE: Column[] = ['name', 'topic']
const MEANT = new Set<Column>(['name', 'title', 'unit', 'topic', 'hours', 'method', 'speciality', 'degree', 'serial'])

/**
 * Lectures that are no rows of a table: a small table or a line of labels and values each, or a numbered sentence. The list by
 * the item of its first record, null for those of the others.
 */
export function findRecords(items: Item[]): Map<Item, List[] | null> {
  const found = new Map<Item, List[] | null>()
  for (let index = 0; index < items.length; ) {
    const run: { item: Item; record: LectureRecord }[] = []
    for (const item of items.slice(index)) {
      const record = recordOf(item)
      const [first] = run
      if (!record || (first && keysOf(record) !== keysOf(first.record))) break
      run.push({ item, record })
    }
    const [first] = run
    if (first && run.length > 1) {
      for (const { item } of run) found.set(item, null)
      found.set(first.item, [listOf(run.map(({ record }) => record))])
    }
    index += Math.max(1, run.length)
  }
  return found
}

const keysOf = (record: LectureRecord): string => [...record.keys()].sort().join()

function recordOf(item: Item): LectureRecord | null {
  const record = item.kind === 'table' ? fromTable(item.grid) : fromSentence(passageOf([item.piece]))
  const isWhole = record && CORE.every((column) => record.has(column)) && record.size >= 4
  return isWhole ? record : null
}

/** Every cell a label, a value beside one, or both with a colon between; no label twice. */
function fromTable(grid: Grid): LectureRecord | null {
  const record: LectureRecord = new Map()
  const values = new Set<GridCell>()
  for (const cell of grid.cells) {
    const text = cellText(cell)
    if (text === '' || values.has(cell)) continue
    const inline = /^([^:：\s]{2,12})[:：]\s*(?=\S)/.exec(text)
    const label = inline?.[1] ?? text
    const column = columnsOf(label).find((option) => MEANT.has(option))
    if (!column) {
      // 第一讲 counts the lectures.
      if (/^第?[一二三四五六七八九十\d]{1,3}[讲课节]?$/.test(text)) continue
      return null
    }
    if (record.has(column)) return null
    const value = inline ? within(cell, inline[0].length) : grid.at(cell.row, cell.column + cell.columnSpan)
    if (!value || value === cell) return null
    values.add(value)
    record.set(column, { cell: value, heading: label })
  }
  return record
}

const within = (cell: GridCell, from: number): GridCell => {
  const lead = cell.passage.text.length - cell.passage.text.trimStart().length
  return { ...cell, passage: cutOf(trimSlice({ ...wholeOf(cell.passage), from: lead + from })) }
}

const SENTENCE = /^\s*[（(]?\d{1,2}[)）.、．]\s*(.+)$/
const TOPIC = /[《“"「](.{2,60}?)[》”"」]/
const HOURS = /([\d.]+|[一二三四五六七八九十])(?:个)?(?:学时|课时|小时)/
const METHOD = /[（(]([^（()）]{2,8})[)）][。；;]?$/

/** `1. 林知远，主任医师，北京澄湖医院，讲授《伤口评估》，2学时（理论）`. */
function fromSentence(passage: Passage): LectureRecord | null {
  const body = SENTENCE.exec(passage.text)
  const topic = TOPIC.exec(passage.text)
  const hours = HOURS.exec(passage.text)
  if (!body || !topic || !hours) return null
  const start = passage.text.length - (body[1]?.length ?? 0)
  const parts = splitAt({ passage, from: start, to: topic.index })
  const part = (test: (text: string) => boolean) => parts.find((slice) => test(textOfSlice(slice).replace(/\s/g, '')))
  const name = part((text) => /^[\u4e00-\u9fff·]{2,6}$/.test(text) && !isAnyTitle(text) && !isUnitName(text))
  const title = part(isAnyTitle)
  const unit = part((text) => isUnitName(text) && !isAnyTitle(text))
  if (!name || !title || !unit) return null
  const record: LectureRecord = new Map()
  const put = (column: Column, heading: string, slice: Slice) =>
    record.set(column, { heading, cell: cellOf(cutOf(slice)) })
  put('name', '', name)
  put('title', '', title)
  put('unit', '', unit)
  put('topic', '', { passage, from: topic.index + 1, to: topic.index + topic[0].length - 1 })
  put('hours', '', { passage, from: hours.index, to: hours.index + hours[0].length })
  const method = METHOD.exec(passage.text)
  if (method) put('method', '', { passage, from: method.index + 1, to: method.index + 1 + (method[1]?.length ?? 0) })
  return record
}

function splitAt({ passage, from, to }: Slice): Slice[] {
  const cuts = [...passage.text.slice(from, to).matchAll(/[，,、；;]/g)].map(({ index }) => from + index)
  return [...cuts, to].map((end, index) =>
    trimSlice({ passage, from: index === 0 ? from : (cuts[index - 1] ?? from) + 1, to: end }),
  )
}

const cellOf = (passage: Passage): GridCell => ({
  row: 0,
  column: 0,
  rowSpan: 1,
  columnSpan: 1,
  passage,
  frames: passage.pieces.slice(0, 1).map(({ place, frame }) => ({ place, box: frame })),
})

function listOf(records: LectureRecord[]): List {
  const columns = [...(records[0]?.keys() ?? [])]
  const spans = new Map(columns.map((column, index) => [column, { from: index, to: index + 1 }]))
  return {
    kind: 'teachers',
    rows: records.map(
      (record): ListRow => ({
        cell: (column) => record.get(column)?.cell,
        heading: (column) => record.get(column)?.heading ?? '',
        isJoined: () => false,
        kind: null,
      }),
    ),
    columns: new Set(columns),
    grid: makeGrid([], records.length, columns.length, new Set(), null),
    header: { kind: 'teachers', columns: spans, from: 0, to: 0 },
    end: records.length,
  }
}

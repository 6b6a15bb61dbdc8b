import { matchWhole } from '../labels/lexicon.ts'
import { findPairs } from '../labels/pairs.ts'
import type { Item } from '../layout/flow.ts'
import { wholeOf } from '../text/passage.ts'
import { groupWord } from './group-word.ts'
import { type List, listsIn } from './rows.ts'
import { gridOfRows } from './unruled-grid.ts'
import { headerAt } from './unruled-heading.ts'
import { placeOf, type Row, rowOf, type Token } from './unruled-tokens.ts'

/** More line heights than this between two lines end an unruled table. */
const APART = 4

/**
 * Lists set in columns without rulings: a line of column headings, then lines whose words stand under them. The lists by the
 * item that heads them, null for the further lines they take up.
 */
export function findUnruled(items: Item[]): Map<Item, List[] | null> {
  const found = new Map<Item, List[] | null>()
  for (let index = 0; index < items.length; index++) {
    const header = headerAt(items, index)
    const [first] = header?.items ?? []
    if (!header || !first) continue
    const rows = rowsUnder(items, index + header.items.length, header)
    const grid = rows.length > 0 ? gridOfRows([header, ...rows]) : null
    const { lists } = grid ? listsIn(grid, (_, count) => count > 0) : { lists: [] }
    if (lists.length === 0) continue
    for (const row of [header, ...rows]) for (const item of row.items) found.set(item, null)
    found.set(first, lists)
    index += header.items.length + rows.length - 1
  }
  return found
}

function rowsUnder(items: Item[], start: number, header: Row): Row[] {
  const rows: Row[] = []
  for (let index = start; index < items.length; index++) {
    const row = rowOf(items[index])
    const previous = rows.at(-1) ?? header
    if (!row || !goesOn(row, previous, header)) break
    if (rows.length > 0) {
      const again = headerAt(items, index)
      if (again && textOf(again) !== textOf(header)) break
    }
    rows.push(row)
  }
  return rows
}

const textOf = ({ tokens }: Row): string => tokens.map(({ text }) => text).join('')

function goesOn(row: Row, previous: Row, header: Row): boolean {
  const { tokens, passage } = row
  const isGroup = tokens.length === 1 && groupWord(textOf(row)) !== undefined
  // A lone text at the head of the next page is no row: a row would have its cells.
  if (tokens.length === 1 && placeOf(previous)?.page !== placeOf(row)?.page) return false
  if (isFar(previous, row) || placeOf(row)?.document !== placeOf(previous)?.document) return false
  const pairs = findPairs(wholeOf(passage), null, 'line')
  if (pairs.some((pair) => pair.colon || (pair.match.numbered && pair.label.from < 4)) || isSentence(tokens))
    return false
  const isLabel = tokens.length === 1 && passage.text.trim().length >= 4 && matchWhole(passage.text, null) !== null
  if ((isLabel && !isGroup) || isRowOfFields(tokens)) return false
  return row.box !== null || tokens.length === header.tokens.length
}

/** `教学对象　全科医师　拟招生人数　180`: labels before values. */
function isRowOfFields([first, , third]: Token[]): boolean {
  const isLabel = (token: Token | undefined) => token !== undefined && matchWhole(token.text, null) !== null
  return first !== undefined && !groupWord(first.text) && isLabel(first) && (third === undefined || isLabel(third))
}

const isSentence = (tokens: Token[]) =>
  (tokens.length === 1 && ((tokens[0]?.text.length ?? 0) > 34 || /[。：:]$/.test(tokens[0]?.text ?? ''))) ||
  /^(?:第[一二三四五六七八九十]+(?:部分|章|项)|[一二三四五六七八九十]{1,3}、|附件)/.test(tokens[0]?.text ?? '')

function isFar(previous: Row, row: Row): boolean {
  if (!previous.box || !row.box || placeOf(previous)?.page !== placeOf(row)?.page) return false
  const height = previous.passage.pieces.at(-1)?.line.box?.height ?? previous.box.height
  return row.box.y - (previous.box.y + previous.box.height) > APART * height
}

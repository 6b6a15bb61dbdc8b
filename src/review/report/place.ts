import type { Evidence } from '../../declaration/schema.ts'
import type { DocumentSummary } from '../schema.ts'

const MOST = 6

/** Where to look, in words: `第 3 页下部`, `表 2 第 3 行第 4 格`; with the file's name when there are several. */
export function describePlaces(evidence: Evidence[], documents: DocumentSummary[]): string[] {
  const places = [...new Set(evidence.map((place) => describePlace(place, documents)))]
  if (places.length <= MOST) return places
  return [...places.slice(0, MOST), `等 ${places.length} 处`]
}

function describePlace(place: Evidence, documents: DocumentSummary[]): string {
  const name = documents.length > 1 ? `${documents[place.document]?.name ?? ''} ` : ''
  const cell = /^sheet "(.*)", row (\d+), cell ([A-Z]+)$/.exec(place.path ?? '')
  if (cell) return `${name}工作表“${cell[1]}”第 ${cell[2]} 行 ${cell[3]} 列`
  const sheet = /^sheet "(.*)"$/.exec(place.path ?? '')
  if (sheet) return `${name}工作表“${sheet[1]}”`
  const inPage = place.box ? heightOf(place.box[1] + place.box[3] / 2) : translate(place.path ?? '')
  return `${name}第 ${place.page} 页${inPage}`
}

function heightOf(middle: number): string {
  return middle < 1 / 3 ? '上部' : middle < 2 / 3 ? '中部' : '下部'
}

/** `table 2, row 3, cell 4` and `paragraph 12`, as the readers name places without geometry. */
function translate(path: string): string {
  const cell = /table (\d+), row (\d+), cell (\d+)/.exec(path)
  if (cell) return `，第 ${cell[1]} 个表第 ${cell[2]} 行第 ${cell[3]} 格`
  const table = /^table (\d+)$/.exec(path)
  if (table) return `，第 ${table[1]} 个表`
  const paragraph = /paragraph (\d+)/.exec(path)
  return paragraph ? `，第 ${paragraph[1]} 段` : ''
}

import type { Evidence, Readings } from '../declaration/schema.ts'
import type { RuleFinding } from '../rules/finding.ts'
import type { Finding } from './schema.ts'

/** More places than a person follows; a finding on twenty teachers still shows all of them. */
const MOST = 40
const LONGEST_TEXT = 400

/**
 * Ties findings to the places that show what they rest on. `pages` counts all pages of all documents. A finding that rests on
 * something that stands nowhere says how much was searched for it.
 */
export function tieToEvidence(findings: RuleFinding[], readings: Readings, pages: number): Finding[] {
  // A record was read nowhere.
  if (Object.keys(readings).length === 0 && pages === 0)
    return findings.map((finding) => ({ ...finding, evidence: [] }))
  return findings.map((finding) => {
    const evidence = evidenceOf(finding.fields, readings)
    const inVain = evidence.length === 0 && finding.fields.length > 0 && pages > 0 && isOpenForm(finding)
    return { ...finding, ...(inVain ? { message: `${finding.message}（已查看全部 ${pages} 页）` } : {}), evidence }
  })
}

function isOpenForm({ status, cause }: RuleFinding): boolean {
  return status === 'fail' || (status === 'unknown' && cause === 'missing')
}

function evidenceOf(fields: string[], readings: Readings): Evidence[] {
  const places: Evidence[] = []
  for (const place of tellingFields(fields, readings).flatMap((field) => placesOf(field, readings))) {
    if (places.length === MOST) break
    if (!places.some((known) => isSamePlace(known, place))) places.push(place)
  }
  return places
}

/** A table's whole region says nothing beside those of its cells that count. */
function tellingFields(fields: string[], readings: Readings): string[] {
  const shown = fields.filter((field) => placesOf(field, readings).length > 0)
  return shown.filter((field) => !shown.some((other) => other.startsWith(`${field}[`)))
}

/** A value's own place; else the region of what it is made of; else, for a cell that is not there, its row. */
function placesOf(field: string, readings: Readings): Evidence[] {
  const own = readings[field]?.evidence ?? []
  if (own.length > 0) return own
  const parts = regionOf(field, readings)
  if (parts.length > 0) return parts
  const row = /^(.*\[\d+\])\.[^.[]+$/.exec(field)?.[1]
  return row === undefined ? [] : regionOf(row, readings)
}

/** One place a page, or a table where there is no geometry, around everything read below `path`. */
function regionOf(path: string, readings: Readings): Evidence[] {
  const regions = new Map<string, Evidence>()
  for (const [field, reading] of Object.entries(readings)) {
    if (!isBelow(field, path)) continue
    for (const place of reading.evidence) {
      const key = `${place.document}/${place.page}/${place.box ? '' : tableOf(place.path)}`
      const region = regions.get(key)
      regions.set(key, region ? unite(region, place) : place)
    }
  }
  return [...regions.values()].sort((a, b) => a.document - b.document || a.page - b.page)
}

function isBelow(field: string, path: string): boolean {
  return field.startsWith(path) && (field[path.length] === '.' || field[path.length] === '[')
}

function unite(a: Evidence, b: Evidence): Evidence {
  const text = a.text === b.text ? a.text : `${a.text} ${b.text}`.slice(0, LONGEST_TEXT)
  if (!a.box || !b.box) return { ...a, text, ...(a.path === undefined ? {} : { path: tableOf(a.path) }) }
  const [x, y] = [Math.min(a.box[0], b.box[0]), Math.min(a.box[1], b.box[1])]
  const right = Math.max(a.box[0] + a.box[2], b.box[0] + b.box[2])
  const bottom = Math.max(a.box[1] + a.box[3], b.box[1] + b.box[3])
  return { ...a, box: [x, y, right - x, bottom - y], text }
}

/** `table 2, row 3, cell 4` → `table 2`. */
function tableOf(path = ''): string {
  return path.split(',')[0] ?? path
}

function isSamePlace(a: Evidence, b: Evidence): boolean {
  const sameBox = a.box && b.box ? a.box.every((side, index) => side === b.box?.[index]) : a.box === b.box
  return sameBox && a.document === b.document && a.page === b.page && a.path === b.path && a.text === b.text
}

import type { Evidence, Readings } from '../declaration/schema.ts'
import type { Document, Page } from '../documents/model.ts'
import { boxOfRange, type FlatLine, flattenLine, linesOfPage } from '../documents/text.ts'
import { normalise } from '../judge/grounding/normalise.ts'
import type { Proposal as Proposed } from '../judge/help/propose.ts'
import type { Finding, Proposal } from './schema.ts'

/** Findings that quote the form show the quoted words, a box a line, instead of the whole of a long field. */
export function showQuotes(findings: Finding[], readings: Readings, documents: Document[]): Finding[] {
  return findings.map((finding) => {
    const quotes = finding.data?.quotes ?? []
    if (quotes.length === 0) return finding
    const places = quotes.flatMap(({ field, text }) => placesOfQuote(text, readings[field]?.evidence ?? [], documents))
    return places.length > 0 ? { ...finding, evidence: unique(places) } : finding
  })
}

/** A model's proposals with the places of the words they were found in. */
export function placeProposals(proposals: Proposed[], documents: Document[]): Proposal[] {
  return proposals.map(({ path, value, quote, document, page, model, prompt }) => {
    const whole: Evidence = { document, page, box: [0, 0, 1, 1], text: quote }
    const places = placesOfQuote(quote, [whole], documents)
    const evidence = places.map((place) => (place.box === whole.box ? { ...place, box: null } : place))
    return { path, value, source: 'llm', model, prompt, evidence }
  })
}

type PlacedLine = { place: Evidence; page: Page; flat: FlatLine }

/** The lines that hold a quote; where they cannot be told (no geometry, words broken up), the field's own places. */
function placesOfQuote(quote: string, places: Evidence[], documents: Document[]): Evidence[] {
  const lines = places.flatMap((place) => linesWithin(place, documents))
  const wanted = normalise(quote).text
  const origins: { line: PlacedLine; at: number }[] = []
  let text = ''
  for (const line of lines) {
    const own = normalise(line.flat.text)
    text += own.text
    for (const at of own.map) origins.push({ line, at })
  }
  const from = wanted === '' ? -1 : text.indexOf(wanted)
  if (from < 0) return places.map((place) => ({ ...place, text: quote }))
  const byLine = Map.groupBy(origins.slice(from, from + wanted.length), ({ line }) => line)
  return [...byLine].map(([line, hits]) => placeOnLine(line, hits[0]?.at ?? 0, hits.at(-1)?.at ?? 0))
}

function placeOnLine({ place, page, flat }: PlacedLine, first: number, last: number): Evidence {
  const box = boxOfRange(flat, first, last + 1)
  const text = flat.text.slice(first, last + 1)
  if (!box) return { ...place, text }
  return {
    ...place,
    box: [box.x / page.width, box.y / page.height, box.width / page.width, box.height / page.height],
    text,
  }
}

function linesWithin(place: Evidence, documents: Document[]): PlacedLine[] {
  const page = documents[place.document]?.pages.find(({ number }) => number === place.page)
  if (!page || !place.box || page.width === 0) return []
  const [x, y, width, height] = place.box
  return linesOfPage(page).flatMap((line) => {
    if (!line.box) return []
    const middle = [(line.box.x + line.box.width / 2) / page.width, (line.box.y + line.box.height / 2) / page.height]
    const [across = 0, down = 0] = middle
    const isInside = across >= x && across <= x + width && down >= y && down <= y + height
    return isInside ? [{ place, page, flat: flattenLine(line) }] : []
  })
}

function unique(places: Evidence[]): Evidence[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()]
}

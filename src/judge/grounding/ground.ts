import search from 'approx-string-match'
import { type Normalised, normalise } from './normalise.ts'

/** `found`: the words as they stand in `field`. `fuzzy`: characters differ; `elsewhere`: they stand in another field than named. */
export type Grounded = { field: string; found: string; fuzzy: boolean; elsewhere: boolean }

/** Shorter quotes must be exact. */
const SHORTEST_FUZZY = 8
/** Share of characters that may differ: a model's slip, and with a scan's misreadings. */
const SLIPS = 0.08
const SLIPS_OF_SCANS = 0.15
/** A part of a quote with something left out; shorter parts prove nothing. */
const SHORTEST_PART = 4
const LEFT_OUT = /\.{3,}|…+/

/** Digits and negations, in whatever script: 不收取 is not 收取, 12 is not 24. */
const TELLING = /[0-9]+|[〇零一二两三四五六七八九十百千万亿半]|[不未无非否没免勿禁莫别]|⟦[^⟧]*⟧/gu

/** Fields as the model saw them, each made ready once, with the first quote. */
export function createGrounds(fields: Record<string, string>, isScanned: (field: string) => boolean) {
  const ready = new Map<string, Normalised>()
  const names = Object.keys(fields)

  function findIn(field: string, quote: string): { found: string; fuzzy: boolean } | null {
    const original = fields[field] ?? ''
    const normalised = ready.get(field) ?? normalise(original)
    ready.set(field, normalised)
    const range = exactRange(normalised.text, quote) ?? fuzzyRange(normalised.text, quote, isScanned(field))
    if (!range) return null
    return { found: sliceOf(original, normalised, range), fuzzy: range.fuzzy }
  }

  return {
    /** Where a quote stands, or `null`. With something left out (…) every part must stand there; the longest is shown. */
    find(field: string, quote: string): Grounded | null {
      const parts = quote
        .split(LEFT_OUT)
        .map((part) => normalise(part).text)
        .filter((part) => part.length > 0)
      if (parts.length === 0 || (parts.length > 1 && parts.some((part) => part.length < SHORTEST_PART))) return null
      const own = names.includes(field) ? [field] : []
      for (const candidate of [...own, ...names.filter((name) => name !== field)]) {
        const places = parts.map((part) => findIn(candidate, part))
        if (places.some((place) => place === null)) continue
        const known = places.filter((place) => place !== null)
        const longest = known.reduce((a, b) => (b.found.length > a.found.length ? b : a))
        return {
          field: candidate,
          found: longest.found,
          fuzzy: known.some(({ fuzzy }) => fuzzy),
          elsewhere: candidate !== field,
        }
      }
      return null
    },
  }
}

type Range = { from: number; until: number; fuzzy: boolean }

/** A number that goes on beyond the quote is another number. */
function exactRange(text: string, quote: string): Range | null {
  for (let from = text.indexOf(quote); from >= 0; from = text.indexOf(quote, from + 1)) {
    const until = from + quote.length
    const cutsNumber =
      (/^\d/.test(quote) && /\d/.test(text[from - 1] ?? '')) || (/\d$/.test(quote) && /\d/.test(text[until] ?? ''))
    if (!cutsNumber) return { from, until, fuzzy: false }
  }
  return null
}

function fuzzyRange(text: string, quote: string, scanned: boolean): Range | null {
  if (quote.length < SHORTEST_FUZZY) return null
  const most = Math.max(1, Math.floor(quote.length * (scanned ? SLIPS_OF_SCANS : SLIPS)))
  const matches = search(text, quote, most).sort((a, b) => a.errors - b.errors || b.end - b.start - (a.end - a.start))
  const best = matches.find(({ start, end }) => {
    const range = wholeNumbers(text, start, end)
    return tellingOf(text.slice(range.from, range.until)) === tellingOf(quote)
  })
  return best ? { from: best.start, until: best.end, fuzzy: true } : null
}

/** A match must not end within a number or a placeholder: what it leaves out would go unseen. */
function wholeNumbers(text: string, start: number, end: number): { from: number; until: number } {
  let [from, until] = [start, end]
  while (from > 0 && /\d/.test(text[from] ?? '') && /\d/.test(text[from - 1] ?? '')) from--
  while (until < text.length && /\d/.test(text[until - 1] ?? '') && /\d/.test(text[until] ?? '')) until++
  return { from, until }
}

const tellingOf = (text: string): string => (text.match(TELLING) ?? []).join('|')

/** A placeholder that is cut is shown whole. */
function sliceOf(original: string, { map }: Normalised, { from, until }: Range): string {
  let start = map[from] ?? 0
  let end = (map[until - 1] ?? start) + 1
  const open = original.lastIndexOf('⟦', start)
  if (open >= 0 && original.indexOf('⟧', open) >= start) start = open
  const close = original.indexOf('⟧', end - 1)
  const next = original.lastIndexOf('⟦', end - 1)
  if (close >= 0 && next >= start && original.indexOf('⟧', next) === close) end = Math.max(end, close + 1)
  // The last character may be a surrogate pair.
  if (/[\ud800-\udbff]/.test(original[end - 1] ?? '')) end++
  return original.slice(start, end)
}

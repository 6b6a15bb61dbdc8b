import type { Book } from './book.ts'
import type { FieldReading } from './schema.ts'
import { datesOfLostMonth } from './values/date.ts'

/** The dates on which a form is filled in, examined and signed. */
const DATES = ['cover.date', 'commitment.date', 'peerReview.date', 'unitOpinion.date', 'higherOpinion.date']
/** What is filled in within so many days of another date that was read this surely is likely of the same weeks. */
const NEAR = 15
const SURE = 0.8
const GUESS = 0.5

/**
 * A seal on a copy without colour hides a date's month. Of the months that it may be, the one that puts it beside the form's other
 * dates is the likeliest, and no more than a guess.
 */
export function mendDates(book: Book): void {
  const readings = DATES.flatMap((path) => book.found.get(path) ?? [])
  const known = readings.flatMap(({ value, confidence }) =>
    typeof value === 'string' && confidence >= SURE ? [Date.parse(value)] : [],
  )
  for (const path of DATES) {
    const own = book.found.get(path)
    if (!own || own.some(({ value }) => value != null)) continue
    book.found.set(
      path,
      own.map((reading) => withMonth(reading, known)),
    )
  }
}

function withMonth(reading: FieldReading, known: number[]): FieldReading {
  const days = 24 * 3600 * 1000
  const [near, second] = datesOfLostMonth(reading.raw).filter((date) =>
    known.some((other) => Math.abs(Date.parse(date) - other) <= NEAR * days),
  )
  if (reading.value !== undefined || !near || second) return reading
  return { ...reading, value: near, confidence: Math.min(reading.confidence, GUESS), repaired: true }
}

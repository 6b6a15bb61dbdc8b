import type { Book } from './book.ts'
import type { FieldReading } from './schema.ts'
import { foldText } from './text/fold.ts'
import { areLookAlikes, isStray, oddIn } from './values/look-alikes.ts'

const NAMES = ['leader.name', 'unit.contact', 'peerReview.reviewer']
const UNITS = ['unit.name', 'leader.unit', 'peerReview.unit']
const IN_LISTS = { names: ['name', 'teacher'], units: ['unit'] }

/** A name settled by other places, and one of which nothing tells which look-alike it has. */
const [SETTLED, OPEN] = [0.9, 0.7]
const SURE = 0.95

type Text = { reading: FieldReading; text: string }

/**
 * On a scan 晴 is read as 睛 and 未 as 末. Where the same name stands elsewhere with the other character, the one that more places
 * have, or that names have at all, is taken for both; else both are doubted, as is a character that no name has. The raw reading stays.
 */
export function settleLookAlikes(book: Book): void {
  for (const [paths, keys, isPerson] of [
    [NAMES, IN_LISTS.names, true],
    [UNITS, IN_LISTS.units, false],
  ] as const) {
    const texts = textsAt(book, paths, keys)
    for (const { text } of texts) settle(texts, text)
    for (const { reading, text } of texts)
      if (!reading.repaired && (isPerson ? oddIn(text) : strayIn(text)) > 0)
        reading.confidence = Math.min(reading.confidence, OPEN)
  }
}

const strayIn = (text: string): number => [...text].filter(isStray).length

function textsAt(book: Book, paths: readonly string[], keys: readonly string[]): Text[] {
  const single = paths.flatMap((path) => book.found.get(path) ?? [])
  const listed = [...book.lists.values()]
    .flatMap((items) => items ?? [])
    .flatMap((item) => keys.flatMap((key) => item[key] ?? []))
  return [...new Set([...single, ...listed])].flatMap((reading) =>
    typeof reading.value === 'string' && reading.value !== '' ? [{ reading, text: foldText(reading.value) }] : [],
  )
}

function settle(texts: Text[], text: string): void {
  const others = [...new Set(texts.map((other) => other.text))].filter((other) => areLookAlikes(text, other))
  const [other, more] = others
  if (!other || more) return
  // Two people may well be called so when both names were read surely and both can be names.
  const isOdd = oddIn(text) !== oddIn(other)
  const pair = texts.filter((each) => each.text === text || each.text === other)
  if (!isOdd && pair.every(({ reading }) => reading.confidence >= SURE)) return
  const votes = (wanted: string) => texts.filter((each) => each.text === wanted).length
  const gain = Math.sign(oddIn(text) - oddIn(other)) || Math.sign(votes(other) - votes(text))
  if (gain < 0) return
  const better = texts.find((each) => each.text === other)
  for (const each of texts.filter(({ text: own }) => own === text)) {
    if (gain === 0 || !better) each.reading.confidence = Math.min(each.reading.confidence, OPEN)
    else {
      Object.assign(each.reading, { value: better.reading.value, repaired: true })
      each.reading.confidence = Math.min(each.reading.confidence, SETTLED)
      each.text = other
    }
  }
}

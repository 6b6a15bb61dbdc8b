import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/declaration/book.ts'
import { mendDates } from '../../src/declaration/mend-dates.ts'

const mend = (raw: string, cover: string, confidence = 0.95) => {
  const book = openBook()
  book.found.set('cover.date', [{ value: cover, raw: cover, confidence, evidence: [] }])
  book.found.set('unitOpinion.date', [{ raw, confidence: 0.8, evidence: [] }])
  mendDates(book)
  return book.found.get('unitOpinion.date')?.[0]
}

describe('a date of whose month a seal hides a figure', () => {
  it.each([
    ['2024.1〓.21', '2024-11-20', '2024-11-21'],
    ['2025年〓2月19日', '2025-02-18', '2025-02-19'],
    ['2024/V/21', '2024-11-20', '2024-11-21'],
    ['2025.〓1.02', '2024-12-30', '2025-01-02'],
  ])('%s on a form of %s is guessed to be %s', (raw, cover, value) => {
    expect(mend(raw, cover)).toEqual({ value, raw, confidence: 0.5, evidence: [], repaired: true })
  })

  it('stays unread where no date of the form is near or sure, and where the day is lost', () => {
    for (const lost of [mend('2024.1〓.21', '2024-03-20'), mend('2024.1〓.21', '2024-11-20', 0.6)])
      expect(lost).not.toHaveProperty('value')
    expect(mend('2024年11月2〓日', '2024-11-20')).not.toHaveProperty('value')
  })
})

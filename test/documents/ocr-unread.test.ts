import { describe, expect, it } from 'vitest'
import { markUnknown } from '../../src/documents/ocr/unknown-characters.ts'
import { findUnread } from '../../src/documents/ocr/unread.ts'
import { paper, readLine } from './ocr-drawing.ts'

/** Squares of 22 pixels at a pitch of 30 stand for characters. */
const print = (count: number, x = 24, y = 31) => {
  const page = paper(400, 100)
  for (let i = 0; i < count; i++) page.frame(x + i * 30, y, 22, 22, 3).fill(x + i * 30 + 9, y, 4, 22)
  return page
}
const cell = { x: 10, y: 10, width: 380, height: 80 }

/** `text` without the characters at `lost`, which the engine skipped. */
function skip(text: string, ...lost: number[]) {
  const line = readLine(text, 20, 20, 30, 44)
  const units = line.units.filter((_, at) => !lost.includes(at))
  const kept = [...text].filter((_, at) => !lost.includes(at)).join('')
  const [first, last] = [units[0]?.middle ?? 0, units.at(-1)?.middle ?? 0]
  const box = { ...line.box, x: first - 15, width: last - first + 30 }
  return { ...line, text: kept, units, box, edges: [...units.map(({ middle }) => middle - 15), last + 15] }
}
const read = (line: ReturnType<typeof skip>, count: number, avoid: (typeof cell)[] = []) =>
  markUnknown([line], print(count).ink(), { cells: [cell], avoid })[0]

describe('a character that the engine does not know', () => {
  it.each([
    ['within a name', '陶赟海', [1], '陶〓海'],
    ['at the end', '李阳珮', [2], '李阳〓'],
    ['at the beginning', '翀文江', [0], '〓文江'],
    ['within a line', '授课教师陶赟海主任医师', [5], '授课教师陶〓海主任医师'],
  ])('%s leaves its place, and no certainty', (_, text, lost, expected) => {
    const line = read(skip(text, ...lost), text.length)
    expect(line).toMatchObject({ text: expected, confidence: 0.3 })
    expect(line?.units).toHaveLength(text.length)
    expect(line?.edges).toHaveLength(text.length + 1)
  })

  it('is not seen where there is no ink, or ink of a seal beside the line', () => {
    expect(read(skip('陶赟海', 2), 2)?.text).toBe('陶赟')
    expect(read(skip('陶赟海', 2), 3, [{ x: 75, y: 0, width: 60, height: 60 }])?.text).toBe('陶赟')
    expect(read(skip('陶赟海'), 3)?.text).toBe('陶赟海')
  })
})

describe('a cell in which nothing was read', () => {
  it('is unread when there is ink in it', () => {
    expect(findUnread(print(3).ink(), [cell], [], 24)).toHaveLength(1)
    expect(findUnread(print(3).ink(), [cell], [readLine('何景行', 20, 20, 30, 44)], 24)).toEqual([])
  })

  it('is blank when it is empty, or has a dash in it', () => {
    expect(findUnread(paper(400, 100).ink(), [cell], [], 24)).toEqual([])
    expect(findUnread(paper(400, 100).fill(100, 50, 40, 3).ink(), [cell], [], 24)).toEqual([])
  })
})

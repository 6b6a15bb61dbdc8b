import { describe, expect, it } from 'vitest'
import { isBoxReading, isPartialReading } from '../../src/documents/ocr/square-characters.ts'

describe('a broken outline where a character was read', () => {
  it.each([
    ['相关工作', 2, 0.98],
    ['门诊', 0, 0.99],
    ['2003.09', 4, 0.8],
    ['2003.D9', 4, 0.3],
    ['医院（新龙泽院区）', 2, 0.4],
    ['2022-03-01-118（省）', 14, 0.4],
  ])('is the character of the text around it: %s', (text, at, certainty) => {
    expect(isPartialReading(text, at, certainty)).toBe(false)
  })

  it.each([
    ['工是', 0, 0.6],
    ['国家级 [省级', 4, 0.7],
    ['是(否', 1, 0.6],
    ['是仁否', 1, 0.3],
  ])('may be a box: %s', (text, at, certainty) => {
    expect(isPartialReading(text, at, certainty)).toBe(true)
  })
})

it('takes a lone round character for nought unless a square is drawn there', () => {
  expect(isBoxReading('o', '', '', false, 0.9)).toBe(false)
  expect(isBoxReading('0', '', '', true, 0.9)).toBe(true)
  expect(isBoxReading('O', '', '是', false, 0.9)).toBe(true)
})

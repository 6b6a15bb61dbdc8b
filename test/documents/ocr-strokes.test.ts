import { describe, expect, it } from 'vitest'
import { dropStrokes } from '../../src/documents/ocr/drop-strokes.ts'
import type { OcrLine } from '../../src/documents/ports.ts'
import { readLine } from './ocr-drawing.ts'

const signature = { x: 0, y: 0, width: 200, height: 80 }
const unsure = (line: OcrLine, at: number, certainty: number, shift = 0): OcrLine => ({
  ...line,
  units: line.units.map((unit, i) => (i === at ? { middle: unit.middle + shift, certainty } : unit)),
  confidence: Math.min(line.confidence, certainty),
})
const textOf = (line: OcrLine, handwriting = [signature]) => dropStrokes([line], handwriting).map(({ text }) => text)

describe('what was read in pen strokes', () => {
  it('is no text when it is short and unsure', () => {
    expect(textOf(readLine('上s', 20, 20, 30, 44, 0.5))).toEqual([])
    expect(textOf(readLine('上s', 20, 20, 30, 44, 0.5), [])).toEqual(['上s'])
  })

  it('stays when it is as high as the strokes, which are then unsure print', () => {
    expect(textOf(readLine('苏映晴', 20, 20, 30, 44, 0.5), [{ x: 20, y: 24, width: 90, height: 36 }])).toEqual([
      '苏映晴',
    ])
  })

  it('stays when it is sure, long, or marks', () => {
    expect(textOf(readLine('何景行', 20, 20, 30, 44, 0.98))).toEqual(['何景行'])
    expect(textOf(readLine('同意推荐申报', 20, 20, 30, 44, 0.7))).toEqual(['同意推荐申报'])
    expect(textOf(readLine('☑是', 20, 20, 30, 44, 0.7))).toEqual(['☑是'])
  })

  it('is cut off at the end of a label', () => {
    expect(textOf(unsure(readLine('项目负责人签字：↑', 20, 20, 30, 44), 8, 0.4), [{ ...signature, x: 250 }])).toEqual([
      '项目负责人签字：',
    ])
  })
})

describe('a stray character', () => {
  it('apart from a sure run is dropped, near it kept', () => {
    expect(textOf(unsure(readLine('何景行1', 20, 20, 30, 44), 3, 0.5, 60), [])).toEqual(['何景行'])
    expect(textOf(unsure(readLine('何景行1', 20, 20, 30, 44), 3, 0.5), [])).toEqual(['何景行1'])
    expect(textOf(unsure(readLine('何景行1', 20, 20, 30, 44), 3, 0.9, 60), [])).toEqual(['何景行1'])
  })

  it('is a speck at a line’s end that was read as a sign', () => {
    expect(textOf(unsure(readLine('药物管理‘', 20, 20, 30, 44), 4, 0.38), [])).toEqual(['药物管理'])
  })
})

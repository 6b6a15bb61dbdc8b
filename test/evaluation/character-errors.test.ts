import { describe, expect, it } from 'vitest'
import { characterErrorRate, editDistance, type Piece } from '../../bench/character-errors.ts'
import { piecesOfBboxLayout, piecesOfTsv } from '../../bench/peers.ts'

const piece = (text: string, x: number, y: number, width = 0.2): Piece => ({ text, x, y, width, height: 0.02 })

describe('the character error rate', () => {
  it('counts insertions, deletions and substitutions', () => {
    expect(editDistance('副主任医师', '副主任医师')).toBe(0)
    expect(editDistance('副主任医师', '主任医帅')).toBe(2)
    expect(editDistance('', '医')).toBe(1)
    expect(editDistance('医', '')).toBe(1)
  })

  it('compares by place, whatever the order of the lines', () => {
    const truth = [piece('项目名称', 0.1, 0.1), piece('学习班', 0.5, 0.1)]
    expect(characterErrorRate(truth, [piece('学习班', 0.5, 0.1), piece('项目 名称', 0.1, 0.1)])).toBe(0)
    expect(characterErrorRate(truth, [piece('项目名称', 0.1, 0.1)])).toBeCloseTo(3 / 7)
  })

  it('counts what stands where nothing is printed', () => {
    const truth = [piece('项目名称', 0.1, 0.1)]
    expect(characterErrorRate(truth, [piece('项目名称', 0.1, 0.1), piece('一', 0.8, 0.8)])).toBeCloseTo(1 / 4)
  })
})

describe('the peers’ output', () => {
  it('takes lines from pdftotext', () => {
    const xml =
      '<page width="100" height="200"><line xMin="10" yMin="20" xMax="50" yMax="30"><word xMin="1">项目</word><word xMin="2">A&amp;B</word></line></page>'
    expect(piecesOfBboxLayout(xml)).toEqual([[{ text: '项目A&B', x: 0.1, y: 0.1, width: 0.4, height: 0.05 }]])
  })

  it('takes words from tesseract', () => {
    const tsv = 'level\n5\t1\t1\t1\t1\t1\t10\t20\t40\t10\t90\t项目\n4\t1\t1\t1\t1\t0\t10\t20\t40\t10\t-1\t'
    expect(piecesOfTsv(tsv, 100, 200)).toEqual([{ text: '项目', x: 0.1, y: 0.1, width: 0.4, height: 0.05 }])
  })
})

import { describe, expect, it } from 'vitest'
import { runningLines } from '../../src/declaration/layout/running-lines.ts'
import type { Line, Page } from '../../src/documents/model.ts'

const A4 = { width: 595, height: 842 }
const HEADS = ['继续医学教育项目申报管理系统', '继续医学教育项时〓报管中系统', '继续平教育〓：申疫中系统']

const lineAt = (text: string, x: number, y: number, width = 84): Line => {
  const box = { x, y, width, height: 11 }
  return { spans: [{ text, box, confidence: 0.5 }], box }
}

const pagesOf = (lines: Line[], source: Page['source'] = 'ocr'): Page[] =>
  lines.map((line, i) => ({
    number: i + 1,
    ...A4,
    source,
    confidence: 1,
    blocks: [{ kind: 'line', line }],
    rulings: [],
    checkboxes: [],
    seals: [],
    handwriting: [],
    unread: [],
    pictures: [],
    hidden: [],
  }))

const running = (lines: Line[], source?: Page['source']) => lines.map(runningLines(pagesOf(lines, source)))

describe('what runs on at the head of every page', () => {
  it('is told though a fax was read differently on each page', () => {
    expect(running(HEADS.map((text, i) => lineAt(text, 467 + i, 11)))).toEqual([true, true, true])
  })

  it('is told though the pages lie askew and most of it was misread', () => {
    const texts = ['继续区学教合项中报管甲系纷', '继织队学教合项排报龄甲系纷', '继决区学教介项〓市疲管甲系统']
    const places: [number, number][] = [
      [470, 13],
      [468, 12],
      [482, 21],
    ]
    expect(running(texts.map((text, i) => lineAt(text, ...(places[i] ?? [0, 0]))))[1]).toBe(true)
  })

  it('is told in print by its text alone', () => {
    const lines = HEADS.map((text) => lineAt(text, 467, 11))
    expect(running(lines, 'text')).toEqual([false, false, false])
    expect(
      running(
        [1, 2, 3].map((i) => lineAt('申报系统', 100 * i, 11)),
        'text',
      ),
    ).toEqual([true, true, true])
  })

  it('is no text that goes on at the top of each page', () => {
    const texts = ['备，可以满足线下面授与线上线下', '之百，近三年继续医学教育工作评', '查，结论均为合格。单位为本项目']
    expect(running(texts.map((text) => lineAt(text, 62, 50, 470)))).toEqual([false, false, false])
  })

  it('is not what stands on two pages, or lower on the page', () => {
    expect(running(HEADS.slice(0, 2).map((text) => lineAt(text, 467, 11)))).toEqual([false, false])
    expect(running(HEADS.map((text) => lineAt(text, 467, 300)))).toEqual([false, false, false])
  })
})

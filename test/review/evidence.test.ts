import { describe, expect, test } from 'vitest'
import type { Evidence, Readings } from '../../src/declaration/schema.ts'
import { tieToEvidence } from '../../src/review/evidence.ts'
import { finding, place } from './findings.ts'

const reading = (...evidence: Evidence[]) => ({ raw: '', confidence: 1, evidence })

const readings: Readings = {
  'leader.title': reading(place(1)),
  'project.content': reading(place(2), place(3)),
  'teachers[0].name': reading(place(4, { box: [0.1, 0.2, 0.1, 0.05], text: '林若溪' })),
  'teachers[0].unit': reading(place(4, { box: [0.5, 0.2, 0.2, 0.05], text: '临川医院' })),
  'teachers[1].name': reading(place(5, { box: [0.1, 0.1, 0.1, 0.05], text: '周望舒' })),
  'teachers[10].name': reading(place(6, { text: '第十一位' })),
}

const tie = (fields: string[], more = {}, pages = 6) => {
  const [tied] = tieToEvidence([finding('rule', { fields, ...more })], readings, pages)
  return { evidence: tied?.evidence ?? [], message: tied?.message ?? '' }
}

describe('a finding shows', () => {
  test('where each of its values stands, most telling first, page by page', () => {
    expect(tie(['project.content', 'leader.title']).evidence.map(({ page }) => page)).toEqual([2, 3, 1])
  })

  test('the same place once', () => {
    expect(tie(['leader.title', 'leader.title']).evidence).toHaveLength(1)
  })

  test('the region of a table for the whole table, one a page', () => {
    const { evidence } = tie(['teachers'])
    expect(evidence.map(({ page }) => page)).toEqual([4, 5, 6])
    expect(evidence[0]?.box?.map((side) => Math.round(side * 100) / 100)).toEqual([0.1, 0.2, 0.6, 0.05])
    expect(evidence[0]?.text).toBe('林若溪 临川医院')
  })

  test('the cells that count, without the rest of their table', () => {
    const { evidence } = tie(['teachers[1].name', 'teachers'])
    expect(evidence.map(({ page }) => page)).toEqual([5])
    expect(tie(['teachers[7].name', 'teachers']).evidence.map(({ page }) => page)).toEqual([4, 5, 6])
  })

  test('the whole table where there is no geometry, and the cell where only one counts', () => {
    const cell = (row: number) => place(2, { box: null, path: `table 6, row ${row}, cell 2`, text: `第 ${row} 行` })
    const flat = { 'teachers[0].unit': reading(cell(2)), 'teachers[1].unit': reading(cell(3)) }
    const paths = (field: string) =>
      tieToEvidence([finding('rule', { fields: [field] })], flat, 3)[0]?.evidence.map(({ path }) => path)
    expect(paths('teachers')).toEqual(['table 6'])
    expect(paths('teachers[1].title')).toEqual(['table 6, row 3, cell 2'])
  })

  test('the row for a cell that is not there, and not the row that only begins alike', () => {
    expect(tie(['teachers[1].title']).evidence.map(({ page }) => page)).toEqual([5])
  })

  test('how much was searched when the value stands nowhere', () => {
    expect(tie(['leader.signed'])).toEqual({ evidence: [], message: 'rule 不符合（已查看全部 6 页）' })
  })

  test('nothing of pages when there is no document, when it passes or when it rests on no field', () => {
    expect(tie(['leader.signed'], {}, 0).message).toBe('rule 不符合')
    expect(tie(['leader.signed'], { status: 'pass' }).message).toBe('rule 不符合')
    expect(tie([]).message).toBe('rule 不符合')
  })
})

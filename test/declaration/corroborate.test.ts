import { describe, expect, it } from 'vitest'
import { corroborate } from '../../src/declaration/corroborate.ts'
import type { Readings } from '../../src/declaration/schema.ts'

/** `path: [value, confidence]` as readings; the confidences that come back. */
function confidences(given: Record<string, [unknown, number]>, isPaper = false): Record<string, number> {
  const fields: Readings = Object.fromEntries(
    Object.entries(given).map(([path, [value, confidence]]) => [
      path,
      { value, raw: String(value), confidence, evidence: [] },
    ]),
  )
  return Object.fromEntries(
    Object.entries(corroborate(fields, { isPaper })).map(([path, reading]) => [path, reading.confidence]),
  )
}

describe('a value that other places bear out is surer', () => {
  it('a name read surely elsewhere', () => {
    const got = confidences({
      'unit.name': ['北京澄湖医院', 0.99],
      'peerReview.unit': ['北京澄湖医院', 0.6],
      'leader.unit': ['北京澄源医院', 0.6],
      'leader.name': ['林知远', 0.5],
      'teachers[0].name': ['林知远', 0.7],
    })
    expect(got['peerReview.unit']).toBe(0.95)
    expect(got['leader.unit']).toBe(0.6)
    // Two doubtful readings do not make each other sure.
    expect(got['leader.name']).toBe(0.5)
  })

  it('no name that was mended by the very places that it agrees with', () => {
    const reading = { value: '北京澄湖医院', raw: '北☐湖医', confidence: 0.5, evidence: [], repaired: true }
    const fields: Readings = { 'unit.name': reading, 'leader.unit': { ...reading, confidence: 0.99, repaired: false } }
    expect(corroborate(fields)['unit.name']?.confidence).toBe(0.5)
  })

  it('no unit off paper without its end, which another place shows', () => {
    const units = (confidence: number) =>
      confidences({ 'unit.name': ['北京汐河医', confidence], 'leader.unit': ['北京汐河医院', 0.99] })['unit.name']
    expect(units(0.998)).toBe(0.5)
    // In print a character left out is left out.
    expect(units(1)).toBe(1)
  })

  it('and less sure where another place shows a character more', () => {
    const got = confidences({
      'leader.name': ['曹楠', 0.99],
      'teachers[0].name': ['曹楠〓', 0.3],
      'unit.contact': ['曹楠楠', 0.99],
    })
    expect(got).toEqual({ 'leader.name': 0.5, 'teachers[0].name': 0.3, 'unit.contact': 0.99 })
  })

  it('and less sure where a copy shows more of a unit elsewhere', () => {
    const given = { 'unit.name': ['区人民医院', 0.99], 'leader.unit': ['梅城区人民医院', 0.99] }
    const fields: Readings = Object.fromEntries(
      Object.entries(given).map(([path, [value, confidence]]) => [
        path,
        { value, raw: String(value), confidence: Number(confidence), evidence: [] },
      ]),
    )
    expect(corroborate(fields, { isCopy: true })['unit.name']?.confidence).toBe(0.5)
    expect(corroborate(fields, { isCopy: true })['leader.unit']?.confidence).toBe(0.99)
    expect(corroborate(fields)['unit.name']?.confidence).toBe(0.99)
  })

  it('and less sure where boxes stand in it, whatever agrees', () => {
    const got = confidences({
      'teachers[0].unit': ['石☐医科大学', 0.95],
      'teachers[1].unit': ['石☐医科大学', 0.93],
      'teachers[0].name': ['戚刚☑', 0.97],
    })
    expect(Object.values(got)).toEqual([0.5, 0.5, 0.5])
  })

  it('and less sure where it is a part of the unit’s name, as the rim of a seal has it', () => {
    const got = confidences({
      'unit.name': ['北京河山医院', 0.99],
      'leader.name': ['京河', 0.97],
      'unit.contact': ['魏凯', 0.97],
    })
    expect(got).toEqual({ 'unit.name': 0.99, 'leader.name': 0.5, 'unit.contact': 0.97 })
  })

  it('a title of the list, not any other', () => {
    const got = confidences({ 'leader.title': ['主任医师', 0.6], 'peerReview.title': ['主任医帅', 0.6] })
    expect(got['leader.title']).toBeCloseTo(0.86)
    expect(got['peerReview.title']).toBe(0.6)
  })

  it('an ID number whose check digit holds, and the birth that it tells', () => {
    const got = confidences({ 'leader.idNumber': ['990101197003150016', 0.6], 'leader.birth': ['1970-03', 0.7] })
    expect(got).toEqual({ 'leader.idNumber': 0.98, 'leader.birth': 0.98 })
    const wrong = confidences({ 'leader.idNumber': ['990101197003150017', 0.6], 'leader.birth': ['1970-03', 0.7] })
    expect(wrong).toEqual({ 'leader.idNumber': 0.6, 'leader.birth': 0.7 })
  })

  it('hours that add up; not those that do not, or of a table with a row unread', () => {
    const rows = { 'teachers[0].hours': [3, 0.6], 'teachers[1].hours': [6, 0.99] } as Record<string, [unknown, number]>
    expect(confidences({ 'project.hours': [9, 0.7], ...rows })['teachers[0].hours']).toBe(0.98)
    expect(confidences({ 'project.hours': [8, 0.7], ...rows })['teachers[0].hours']).toBe(0.6)
    const unread = { ...rows, 'teachers[2].name': ['林知远', 1] as [unknown, number] }
    expect(confidences({ 'project.hours': [9, 0.7], ...unread })['teachers[0].hours']).toBe(0.6)
  })
})

describe('days that run backwards', () => {
  const days = (end: string): Record<string, [unknown, number]> => ({
    'project.sessions[0].start': ['2025-05-17', 0.99],
    'project.sessions[0].end': [end, 0.97],
  })

  it('are both in doubt on paper', () => {
    expect(Object.values(confidences(days('2025-03-18'), true))).toEqual([0.5, 0.5])
    expect(Object.values(confidences(days('2025-05-18'), true))).toEqual([0.99, 0.97])
  })

  it('are what a typed form says', () => {
    expect(Object.values(confidences(days('2025-03-18')))).toEqual([0.99, 0.97])
  })
})

describe('names with a character that stands for one the recogniser does not know', () => {
  const names: Record<string, [unknown, number]> = {
    'leader.name': ['袁佩凯', 0.96],
    'teachers[0].name': ['袁佩凯', 0.97],
    'teachers[1].name': ['俞志肿', 0.98],
    'leader.speciality': ['肿瘤学', 0.99],
  }

  it('are never sure on paper, however often they stand there', () => {
    expect(Object.values(confidences(names, true))).toEqual([0.9, 0.9, 0.5, 0.99])
  })

  it('are what a typed form says', () => {
    expect(Object.values(confidences(names))).toEqual([0.96, 0.97, 0.98, 0.99])
  })
})

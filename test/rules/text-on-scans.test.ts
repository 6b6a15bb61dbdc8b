import { describe, expect, it } from 'vitest'
import type { Declaration, FieldReading } from '../../src/declaration/schema.ts'
import { unitIsFirstApplicant } from '../../src/rules/domain/checks/registry.ts'
import { unitNameComplete } from '../../src/rules/domain/checks/unit.ts'
import { textAtLeast } from '../../src/rules/domain/checks/wording.ts'
import { paperMatchesOnline } from '../../src/rules/domain/online/paper-online.ts'
import { Form, type FormInput } from '../../src/rules/engine/form.ts'

/** Page 1 of the first document is typed, page 2 a scan. */
const SCANNED = [{ document: 0, page: 2 }]
const [TYPED_PAGE, SCANNED_PAGE] = [1, 2]

const readOn = (page: number, value: string, confidence = 0.98): FieldReading => ({
  value,
  raw: value,
  confidence,
  evidence: [{ document: 0, page, box: null, text: value }],
})

const formOf = (declaration: Declaration, readings: FormInput['readings'], more: Partial<FormInput> = {}) =>
  new Form({ declaration, ...(readings ? { readings } : {}), scanned: SCANNED, ...more })

const SENTENCE = '该项目选题来自日常工作中的真实问题，内容由浅入深，层次清楚，学时分配合理。'
/** What is found of a text of `length` characters, of 200 asked for, on that page. */
function statusOf(length: number, page: number): string {
  const text = `${SENTENCE.repeat(9).slice(0, length - 1)}。`
  const form = formOf({ overview: text }, { overview: readOn(page, text) })
  return textAtLeast(form, 'overview', { valueOf: () => 200 }).status
}

describe('a text shorter than asked for', () => {
  it('fails in print, also of a document that has scanned pages', () => {
    expect([56, 146, 199, 200].map((length) => statusOf(length, TYPED_PAGE))).toEqual(['fail', 'fail', 'fail', 'pass'])
  })

  it('is a question on a scan however short where what was read ends in a comma, though it was mended to a stop', () => {
    const text = `${SENTENCE.slice(0, 20)}。`
    const status = (page: number) => {
      const reading = { ...readOn(page, text), raw: `${SENTENCE.slice(0, 20)}、`, repaired: true }
      return textAtLeast(formOf({ overview: text }, { overview: reading }), 'overview', { valueOf: () => 200 }).status
    }
    expect([TYPED_PAGE, SCANNED_PAGE].map(status)).toEqual(['fail', 'unknown'])
  })

  it('is a question on a scan, where a line of it may be missing, unless it is far too short', () => {
    expect([56, 146, 199, 206, 240].map((length) => statusOf(length, SCANNED_PAGE))).toEqual([
      'fail',
      'unknown',
      'unknown',
      'unknown',
      'pass',
    ])
  })
})

describe('a unit’s name that a stamp cut short', () => {
  const beside = (other: string, page: number) =>
    unitNameComplete(
      formOf(
        { unit: { name: '北京澄湖医院' } },
        { 'unit.name': readOn(TYPED_PAGE, '北京澄湖医院') },
        { others: { 'unit.name': [readOn(page, other)] } },
      ),
    ).status

  it('is a question on a scan, a fault in print', () => {
    expect(['北，澄湖医', '北京澄湖医', '京·澄湖，医院'].map((other) => beside(other, SCANNED_PAGE))).toEqual(
      Array(3).fill('unknown'),
    )
    expect(beside('北京澄湖医', TYPED_PAGE)).toBe('fail')
  })

  it('is another name where it ends as one', () => {
    expect(beside('北京云岭医院', SCANNED_PAGE)).toBe('fail')
  })
})

describe('the first applicant’s name under a seal', () => {
  const first = (other: string, page: number) =>
    unitIsFirstApplicant(
      formOf(
        { unit: { name: '湘洲市中心医院' } },
        { 'unit.name': readOn(page, '湘洲市中心医院') },
        { others: { 'unit.name': [readOn(page, other)] } },
      ),
    ).status

  it('is a question where a character was lost or misread on a scan', () => {
    expect(['湘洲，中心医院', '湘州市中心医院', '湘洲市中'].map((other) => first(other, SCANNED_PAGE))).toEqual(
      Array(3).fill('unknown'),
    )
  })

  it('is another unit where it reads as one, or stands so in print', () => {
    expect(first('北京云岭医院', SCANNED_PAGE)).toBe('fail')
    expect(first('湘州市中心医院', TYPED_PAGE)).toBe('fail')
  })
})

describe('one character that differs, read surely', () => {
  const conflict = (page: number) =>
    unitNameComplete(
      formOf(
        { unit: { name: '北京澄湖医院' } },
        { 'unit.name': readOn(TYPED_PAGE, '北京澄湖医院') },
        { others: { 'unit.name': [readOn(page, '北京橙湖医院')] } },
      ),
    )
  const online = (page: number, value = '周启明') =>
    paperMatchesOnline(
      formOf(
        { leader: { name: value } },
        { 'leader.name': readOn(page, value) },
        { online: { leader: { name: '周启朋' } } },
      ),
    )

  it('is a fault where both stand in print', () => {
    expect(conflict(TYPED_PAGE)).toMatchObject({ status: 'fail', variant: 'differs' })
    expect(online(TYPED_PAGE).status).toBe('fail')
  })

  it('is a question where one was read by OCR, however surely', () => {
    expect(conflict(SCANNED_PAGE)).toMatchObject({ status: 'unknown', cause: 'low-confidence' })
    expect(online(SCANNED_PAGE)).toMatchObject({ status: 'unknown', cause: 'low-confidence' })
  })

  it('is no excuse for other words on a scan', () => {
    expect(online(SCANNED_PAGE, '林知远').status).toBe('fail')
  })
})

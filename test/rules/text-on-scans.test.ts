import { describe, expect, it } from 'vitest'
import { textAtLeast } from '../../src/rules/domain/checks/wording.ts'
import { Form } from '../../src/rules/engine/form.ts'

const SENTENCE = '该项目选题来自日常工作中的真实问题，内容由浅入深，层次清楚，学时分配合理。'
/** What is found of a text of `length` characters that was read with `confidence`. */
function statusOf(length: number, confidence: number, scanned: boolean): string {
  const text = `${SENTENCE.repeat(9).slice(0, length - 1)}。`
  const reading = { value: text, raw: text, confidence, evidence: [] }
  const form = new Form({ declaration: { overview: text }, readings: { overview: reading }, scanned })
  return textAtLeast(form, 'overview', { valueOf: () => 200 }).status
}

describe('a text shorter than asked for', () => {
  it('fails in print', () => {
    expect([56, 146, 199].map((length) => statusOf(length, 1, false))).toEqual(['fail', 'fail', 'fail'])
  })

  it('is a question on a scan, where a line of it may be missing, unless it is far too short', () => {
    expect([56, 146, 199, 240].map((length) => statusOf(length, 0.98, true))).toEqual([
      'fail',
      'unknown',
      'unknown',
      'pass',
    ])
  })
})

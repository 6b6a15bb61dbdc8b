import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGrounds } from '../../src/judge/grounding/ground.ts'
import { normalise } from '../../src/judge/grounding/normalise.ts'

const fields = {
  'project.name': '2025年“国际”高端心衰管理学习班',
  'project.content': '本项目不收取任何费用，共授课12学时，采用ＥＣＭＯ 模拟\n操作，参加人员须经临床带教考核合格。',
  'peerReview.text': '⟦NAME_1⟧主任医师从事心血管病临床工作，内容先进，同意推荐。',
}
const typed = createGrounds(fields, () => false)
const scanned = createGrounds(fields, () => true)

describe('a quote is found', () => {
  test.each([
    ['as it stands', 'project.name', '高端心衰管理', '高端心衰管理'],
    ['with other quotation marks', 'project.name', '"国际"高端', '“国际”高端'],
    ['with other widths and line breaks', 'project.content', '采用ECMO模拟操作', '采用ＥＣＭＯ 模拟\n操作'],
    ['with spaces of its own', 'project.content', '不 收取 任何费用', '不收取任何费用'],
    ['with its placeholder', 'peerReview.text', 'NAME_1⟧主任医师从事', '⟦NAME_1⟧主任医师从事'],
    ['with something left out', 'project.content', '不收取任何费用……临床带教考核合格', '临床带教考核合格'],
  ])('%s', (_, field, quote, found) => {
    expect(typed.find(field, quote)).toMatchObject({ field, found, fuzzy: false, elsewhere: false })
  })

  test('in another field than the model says', () => {
    expect(typed.find('project.content', '高端心衰管理')).toMatchObject({ field: 'project.name', elsewhere: true })
    expect(typed.find('project.nonsense', '高端心衰管理')).toMatchObject({ field: 'project.name', elsewhere: true })
  })

  test('with a slip in a long quote; with more slips on a scan', () => {
    expect(typed.find('project.content', '参加人员须经临庆带教考核合格')).toMatchObject({ fuzzy: true })
    expect(typed.find('project.content', '叁加人员须经临庆带教考核合格')).toBeNull()
    expect(scanned.find('project.content', '叁加人员须经临庆带教考核合格')).toMatchObject({ fuzzy: true })
  })
})

describe('a quote is not found', () => {
  test.each([
    ['that nobody wrote', '由某公司赞助举办'],
    ['without its negation', '本项目收取任何费用，共授课12学时'],
    ['with a negation of its own', '参加人员不须经临床带教考核合格'],
    ['with another number', '本项目不收取任何费用，共授课24学时'],
    ['with part of a number', '共授课1'],
    ['with another number in Chinese', '参加人员须经三临床带教考核合格'],
    ['short and wrong', '临庆带教'],
    ['that is only what it leaves out', '……'],
    ['of crumbs with gaps', '本…项…目'],
  ])('%s', (_, quote) => {
    expect(scanned.find('project.content', quote)).toBeNull()
  })

  test('however a digit in it is changed', () => {
    const text = '共招收学员200人，授课12学时，实操6学时，每期3天，考核合格授予学分'
    const grounds = createGrounds({ a: text }, () => true)
    const digits = [...text.matchAll(/\d/g)].map(({ index }) => index)
    fc.assert(
      fc.property(fc.constantFrom(...digits), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const digit = (Number(text[at]) + shift) % 10
        expect(grounds.find('a', text.slice(0, at) + digit + text.slice(at + 1))).toBeNull()
      }),
    )
  })
})

test('places survive whatever the text is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: plain, map } = normalise(text)
      expect(map).toHaveLength(plain.length)
      expect(map.every((at, index) => at < text.length && at >= (map[index - 1] ?? 0))).toBe(true)
    }),
  )
})

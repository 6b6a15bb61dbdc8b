import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { pairPeople } from '../../src/declaration/lists/same-person.ts'
import type { Document } from '../../src/documents/model.ts'
import { build } from './build.ts'

const reading = (value: string, confidence = 1) => ({ value, raw: value, confidence, evidence: [] })
const person = (name: string, confidence?: number) => ({ name: reading(name, confidence) })

describe('a teacher in two tables', () => {
  it.each([
    ['李阳〓', '李阳佩'],
    ['李阳', '李阳佩'],
    ['苏映晴', '苏映睛'],
  ])('%s is paired with %s when one of the two was read unsurely', (one, other) => {
    const [lecture, someone] = [person(one, 0.4), person(other)]
    expect(pairPeople([lecture], [person('曹思青'), someone]).get(lecture)).toBe(someone)
  })

  it('is paired in every lecture, in whichever of them the name was misread', () => {
    const [first, second] = [person('陶贺海', 0.56), person('陶〓海', 0.3)]
    const someone = person('陶〓海', 0.3)
    const pairs = pairPeople([first, second], [person('曹思青'), someone])
    expect([pairs.get(first), pairs.get(second)]).toEqual([someone, someone])
  })

  it('is paired by look-alikes when both names were recognised, however surely', () => {
    const [lecture, someone] = [person('风逸芳', 0.99), person('凤逸芳', 0.98)]
    expect(pairPeople([lecture], [person('曹思青', 0.99), someone]).get(lecture)).toBe(someone)
    expect(pairPeople([person('风逸芳')], [person('凤逸芳')]).size).toBe(0)
    expect(pairPeople([lecture], [person('金逸芳', 0.99)]).size).toBe(0)
  })

  it('is paired with nobody when both names are sure, or two are as near', () => {
    const lecture = person('苏映晴', 0.4)
    expect(pairPeople([person('苏映晴')], [person('苏映睛')]).size).toBe(0)
    expect(pairPeople([lecture], [person('苏映睛'), person('苏映清')]).size).toBe(0)
    expect(pairPeople([lecture], [person('何景行')]).size).toBe(0)
  })
})

const withInk = (document: Document, row: number, column: number): Document => ({
  ...document,
  pages: document.pages.map((page) => {
    const table = page.blocks.find((block) => block.kind === 'table')
    const cell = table?.table.cells.find((each) => each.row === row && each.column === column)
    return { ...page, unread: cell?.box ? [{ ...cell.box, width: 20 }] : [] }
  }),
})

describe('a value that stands twice and was read differently', () => {
  const form = (source: 'ocr' | 'text', confidence: number) =>
    extractDeclaration([
      build(['项目负责人：何景衍', null, '二、项目负责人', '1.负责人姓名：何景行'], { source, confidence }),
    ]).fields['leader.name']?.confidence
  it('is a guess when neither reading is sure', () => {
    expect(form('ocr', 0.85)).toBeLessThan(0.8)
    expect(form('ocr', 0.97)).toBeGreaterThan(0.9)
    expect(form('text', 0.85)).toBeCloseTo(0.85)
  })
})

describe('an empty cell of a scan', () => {
  const form = build(
    [
      '继续医学教育项目申报书',
      [
        ['项目名称', '心力衰竭管理培训班', '', ''],
        ['负责人姓名', '', '职称', '主任医师'],
      ],
      [
        ['姓名', '职称', '所在单位', '授课题目', '学时'],
        ['何景行', '', '北京云岭医院', '心衰概论', '3'],
      ],
    ],
    { source: 'ocr' },
  )

  it('is blank when there is no ink in it', () => {
    const { declaration } = extractDeclaration([form])
    expect(declaration.leader?.name).toBeNull()
    expect(declaration.teachers?.[0]?.title).toBeNull()
  })

  it('is unreadable when there is', () => {
    const { declaration, fields } = extractDeclaration([withInk(form, 1, 1)])
    expect(declaration.leader?.name).toBeUndefined()
    expect(fields['leader.name']).toBeDefined()
  })
})

describe('a name that strokes of a pen crossed', () => {
  const table = [
    ['评议专家', '人', '职称', '主任医师', '工作单位', '北京永川医院'],
    ['专家签字', '', '日期', '2024年11月20日', '', ''],
  ]

  it('is a question on a scan, not left out', () => {
    const { fields } = extractDeclaration([build([table], { source: 'ocr' })])
    expect(fields['peerReview.reviewer']).toMatchObject({ raw: '人', confidence: 0.5 })
    expect(fields['peerReview.reviewer']?.value).not.toBeNull()
  })

  it('is left out in a text that has only what the form prints', () => {
    const { fields } = extractDeclaration([build([table])])
    expect(fields['peerReview.reviewer']?.value).toBeNull()
  })
})

describe('a class of content that is no word', () => {
  it.each([
    ['ocr', undefined],
    ['text', '2024/11/20'],
  ] as const)('is another label’s value on a scan (%s)', (source, value) => {
    const cover = ['继续医学教育项目申报书', [['项目类别', '2024/11/20', '项目名称', '心力衰竭管理培训班']]]
    const { declaration } = extractDeclaration([build(cover, { source })])
    expect(declaration.project?.contentClass).toBe(value)
  })
})

describe('a table of teachers without any', () => {
  const specs = [
    '继续医学教育项目申报书',
    [['项目名称', '心力衰竭管理培训班']],
    [
      ['姓名', '职称', '所在单位', '授课题目', '学时'],
      ['', '', '', '', ''],
    ],
  ]
  const read = (source: 'ocr' | 'text') => extractDeclaration([build(specs, { source })])

  it('is blank for sure in a text, not on a scan', () => {
    expect(read('text')).toMatchObject({ declaration: { teachers: null }, fields: { teachers: { confidence: 1 } } })
    expect(read('ocr')).toMatchObject({ declaration: { teachers: null }, fields: { teachers: { confidence: 0.6 } } })
  })
})

describe('a history row with a number beside boxes that all look empty', () => {
  const lines = [
    '项目负责人近三年继续医学教育项目申报、执行情况',
    '2022年申报情况：国家级☐省级☐，是否执行：是☐否☐。国家级项目编号：____、省级项目编号：2022-03-01-114（省）',
    '2023年申报情况：国家级☑省级☐，是否执行：是☑否☐。国家级项目编号：2023-03-01-208（国）、省级项目编号：____',
  ]

  it('may have lost its ticks on paper', () => {
    const { fields } = extractDeclaration([build(lines, { source: 'ocr', confidence: 0.97 })])
    expect(fields['leader.history[0].executed']?.confidence).toBeLessThan(0.8)
    expect(fields['leader.history[0].level']?.confidence).toBeLessThan(0.8)
    expect(fields['leader.history[1].executed']?.confidence).toBeGreaterThan(0.9)
  })

  it('has none in text', () => {
    const { fields } = extractDeclaration([build(lines)])
    expect(fields['leader.history[0].executed']).toMatchObject({ value: null, confidence: 1 })
  })
})

describe('an opinion in which a slip was mended', () => {
  const opinion = (source: 'ocr' | 'text', text: string) =>
    extractDeclaration([build(['申报单位意见', text, '2024年11月20日'], { source })]).fields['unitOpinion.text']
  it('says so, and keeps what was read', () => {
    const text = '经研究，情况属实，同意中报，'
    expect(opinion('ocr', text)).toMatchObject({ value: '经研究，情况属实，同意申报。', raw: text, repaired: true })
    expect(opinion('text', text)).toMatchObject({ value: text })
    expect(opinion('text', text)).not.toHaveProperty('repaired')
    expect(opinion('ocr', '经研究，情况属实，同意申报。')).not.toHaveProperty('repaired')
  })
})

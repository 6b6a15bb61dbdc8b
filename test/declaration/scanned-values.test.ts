import { describe, expect, it } from 'vitest'
import { readOpinion } from '../../src/declaration/form/opinion.ts'
import type { ValueType } from '../../src/declaration/labels/label.ts'
import { passageOf, pieceOf, wholeOf } from '../../src/declaration/text/passage.ts'
import { findListedPair } from '../../src/declaration/values/listed-discipline.ts'
import { readValue } from '../../src/declaration/values/read.ts'
import { mendSentences } from '../../src/declaration/values/sentences.ts'
import type { Page } from '../../src/documents/model.ts'

const sliceOf = (text: string, source: Page['source']) => {
  const page = { number: 1, width: 595, height: 842, source, blocks: [] as Page['blocks'] } as Page
  const pieces = text.split('\n').map((part, i) => {
    const span = { text: part, box: { x: 10, y: 10 + 20 * i, width: 8 * part.length, height: 12 }, confidence: 0.9 }
    return pieceOf({ spans: [span], box: span.box }, { document: 0, page })
  })
  return wholeOf(passageOf(pieces))
}
const readAs = (type: ValueType, text: string, source: Page['source'] = 'ocr') =>
  readValue(type, 'x', sliceOf(text, source))
const read = (text: string, source: Page['source']) => readValue('text', 'teachers.method', sliceOf(text, source))

describe('a bracket that a scan lost at the end', () => {
  it('is closed and said to be repaired', () => {
    expect(read('实验（技术示范', 'ocr')).toEqual({ value: '实验（技术示范）', repaired: true })
  })

  it('is left alone in text and where nothing is lost', () => {
    expect(read('实验（技术示范', 'text')).toEqual({ value: '实验（技术示范' })
    expect(read('实验（技术）示范', 'ocr')).toEqual({ value: '实验（技术）示范' })
  })
})

describe('a date on a copy', () => {
  it.each(['2024/1 /21', '2024.1 .21', '2024年11月2 日', '2024-1 -21'])(
    '%s is doubted: the gap may hide a figure',
    (text) => {
      expect(readAs('date', text).certainty).toBe(0.5)
      expect(readAs('date', text, 'text').certainty).toBeUndefined()
    },
  )

  it.each(['2024/11/21', '2024 年 11 月 21 日', '2024年11月21日', '2024 . 11 . 21'])('%s is not', (text) => {
    expect(readAs('date', text)).toEqual({ value: '2024-11-21', certainty: 1 })
  })

  it.each(['2024-11:21', '2024"11/21', '2024-11 21', '2024,11.21'])('%s is guessed from its figures', (text) => {
    expect(readAs('date', text)).toEqual({ value: '2024-11-21', certainty: 0.7 })
  })

  it.each(['2024/1]/21', '2024/1)/21', '2024年11月2|日', '2024-11-2|'])('%s has a bracket for a one', (text) => {
    expect(readAs('date', text)).toEqual({ value: '2024-11-21', certainty: 0.7, repaired: true })
  })

  it.each(['(2024/11/2)', '2024年11月2日)'])('%s has none', (text) => {
    expect(readAs('date', text)).toEqual({ value: '2024-11-02', certainty: 1 })
  })

  it.each(['2024年11月2〓日', '2024.1〓.21', '2024-1221', '2024-17-21', '202十11月20日', '2024-1±-20', '6 2024 11 20'])(
    '%s is not read',
    (text) => {
      expect(readAs('date', text).value).toBeUndefined()
    },
  )
})

describe('scraps behind a short value of a scan', () => {
  it.each([
    ['name', '苗妍承，-', '苗妍承'],
    ['unit', '北京西川医院·．', '北京西川医院'],
    ['unit', '石☐医科大学', '石口医科大学'],
    ['unit', '澄湖市第·人民医院', '澄湖市第一人民医院'],
    ['text', '急性冠脉综合征的围术期管理．．·', '急性冠脉综合征的围术期管理'],
    ['phone', '010-55025894.', '010-55025894'],
    ['text', '多媒体.讲座', '多媒体，讲座'],
  ] as const)('%s %s is %s', (type, text, value) => {
    expect(readAs(type, text).value).toBe(value)
  })

  it('are left in text', () => {
    expect(readAs('text', '讲座.', 'text').value).toBe('讲座.')
  })
})

describe('a name on a scan', () => {
  it.each(['碧', '戚刚☑', '李h'])('%s is none', (text) => {
    expect(readAs('name', text).certainty).toBe(0.5)
  })

  it.each(['何景行', '戚刚〓', '买买提·艾山', 'John Smith', '何景行、苏映晴'])('%s is one', (text) => {
    expect(readAs('name', text).certainty).toBeUndefined()
  })
})

describe('running text of a scan', () => {
  it.each([
    ['东山市第·人民医院妇科负责人。', '东山市第一人民医院妇科负责人。'],
    ['东山市第_人民医院设有继续教育管理委员会。', '东山市第一人民医院设有继续教育管理委员会。'],
    ['选题来白日常工作中的真实问题，针对性强。', '选题来自日常工作中的真实问题，针对性强。'],
    ['对立项项日给予配套经费，专款专用。', '对立项项目给予配套经费，专款专用。'],
    ['学员满意度在百分之九「六以上。', '学员满意度在百分之九十六以上。'],
    ['情况属实，问意申报：', '情况属实，同意申报。'],
    ['学员满意度在百分之九十六以上。 SK', '学员满意度在百分之九十六以上。'],
    ['针对护理这-薄弱环节，每华三十六学时。', '针对护理这一薄弱环节，每年三十六学时。'],
    ['学员四」一名，硕十研究生九名，百分之九上六。', '学员四十一名，硕士研究生九名，百分之九十六。'],
    ['提高质量和忠者安全，学时分配台理。', '提高质量和患者安全，学时分配合理。'],
    ['以第一-作者发表论文，参编专落三部。', '以第一作者发表论文，参编专著三部。'],
    ['单位为本项H落实专职联络人，项目负费人在该。', '单位为本项目落实专职联络人，项目负责人在该。'],
  ])('%s is mended', (text, expected) => {
    expect(mendSentences(text)).toBe(expected)
  })

  it.each([
    '近年来白血病的诊疗进展。',
    '讲授子宫内膜异位症的诊疗。',
    '做好该项日常工作。',
    '共发表论文十八篇',
    '名额三上四下，另行通知。',
    '他一向是尽忠者的榜样。',
    '新上任医师培训，讲授本项HIV的防治。',
    '内容见附件：',
  ])('%s is left', (text) => {
    expect(mendSentences(text)).toBe(text)
  })
})

describe('an opinion under a seal', () => {
  const opinionOf = (text: string, source: Page['source'] = 'ocr') => readOpinion(sliceOf(text, source), 'unitOpinion')

  it('is blank when only scraps and an empty date stand there', () => {
    expect(opinionOf('\\ 年月 Я').text).toBeNull()
    expect(opinionOf('同意').text).not.toBeNull()
  })

  it('ends where what is left of a date begins, which is unreadable and not blank', () => {
    const { text, date } = opinionOf("情况属实，同意申报。\n2020.0'.26")
    expect(text?.to).toBe('情况属实，同意申报。'.length)
    expect([date?.value, date?.slice !== undefined]).toEqual([undefined, true])
    expect(opinionOf('情况属实，同意申报。\n2024-11 21').date).toMatchObject({ value: '2024-11-21', certainty: 0.7 })
  })
})

describe('what a seal leaves behind an opinion', () => {
  const opinionOf = (text: string) => readOpinion(sliceOf(text, 'ocr'), 'unitOpinion')
  const own = '情况属实，同意申报。'

  it.each([').y 2024.11.21', 'D3,\n2024年11月21日', '泰〓单位公障2024年11月21 B', '海（单位驱章）\n2024-11-21'])(
    'is no part of it: %s',
    (rest) => {
      const { text, date } = opinionOf(`${own}\n${rest}`)
      expect(text?.to).toBe(own.length)
      expect(date?.value).toBe('2024-11-21')
    },
  )

  it('is a date that cannot be read where a figure is lost', () => {
    const { text, date } = opinionOf(`${own}\n2024年11月2〓日`)
    expect(text?.to).toBe(own.length)
    expect([date?.value, date?.slice !== undefined]).toEqual([undefined, true])
  })
})

describe('two disciplines of which the dash was lost', () => {
  it('are found behind the bracket of their label', () => {
    expect(findListedPair('）临床内科学心血管病学', false)).toEqual({ second: '临床内科学', third: '心血管病学' })
  })

  it('and a department is no discipline misread', () => {
    expect(readAs('speciality', '内分泌科').value).toBe('内分泌科')
    expect(readAs('speciality', '内分沁学').value).toBe('内分泌学')
  })
})

import { describe, expect, it } from 'vitest'
import { settleForms } from '../../src/documents/ocr/old-forms.ts'
import { settlePunctuation } from '../../src/documents/ocr/punctuation.ts'
import { paper, readLine } from './ocr-drawing.ts'

const none = paper(10, 10).ink()

/** A line whose characters take these shares of 30 pixels each. */
function spaced(text: string, width: (character: string) => number) {
  const line = readLine(text, 20, 20, 30, 44)
  let x = 20
  line.edges = [x]
  line.units = [...text].map((character) => {
    const room = 30 * width(character)
    x += room
    line.edges.push(x)
    return { middle: x - room / 2, certainty: 0.99 }
  })
  return line
}
const wide = (character: string) => (/[A-Za-z0-9.:-]/.test(character) ? 0.5 : 1)
const narrow = (character: string) => (/\p{Script=Han}/u.test(character) ? 1 : 0.4)

describe('the width of punctuation', () => {
  it.each([
    ['讲座,讨论', '讲座，讨论'],
    ['省级课题二项丶院级四项', '省级课题二项、院级四项'],
    ['单位(盖章):北京', '单位（盖章）：北京'],
    ['内容;方法?好!完', '内容；方法？好！完'],
    ['时间10:30至11:30', '时间10:30至11:30'],
    ['编号2022-118(省)', '编号2022-118（省）'],
  ])('%s with full-width room is %s', (text, expected) => {
    expect(settlePunctuation(spaced(text, wide), none).text).toBe(expected)
  })

  it.each([
    ['多媒体，讲座', '多媒体,讲座'],
    ['单位（盖章）北京', '单位(盖章)北京'],
    ['编号：北京', '编号:北京'],
  ])('%s with half-width room is %s', (text, expected) => {
    expect(settlePunctuation(spaced(text, narrow), none).text).toBe(expected)
  })

  it('stays between figures and letters', () => {
    for (const text of ['1,000人', '共1,000', '(n=3)', '10:30', 'p<0.05;q']) {
      expect(settlePunctuation(readLine(text, 20, 20, 15, 44), none).text).toBe(text)
    }
  })

  it('is full beside Chinese where no place tells', () => {
    expect(settlePunctuation(readLine('无,', 20, 20, 30, 44), none).text).toBe('无，')
  })
})

describe('a point between Chinese characters', () => {
  const line = readLine('三项．均按计划', 20, 20, 30, 44)
  it('is a comma without its tail, or a stop where a ring stands', () => {
    expect(settlePunctuation(line, paper(300, 80).fill(84, 52, 4, 4).ink()).text).toBe('三项，均按计划')
    expect(settlePunctuation(line, paper(300, 80).frame(82, 46, 10, 10, 2).ink()).text).toBe('三项。均按计划')
  })

  it('stays after a number, and where it has no room of its own', () => {
    expect(settlePunctuation(readLine('3．均按计划', 20, 20, 30, 44), none).text).toBe('3．均按计划')
    expect(settlePunctuation(spaced('王.小明', narrow), none).text).toBe('王.小明')
  })
})

describe('a colon with a tail', () => {
  const line = readLine('医师：教授', 20, 20, 30, 44)
  it('is a semicolon', () => {
    expect(settlePunctuation(line, paper(200, 80).fill(86, 36, 4, 4).fill(86, 48, 4, 8).ink()).text).toBe('医师；教授')
    expect(settlePunctuation(line, paper(200, 80).fill(86, 36, 4, 4).fill(86, 50, 4, 4).ink()).text).toBe('医师：教授')
  })

  it('is told apart from strokes of its neighbours, on a coarse scan, and at the end of a line', () => {
    const beside = () => paper(200, 80).fill(80, 34, 2, 26).fill(87, 36, 3, 3)
    expect(settlePunctuation(line, beside().fill(87, 50, 3, 5).ink()).text).toBe('医师；教授')
    expect(settlePunctuation(line, beside().fill(87, 50, 3, 3).ink()).text).toBe('医师：教授')
    const last = readLine('医师：', 20, 20, 30, 44)
    expect(settlePunctuation(last, paper(200, 80).fill(88, 36, 4, 4).fill(88, 48, 4, 8).ink()).text).toBe('医师；')
    expect(settlePunctuation(last, paper(200, 80).fill(88, 36, 4, 4).fill(88, 48, 4, 5).ink()).text).toBe('医师：')
  })
})

describe('a sign of a font that sets signs in the middle', () => {
  const line = (sign: string) => readLine(`制度${sign}对立`, 20, 20, 30, 44)
  const middle = Math.round(line('；').units[2]?.middle ?? 0)
  const page = () => paper(300, 80)

  it.each(['；', '：', '·'])('is a comma when it was read as %s and is one dot with a tail', (sign) => {
    const comma = page()
      .fill(middle - 3, 36, 6, 4)
      .fill(middle - 1, 40, 3, 4)
      .ink()
    expect(settlePunctuation(line(sign), comma).text).toBe('制度，对立')
  })

  it.each(['；', '：', '·', '、'])('is a stop when it was read as %s and is a ring, or what is left of one', (sign) => {
    const ring = page()
      .frame(middle - 4, 38, 8, 8, 2)
      .ink()
    expect(settlePunctuation(line(sign), ring).text).toBe('制度。对立')
    const broken = page()
      .fill(middle - 4, 38, 6, 2)
      .fill(middle - 4, 41, 2, 5)
      .fill(middle + 3, 41, 2, 5)
      .ink()
    expect(settlePunctuation(line(sign), broken).text).toBe('制度。对立')
  })

  it('is a stop where nothing was read behind a sentence and a ring stands there', () => {
    const sentence = readLine('情况属，同意申报', 20, 20, 30, 44)
    const x = Math.round(sentence.units.at(-1)?.middle ?? 0) + 27
    const read = settlePunctuation(
      sentence,
      page()
        .frame(x - 4, 38, 8, 8, 2)
        .ink(),
    )
    expect(read.text).toBe('情况属，同意申报。')
    expect([read.units.length, read.edges.length]).toEqual([9, 10])
    expect(read.confidence).toBeLessThan(0.8)
    for (const other of [page(), page().fill(x - 4, 38, 8, 8), page().frame(x - 10, 30, 20, 20, 2)])
      expect(settlePunctuation(sentence, other.ink())).toEqual(sentence)
    const label = readLine('防治知识类', 20, 20, 30, 44)
    const behind = Math.round(label.units.at(-1)?.middle ?? 0) + 27
    expect(
      settlePunctuation(
        label,
        page()
          .frame(behind - 4, 38, 8, 8, 2)
          .ink(),
      ).text,
    ).toBe('防治知识类')
  })

  it('is a stop behind a bracket', () => {
    const label = readLine('（二百字）·建议', 20, 20, 30, 44)
    const x = Math.round(label.units[5]?.middle ?? 0)
    expect(
      settlePunctuation(
        label,
        page()
          .frame(x - 4, 38, 8, 8, 2)
          .ink(),
      ).text,
    ).toBe('（二百字）。建议')
  })

  it('is a stop at the end of a line', () => {
    const last = readLine('同意申报·', 20, 20, 30, 44)
    const x = Math.round(last.units[4]?.middle ?? 0)
    expect(
      settlePunctuation(
        last,
        page()
          .frame(x - 4, 38, 8, 8, 2)
          .ink(),
      ).text,
    ).toBe('同意申报。')
    expect(
      settlePunctuation(
        last,
        page()
          .fill(x - 2, 40, 4, 4)
          .ink(),
      ).text,
    ).toBe('同意申报·')
  })

  it('stays where it is a point, or has two dots', () => {
    const point = page()
      .fill(middle - 2, 40, 4, 4)
      .ink()
    expect(settlePunctuation(line('·'), point).text).toBe('制度·对立')
    expect(settlePunctuation(line('、'), point).text).toBe('制度、对立')
    const two = page()
      .fill(middle - 2, 34, 4, 4)
      .fill(middle - 2, 46, 4, 9)
      .ink()
    expect(settlePunctuation(line('；'), two).text).toBe('制度；对立')
  })
})

describe('a dash between Chinese characters', () => {
  const page = (width: number) =>
    paper(300, 80)
      .fill(95 - width / 2, 40, width, 3)
      .ink()
  it('is the number one behind another number when it is as broad as a character', () => {
    for (const dash of '-·_')
      expect(settlePunctuation(readLine(`四十${dash}名，`, 20, 20, 30, 44), page(24)).text).toBe('四十一名，')
  })

  it('stays when it is short, or no number stands before it', () => {
    expect(settlePunctuation(readLine('四十-名，', 20, 20, 30, 44), page(10)).text).toBe('四十-名，')
    expect(settlePunctuation(readLine('北京-上海', 20, 20, 30, 44), page(24)).text).toBe('北京-上海')
  })
})

describe('an old shape of a character', () => {
  it('is the new one of the same character', () => {
    expect(settleForms(readLine('配备高仿眞模拟人', 20, 20, 30, 44)).text).toBe('配备高仿真模拟人')
  })
})

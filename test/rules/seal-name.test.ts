import { describe, expect, it } from 'vitest'
import { sealNamesUnit } from '../../src/rules/domain/checks/unit.ts'
import { type SealPlaces, sealBears, sealBearsNear, sealBearsOther } from '../../src/rules/domain/seal-name.ts'
import { Form } from '../../src/rules/engine/form.ts'

/** Places of a rim, each read with `share`; `_` is a lost character, `二|一` two that may stand there. */
const rim = (words: string, share = 0.99): SealPlaces =>
  words.match(/.(?:\|.)?/gu)?.map((place) => {
    if (place === '_') return []
    const [first = '', second] = place.split('|')
    return second
      ? [
          { text: first, share: 0.48 },
          { text: second, share: 0.24 },
        ]
      : [{ text: first, share }]
  }) ?? []

describe('the words around a seal', () => {
  it('bear the name when every character is read', () => {
    expect(sealBears(rim('北京澄湖医院'), '北京澄湖医院')).toBe(true)
    expect(sealBears(rim('北京澄_医院'), '北京澄湖医院')).toBe(false)
    expect(sealBears(rim('北京澄湖医院'), '北京澄湖医院东区分院')).toBe(false)
    expect(sealBears(rim('北京澄湖医院分院'), '北京澄湖医院')).toBe(false)
  })

  it('may lack one character of a word that is no other without it', () => {
    expect(sealBears(rim('栖山区疾病_防控制中心'), '栖山区疾病预防控制中心')).toBe(true)
    expect(sealBears(rim('栖山区疾病___制中心'), '栖山区疾病预防控制中心')).toBe(false)
    expect(sealBears(rim('湘洲市惠民医院', 0.99), '湘洲市人民医院')).toBe(false)
    expect(sealBears(rim('湘洲市_民医院'), '湘洲市人民医院')).toBe(false)
    expect(sealBears(rim('栖_区疾病预防控制中心'), '栖山区疾病预防控制中心')).toBe(false)
  })

  it('do not bear 第一 where a stroke of 二 may be lost', () => {
    expect(sealBears(rim('西川大学第一|二附属医院'), '西川大学第一附属医院')).toBe(false)
    expect(sealBearsOther(rim('西川大学第一|二附属医院'), '西川大学第二附属医院')).toBe(false)
  })

  it.each([
    ['another unit', '湘洲市血液中心', '北京澄湖医院'],
    ['another number', '湘洲市第一人民医院', '湘洲市第二人民医院'],
    ['another kind', '湘洲市中医医院', '湘洲市人民医院'],
  ])('bear another name: %s', (_, words, name) => {
    expect(sealBearsOther(rim(words), name)).toBe(true)
    expect(sealBears(rim(words), name)).toBe(false)
  })

  it('bear no other name for characters that may be misread or are lost', () => {
    expect(sealBearsOther(rim('首都医料大学附属澄消医院'), '首都医科大学附属澄湖医院')).toBe(false)
    expect(sealBearsOther(rim('湘_市__医院'), '湘洲市第二人民医院')).toBe(false)
    expect(sealBearsOther(rim('湘洲市血液中心', 0.4), '北京澄湖医院')).toBe(false)
  })

  it('bear the name beside strokes and scraps of print that stand apart from it', () => {
    expect(sealBears(rim('北京澄湖医院一', 0.7), '北京澄湖医院')).toBe(true)
    expect(sealBears(rim('北京澄湖医院_州', 0.7), '北京澄湖医院')).toBe(true)
    expect(sealBears(rim('北京澄湖医院州', 0.7), '北京澄湖医院')).toBe(false)
    expect(sealBears(rim('北京澄湖医院_院', 0.7), '北京澄湖医院')).toBe(false)
  })

  it('bear another name that has much in common, but three clear characters of its own', () => {
    expect(sealBearsOther(rim('东泽大学附属瑞宁医院'), '西川大学附属云溪医院')).toBe(true)
    expect(sealBearsOther(rim('东泽大学附属瑞宁医院', 0.6), '西川大学附属云溪医院')).toBe(false)
  })

  it('bear a near name only when they are clear all around', () => {
    expect(sealBearsNear(rim('北京澄源医院'), '北京澄湖医院')).toBe(true)
    expect(sealBearsNear(rim('北京澄源医院', 0.7), '北京澄湖医院')).toBe(false)
    expect(sealBearsNear(rim('北京_源医院'), '北京澄湖医院')).toBe(false)
    expect(sealBearsNear(rim('北京澄湖医院'), '北京澄湖医院')).toBe(false)
  })
})

describe('a scanned seal and the form', () => {
  const ask = (
    name: string,
    words: string,
    places: SealPlaces,
    unitAliases: string[] = [],
    view?: 'whole' | 'part' | 'grey',
  ) =>
    sealNamesUnit(
      new Form({
        declaration: { unit: { name }, seals: [{ page: 1, box: null, text: words }] },
        readings: {
          'seals[0].text': {
            value: words,
            raw: words,
            confidence: 0.3,
            evidence: [],
            places,
            ...(view ? { view } : {}),
          },
        },
        context: { unitAliases },
      }),
    )

  it.each([
    ['the name', '北京澄湖医院', '北京澄湖医院', 'pass'],
    ['a seal for continuing education', '北京澄湖医院', '北京澄湖医院继续教育专用章', 'pass'],
    ['the city written out', '北京市澄湖医院', '北京澄湖医院', 'pass'],
    ['the school it belongs to before it', '北京澄湖医院', '首都医科大学附属北京澄湖医院', 'pass'],
    ['another unit', '北京澄湖医院', '湘洲市疾病预防控制中心', 'fail'],
    ['a seal for contracts', '北京澄湖医院', '北京澄湖医院合同专用章', 'fail'],
    ['one character that is another', '北京澄湖医院', '北京澄源医院', 'fail'],
    ['a part of the name', '北京澄湖医院东区分院', '北京澄湖医院', 'unknown'],
    ['a hospital of the university', '西川大学', '西川大学附属瑞宁医院', 'fail'],
    ['a hospital of another university', '西川大学附属瑞宁医院', '东泽大学附属瑞宁医院', 'fail'],
    ['a hospital of two universities', '西川大学附属湘洲市人民医院', '东泽大学附属湘洲市人民医院', 'fail'],
    ['a name in short', '湘洲一院', '湘洲市第一医院', 'unknown'],
  ])('%s', (_, name, words, status) => {
    expect(ask(name, words, rim(words.replace(/(?:继续教育|合同)专用章$/, ''))).status).toBe(status)
  })

  it('words that the page cuts off never agree, but may be others', () => {
    expect(ask('沪塘市医院', '沪塘市医院', rim('沪塘市医院'), [], 'part').status).toBe('unknown')
    expect(ask('沪塘市疾病预防控制中心', '沪塘市疾病预', rim('沪塘市疾病预'), [], 'part').status).toBe('unknown')
    expect(ask('北京澄湖医院', '沪塘市疾病预防控', rim('沪塘市疾病预防控'), [], 'part').status).toBe('fail')
  })

  it('words read without colour may agree, but never differ', () => {
    expect(ask('北京澄湖医院', '北京澄湖医院', rim('北京澄湖医院'), [], 'grey').status).toBe('pass')
    expect(ask('北京澄湖医院', '沪塘市疾病预防控', rim('沪塘市疾病预防控'), [], 'grey').status).toBe('unknown')
    expect(ask('北京澄湖医院', '北京澄湖医院合同专用章', rim('北京澄湖医院心内科'), [], 'grey').status).toBe('unknown')
  })

  it('the first part of a name is another name where the seal has room for the rest', () => {
    const words = rim('北京澄湖医院')
    expect(ask('北京澄湖医院东区分院', '北京澄湖医院', words, [], 'whole')).toMatchObject({
      status: 'fail',
      severity: 'warning',
    })
    expect(ask('北京澄湖医院东院区', '北京澄湖医院', words, [], 'whole').status).toBe('pass')
  })

  it('one character that differs is worth a look, no error', () => {
    expect(ask('北京澄湖医院', '北京澄源医院', rim('北京澄源医院')).severity).toBe('warning')
  })

  it('a name the caller knows agrees', () => {
    expect(ask('北京澄湖医院', '京华第七医院', rim('京华第七医院'), ['京华第七医院']).status).toBe('pass')
  })
})

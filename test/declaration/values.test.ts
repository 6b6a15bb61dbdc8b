import { describe, expect, it } from 'vitest'
import { readDate, readDateOrMonth, readRange, readTimes } from '../../src/declaration/values/date.ts'
import { repairIdNumber } from '../../src/declaration/values/id-number.ts'
import { deliveryOf, judgeTeachingKind, judgeUnitKind, repairTitle } from '../../src/declaration/values/lists.ts'
import { readNumber } from '../../src/declaration/values/number.ts'
import { readOptions, tickedOf } from '../../src/declaration/values/options.ts'
import { isTemplate, skipPrompts } from '../../src/declaration/values/template.ts'

describe('numbers', () => {
  it.each([
    ['3学时', 3],
    ['6.0', 6],
    ['２０', 20],
    ['60元/人', 60],
    ['三天', 3],
    ['约100人', 100],
    ['一百二十', 120],
    ['二十人', 20],
    ['一天半', 1.5],
    ['半天', 0.5],
    ['1,200', 1200],
    ['百分之三十', 30],
    ['12学时（理论8，实践4）', 12],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text)?.value).toBe(value)
  })

  it.each(['80-100人', '若干', ''])('%s is no number', (text) => {
    expect(readNumber(text)).toBeUndefined()
  })

  it('mends letters for digits on scans only', () => {
    expect(readNumber('l2学时', true)).toEqual({ value: 12, repaired: true })
    expect(readNumber('l2学时')).toEqual({ value: 2 })
  })
})

describe('titles on scans', () => {
  it('lose the scrap of a seal behind them, and nothing that makes them another title', () => {
    expect(repairTitle('主治医师市')).toBe('主治医师')
    expect(repairTitle('主治医师')).toBe(null)
    expect(repairTitle('教授级高级工程师')).toBe(null)
  })
})

describe('dates', () => {
  it.each([
    ['2024-11-20', '2024-11-20'],
    ['2024年11月20日', '2024-11-20'],
    ['2024 年 1 月 2 日', '2024-01-02'],
    ['2024.11.20', '2024-11-20'],
    ['2025/5/17', '2025-05-17'],
    ['20241120', '2024-11-20'],
    ['二〇二四年十一月二十日', '2024-11-20'],
    ['二○二五年三月一日', '2025-03-01'],
    ['2024年11月.20日', '2024-11-20'],
    ['202411/20', '2024-11-20'],
  ])('%s', (text, value) => {
    expect(readDate(text)).toBe(value)
  })

  it.each(['2024年13月1日', '2025年2月30日', '年 月 日', '2024年11月'])('%s is no date', (text) => {
    expect(readDate(text)).toBeUndefined()
  })

  it('reads months', () => {
    expect(readDateOrMonth('1970.03')).toBe('1970-03')
    expect(readDateOrMonth('1975年9月')).toBe('1975-09')
    expect(readDateOrMonth('1970年3月15日')).toBe('1970-03-15')
  })

  it.each([
    ['2025年5月17日至18日', '2025-05-17', '2025-05-18'],
    ['2025年5月17-18日', '2025-05-17', '2025-05-18'],
    ['2025/5/17-5/18', '2025-05-17', '2025-05-18'],
    ['2025.5.30—2025.6.1', '2025-05-30', '2025-06-01'],
    ['2025年5月30日~6月1日', '2025-05-30', '2025-06-01'],
    ['2025年5月17日', '2025-05-17', '2025-05-17'],
    ['2025年5月至6月', '2025-05', '2025-06'],
  ])('%s', (text, start, end) => {
    expect(readRange(text)).toEqual({ start, end })
  })

  it('takes the year from outside when the text names none', () => {
    expect(readRange('5月17日-18日', 2025)).toEqual({ start: '2025-05-17', end: '2025-05-18' })
    expect(readRange('5月17日-18日')).toBeUndefined()
  })

  it('reads times of day', () => {
    expect(readTimes('8:30-10:00')).toEqual(['08:30', '10:00'])
    expect(readTimes('8时30分至12点')).toEqual(['08:30', '12:00'])
  })
})

describe('options', () => {
  const ticked = (text: string) => tickedOf(readOptions(text) ?? []).map((option) => option.text)
  it.each([
    ['☑是 ☐否', ['是']],
    ['是☑否☐', ['是']],
    ['是[√]否[ ]', ['是']],
    ['是（ ）否（√）', ['否']],
    ['●新申报项目 ○备案项目', ['新申报项目']],
    ['☐是[√门否', ['否']],
    ['【√门是☐否', ['是']],
    ['√是 □否', ['是']],
    ['国家级☐ 省级☑', ['省级']],
    ['☑面授（☑线下 ☐线上线下结合） ☐远程', ['面授', '线下']],
    ['☐是 ☐否', []],
    ['☑是 ☑否', ['是', '否']],
    ['是☑ 否☐ 手机 13900000149', ['是']],
    ['是☑ 否', ['是']],
    ['是 ☑否', ['否']],
    ['是否在职 ☐是 ☑否  备注', ['否备注']],
    ['传染病防治知识类项目 ☐是 ☑否', ['否']],
    ['线下面授☑  远程☐  其他说明', ['线下面授']],
    ['是☑否', ['']],
    ['☐否☑', ['']],
    ['是× 否□', ['是']],
    ['是（×）否（ ）', ['是']],
    ['是（√）否（×）', ['是']],
    ['新申〓报项目√备案项目', ['']],
    ['二基础训练类☑学习提高类「二前沿进展类', ['']],
    ['二基础训练类☑学习提高类☐前沿进展类', ['']],
  ])('%s', (text, expected) => {
    expect(ticked(text)).toEqual(expected)
  })

  it.each([
    ['国家级√省级', 'after', '国家级'],
    ['国家级√省级', 'before', '省级'],
    ['面授远程线上线下结合√', 'after', '线上线下结合'],
    ['基础训练类学习提高类√前沿进展类', 'after', '学习提高类'],
    ['面授√远程线上线下结合', 'before', '远程'],
    ['新申〓报项目√备案项目', 'after', '新申〓报项目'],
  ] as const)('%s, marks %s their words: %s', (text, side, expected) => {
    expect(tickedOf(readOptions(text, side) ?? []).map((option) => option.text)).toEqual([expected])
  })

  it('takes no cross between figures for a mark', () => {
    expect(readOptions('3×2学时 ☐是 ☑否')).toHaveLength(2)
  })

  it('sees none in a plain word', () => {
    expect(readOptions('线下面授')).toBeNull()
  })
})

describe('words', () => {
  it.each([
    ['北京医院协会', 'society'],
    ['京北医科大学附属医院', 'medical'],
    ['京北医科大学', 'teaching'],
    ['北京澄湖医院药学部', 'medical'],
    ['北京医学信息研究所', 'research'],
    ['湘洲康远医药科技有限公司', 'other'],
    ['京北医科大学第一医院（东院区）', 'medical'],
    ['某某联盟', null],
  ])('%s is %s', (name, kind) => {
    expect(judgeUnitKind(name)).toBe(kind)
  })

  it('tells practice from theory', () => {
    expect(judgeTeachingKind('实验,演示')).toBe('practice')
    expect(judgeTeachingKind('多媒体,讲座')).toBe('theory')
    expect(judgeTeachingKind('其他')).toBeNull()
  })

  it('tells delivery', () => {
    expect(deliveryOf('线下面授')).toBe('in-person')
    expect(deliveryOf('线上＋线下')).toBe('hybrid')
    expect(deliveryOf('远程（线上）')).toBe('remote')
    expect(deliveryOf('多媒体讲座')).toBeUndefined()
  })

  it('repairs a title only when one listed title is one slip away', () => {
    expect(repairTitle('副主任医帅')).toBe('副主任医师')
    expect(repairTitle('主任医师')).toBeNull()
    expect(repairTitle('正高级教授')).toBeNull()
  })

  it('repairs an ID number only when the checksum then holds', () => {
    expect(repairIdNumber('99010119700315OO16')).toBe('990101197003150016')
    expect(repairIdNumber('99010119700315OO17')).toBeNull()
  })

  it.each(['年 月 日', '（盖章）', '签字：', '不少于300字', '____', '元/人', '盖章 年 月 日'])(
    '%s is template',
    (text) => {
      expect(isTemplate(text)).toBe(true)
    },
  )

  it('takes no real word for template', () => {
    expect(isTemplate('同意')).toBe(false)
    expect(isTemplate('2024年11月20日')).toBe(false)
  })

  it('skips prompts before an opinion', () => {
    const text = '推荐理由(不少于200字)。建议理由应包含: 培训内容、形式等。\n该项目很好。'
    expect(text.slice(skipPrompts(text))).toBe('该项目很好。')
  })

  it('skips the end of a bracket whose beginning belongs to the label', () => {
    const text = '不少于300字）\n单位设有继续教育管理委员会。'
    expect(text.slice(skipPrompts(text))).toBe('单位设有继续教育管理委员会。')
  })
})

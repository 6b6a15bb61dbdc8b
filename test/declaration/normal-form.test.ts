import { describe, expect, it } from 'vitest'
import { normalForm, normalText } from '../../src/declaration/text/normal-form.ts'

describe('the one form of running text', () => {
  it.each([
    ['多媒体,讲座;讨论', '多媒体，讲座；讨论'],
    ['培训内容 : 理论(含病例)与操作?', '培训内容：理论（含病例）与操作？'],
    ['1995.07-2003.08 澄湖医院 药学部 住院医师', '1995.07-2003.08澄湖医院药学部住院医师'],
    ['样本(n=30)的比较', '样本（n=30）的比较'],
    ['ＣＯＰＤ患者２０例，占５０％', 'COPD患者20例，占50%'],
    ['上午8：30至10：00', '上午8:30至10:00'],
    ['第一段。\n第二段。', '第一段。\n第二段。'],
  ])('%s is %s', (text, expected) => {
    expect(normalText(text)).toBe(expected)
    expect(normalText(expected)).toBe(expected)
  })

  it.each(['Journal of X, 2020; 3(2): 15-18', '1,000', 'p<0.05 (n=3)', '10:30'])('%s stays', (text) => {
    expect(normalText(text)).toBe(text)
  })

  it('drops a bracket that closes what a label opened', () => {
    expect(normalForm('project.discipline', '）临床内科学')).toBe('临床内科学')
    expect(normalForm('unit.name', '(北京)云岭医院')).toBe('（北京）云岭医院')
  })

  it('sets a rank apart from a title, and leaves a title that begins like a rank', () => {
    expect(normalForm('leader.title', '正高级教授')).toBe('正高级 教授')
    expect(normalForm('teachers[3].title', '正高级 教授')).toBe('正高级 教授')
    expect(normalForm('leader.title', '正高级教师')).toBe('正高级教师')
    expect(normalForm('leader.title', '主任 医师')).toBe('主任医师')
  })

  it('drops a sign before the first word', () => {
    expect(normalForm('project.name', '；新生儿早期基本保健')).toBe('新生儿早期基本保健')
    expect(normalForm('leader.phone', '；13900247290')).toBe('13900247290')
  })

  it('leaves codes alone and writes numbers of projects half-width', () => {
    expect(normalForm('leader.history[0].number', '2022-03-01-118 （省）')).toBe('2022-03-01-118(省)')
    expect(normalForm('leader.email', 'ke.jiao@chenghu.example')).toBe('ke.jiao@chenghu.example')
    expect(normalForm('unit.phone', '010-5550 1234 转 8')).toBe('010-5550 1234 转 8')
  })
})

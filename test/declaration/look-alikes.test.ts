import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { readAddress } from '../../src/declaration/values/email.ts'
import { areLookAlikes } from '../../src/declaration/values/look-alikes.ts'
import { build } from './build.ts'

const form = (leader: string, first: string, second: string, confidence = 0.97) =>
  extractDeclaration([
    build(
      [
        [['项目负责人姓名', leader]],
        [
          ['讲授题目', '授课教师', '职称', '所在单位', '学时'],
          ['慢性伤口的评估', first, '主任医师', '北京云岭医院', '2'],
          ['负压治疗', second, '主任医师', '北京云岭医院', '2'],
        ],
      ],
      { source: confidence === 1 ? 'text' : 'ocr', confidence },
    ),
  ])

describe('look-alike characters in names on a scan', () => {
  it('are settled by what names have, and the raw reading stays', () => {
    const { declaration, fields } = form('苏映睛', '苏映晴', '林知远')
    expect(declaration.leader?.name).toBe('苏映晴')
    expect(fields['leader.name']).toMatchObject({ raw: '苏映睛', repaired: true })
  })

  it('are settled by the places that have one of them', () => {
    expect(form('杨千里', '杨干里', '杨千里', 0.9).declaration.teachers?.[0]?.name).toBe('杨千里')
  })

  it('are doubted where nothing settles them', () => {
    const { declaration, fields } = form('杨千里', '杨干里', '林知远', 0.9)
    expect(declaration.leader?.name).toBe('杨千里')
    expect(declaration.teachers?.[0]?.name).toBe('杨干里')
    expect(fields['leader.name']?.confidence).toBeLessThan(0.8)
    expect(fields['teachers[0].name']?.confidence).toBeLessThan(0.8)
  })

  it('are doubted where one that no name has stands alone', () => {
    expect(form('苏映睛', '林知远', '林知远').fields['leader.name']?.confidence).toBeLessThan(0.8)
  })

  it('may be two people’s when both were read surely', () => {
    const { declaration, fields } = form('林知远', '沈若午', '沈若牛', 0.98)
    expect(declaration.teachers?.map(({ name }) => name)).toEqual(['沈若午', '沈若牛'])
    expect(fields['teachers[0].name']?.confidence).toBeGreaterThan(0.9)
  })

  it('stay as they were typed in text', () => {
    expect(form('苏映睛', '苏映晴', '林知远', 1).declaration.leader?.name).toBe('苏映睛')
  })

  it('are told from other characters', () => {
    expect(areLookAlikes('苏映睛', '苏映晴')).toBe(true)
    expect(areLookAlikes('北京云岭医院（东坝院β）', '北京云岭医院（东坝院区）')).toBe(true)
    expect(areLookAlikes('林知远', '林知达')).toBe(false)
    expect(areLookAlikes('未', '末')).toBe(false)
  })
})

describe('an e-mail address', () => {
  it.each([
    ['zhang_san@l63.c0m', 'zhang_san@163.com'],
    ['lisi@qq.corn', 'lisi@qq.com'],
    ['wangwu©126.com', 'wangwu@126.com'],
    ['ｗａｎｇ＠１６３．ｃｏｍ', 'wang@163.com'],
    ['chen.w@huaiyin-hosp.c0m', 'chen.w@huaiyin-hosp.com'],
    ['jiaoyuchu@xiehe.edu.en', 'jiaoyuchu@xiehe.edu.cn'],
    ['office@yuanling.evamplc', 'office@yuanling.example'],
    ['ke,jiao@xiehe.org', 'kejiao@xiehe.org'],
    ['office@shcngjing.org', 'office@shengjing.org'],
  ])('%s on a scan is %s', (read, meant) => {
    expect(readAddress(read, true).value).toBe(meant)
  })

  it('keeps a host of its own, and text as it was typed', () => {
    for (const own of [
      'ying.cw@pubin-fy.cn',
      'a@cmu.edu.cn',
      'office@shcdc.org.cn',
      'office@redcross.org',
      'a@hospital.zz',
    ])
      expect(readAddress(own, true)).toEqual({ value: own })
    expect(readAddress('lisi@qq.corn', false)).toEqual({ value: 'lisi@qq.corn' })
  })

  it('is doubted where a digit among letters may be a letter', () => {
    expect(readAddress('zhang1in@163.com', true)).toEqual({ value: 'zhang1in@163.com', certainty: 0.75 })
    expect(readAddress('zhanglin01@163.com', true)).toEqual({ value: 'zhanglin01@163.com' })
  })

  it('is doubted where a comma or a host spelt out in pinyin was mended', () => {
    expect(readAddress('ke,jiao@xiehe.org', true).certainty).toBe(0.75)
    expect(readAddress('li,si@xiehe.org', true)).toEqual({ value: 'li,si@xiehe.org', certainty: 0.75 })
    expect(readAddress('office@shcngjing.org', true).certainty).toBe(0.75)
  })

  it('is unreadable on a scan without its sign', () => {
    expect(readAddress('lisi163.com', true).value).toBeUndefined()
  })
})

it('takes letters within a telephone number of a scan for the digits they look like', () => {
  const phone = (text: string) =>
    extractDeclaration([build([[['单位联系电话', text]]], { source: 'ocr', confidence: 0.97 })]).declaration.unit?.phone
  expect(phone('010-555O1l34')).toBe('010-55501134')
})

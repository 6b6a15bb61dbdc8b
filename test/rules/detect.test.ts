import { describe, expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { detectPack } from '../../src/rules/engine/detect.ts'
import type { FormInput } from '../../src/rules/engine/form.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'

const all = loadPacks(packSourceFromFolder('rules'))
const municipal = all.packs.get('beijing-2025-municipal')
if (!municipal) throw new Error('no pack')
/** Alone, so that another pack's better fit hides no false one. */
const packs = { packs: new Map([['beijing-2025-municipal', municipal]]) }

const detect = (text: string, declaration: FormInput['declaration'] = {}) => {
  const found = detectPack(packs, { text, declaration })
  return 'pack' in found ? found.pack : found.reason
}

const COVER = `项目名称：早期胃癌内镜诊断规范化培训班
所在学科(二、三级学科)：临床内科学-消化病学
项目负责人：沈予安
申办单位(盖章)：北京云岭医院
申报日期：2024-11-20`

const BODY = `项目类型选择
传染病防治知识类项目 □是 ☑否
京津冀互认项目 □是 ☑否
一、项目负责人 姓名 沈予安 性别 女 是否在职(岗) ☑是 □否
是否参与项目授课 ☑是 □否`

const ours = { project: { level: 'provincial', year: 2025 } } as const

describe('the municipal form of 2025 is recognised', () => {
  test.each([
    ['2025年北京市级继续医学教育推荐项目\n申报书'],
    ['2025年北京市级继续医学教育推荐项目\n申报表'],
    ['2025年北京市级继续医学教育推荐项目申报书'],
    ['北京市级继续医学教育推荐项目申报书(2025年)'],
    ['北京市级继续医学教育推荐项目\n申报书\n（2025 年）'],
    ['2025 年北京市级\n继续医学教育推荐项目\n申 报 书'],
    ['２０２５年北京市级继续医学教育项目申报表'],
    ['北京市2025年市级继续医学教育项目申报书'],
    ['附件1\n申请代码：\n2025年北京市级继续医学教育推荐项目\n申报书'],
    ['2 0 2 5 年 北 京 市 级 继 续 医 学 教 育 推 荐 项 目\n申 报 书'],
    ['2025年北京巿级维续医学教肓推荐项目\n申报书'],
    ['2025年北京市级继续医\n学教育推荐项目申报书'],
  ])('%s', (title) => {
    expect(detect(`${title}\n${COVER}\n${BODY}`, ours)).toBe('beijing-2025-municipal')
    expect(detect(`${title}\n${COVER}`)).toBe('beijing-2025-municipal')
  })

  test('when the page with the title comes last', () => {
    const pages = Array.from({ length: 40 }, (_, line) => `第${line}行：讲授内容与教学安排`).join('\n')
    expect(detect(`${pages}\n${BODY}\n2025年北京市级继续医学教育推荐项目\n申报书\n${COVER}`, ours)).toBe(
      'beijing-2025-municipal',
    )
  })

  test('when the leader has led projects elsewhere', () => {
    const experience =
      '近三年主持上海市级继续医学教育项目1项、国家级继续医学教育项目2项，参加2024年北京市级继续医学教育项目授课。'
    expect(detect(`2025年北京市级继续医学教育推荐项目\n申报书\n${COVER}\n${BODY}\n${experience}`, ours)).toBe(
      'beijing-2025-municipal',
    )
  })
})

describe('another form is not taken for it', () => {
  const BEIJING_PROSE =
    '工作经历：2016年起任科主任，曾主持2023年北京市级继续医学教育推荐项目并参与京津冀互认项目的申报与执行，学员反映良好。'

  test.each([
    ['the national form', '附件2\n申请代码：\n继续医学教育推荐项目申报书\n(2025年)', { level: 'national', year: 2025 }],
    ['the national form, level not read', '附件2\n申请代码：\n继续医学教育推荐项目申报书\n(2025年)', {}],
    ['the national form with its level', '国家级继续医学教育推荐项目\n申报书\n(2025年)', {}],
    ['the national form put forward by Beijing', '2025年北京市推荐国家级继续医学教育项目申报表', {}],
    ['Shanghai', '2025年上海市级继续医学教育推荐项目\n申报表', { level: 'provincial', year: 2025 }],
    ['Wenzhou', '温州市继续医学教育培训项目\n申报表\n(2025年)', { level: 'city', year: 2025 }],
    ['Hunan', '湖南省省级继续医学教育项目\n申报表\n(2021年)', { level: 'provincial', year: 2021 }],
    ['Hunan, filing', '湖南省省级继续医学教育项目\n备案表', {}],
    ['Hebei', '2025年河北省省级继续医学教育项目\n申报书', { level: 'provincial', year: 2025 }],
    ['Tianjin', '2025年天津市级继续医学教育推荐项目\n申报书', { level: 'provincial', year: 2025 }],
    ['an unknown province', '某省2025年省级继续医学教育项目申报书', { level: 'provincial', year: 2025 }],
    ['a district of Beijing', '2025年北京市栖山区区级继续医学教育项目申报书', {}],
    ['another programme of Beijing', '北京市卫生健康科技成果和适宜技术推广项目申报书(2025年)', {}],
    ['no title at all', '', {}],
  ])('%s', (_name, title, project: object) => {
    const found = detect(`${title}\n${COVER}\n${BODY}\n${BEIJING_PROSE}`, { project })
    expect(found).toMatch(/请指定/)
  })

  test.each([
    ['2024年北京市级继续医学教育推荐项目\n申报书', 2024],
    ['2026年北京市级继续医学教育推荐项目\n申报书', 2026],
    ['北京市级继续医学教育推荐项目申报书\n（2024年）', 2024],
    ['北京市级继续医学教育推荐项目申报书(2027年)', undefined],
    ['2023年北京市级继续医学教育推荐项目\n申报表', undefined],
  ])('of another year: %s', (title, year) => {
    const project = { level: 'provincial' as const, ...(year === undefined ? {} : { year }) }
    expect(detect(`${title}\n${COVER}\n${BODY}`, { project })).toMatch(/请指定/)
  })

  test('without a year, an application of another year', () => {
    const text = `北京市级继续医学教育推荐项目\n申报书\n${COVER}\n${BODY}`
    expect(detect(text, { cover: { date: '2024-11-20' } })).toBe('beijing-2025-municipal')
    expect(detect(text, { cover: { date: '2022-11-20' } })).toMatch(/年度、级别或地区不符/)
  })
})

test.each([
  ['2025年上海市级继续医学教育推荐项目\n申报表', {}, '没有与标题“2025年上海市级继续医学教育推荐项目申报表”'],
  ['2026年北京市级继续医学教育推荐项目申报书', { year: 2026 }, '“2026年北京市级继续医学教育推荐项目申报书”'],
  ['北京市级继续医学教育推荐项目申报书', { year: 2026 }, '相近，但年度、级别或地区不符'],
  ['', {}, '申报书中未见足以确定规则包的标题'],
])('the reason names the title: %s', (title, project, reason) => {
  expect(detect(`${title}\n${COVER}`, { project })).toContain(reason)
})

describe('a record without a document', () => {
  const record = (name: string, project: object = ours.project) => detect('', { unit: { name }, project })

  test.each([
    '北京云岭医院',
    '首都医科大学附属北京澄湖医院',
    '中国医学科学院北京澄湖医院',
    '北京市栖山区疾病预防控制中心',
  ])('of a unit in Beijing: %s', (name) => {
    expect(record(name)).toBe('beijing-2025-municipal')
  })

  test.each([
    ['a unit that names no place', '京北医科大学', ours.project],
    ['a branch elsewhere', '北京大学深圳医院', ours.project],
    ['a unit elsewhere', '上海市沪塘医院', ours.project],
    ['another year', '北京云岭医院', { level: 'provincial', year: 2024 }],
    ['another level', '北京云岭医院', { level: 'national', year: 2025 }],
    ['no year', '北京云岭医院', { level: 'provincial' }],
    ['no level', '北京云岭医院', { year: 2025 }],
    ['no unit', '', ours.project],
  ])('not of %s', (_name, unit, project) => {
    expect(record(unit, project)).toMatch(/数据中的级别、年度和申报单位所在地不足以确定规则包/)
  })
})

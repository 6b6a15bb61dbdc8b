import { expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { detectPack } from '../../src/rules/engine/detect.ts'
import type { FormInput } from '../../src/rules/engine/form.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'

const packs = loadPacks(packSourceFromFolder('rules'))

/** `null`: no pack, the caller must name one. */
const detect = (text: string, declaration: FormInput['declaration'] = {}) => {
  const found = detectPack(packs, { text, declaration })
  return 'pack' in found ? found.pack : null
}

const body = (unit: string) => `项目名称 心力衰竭全程管理学习班
所在学科 临床内科学-心血管病学
项目负责人 顾承泽
申报单位 ${unit}
申报日期 2024-11-20`

const NATIONAL = 'beijing-2025-national'
const national = { level: 'national', year: 2025 } as const

test.each([
  ['as printed', '附件2\n申请代码：\n继续医学教育推荐项目申报书\n(2025年)', '北京澄湖医院'],
  ['the year before', '2025年国家级继续医学教育推荐项目\n申报书', '北京澄湖医院'],
  ['a declaration table', '2025年国家级继续医学教育项目\n申报表', '首都医科大学附属北京澄湖医院'],
  ['named by the city that puts it forward', '2025年北京市推荐国家级继续医学教育项目申报表', '北京澄湖医院'],
  ['a character misread', '国家级维续医学教育推荐项目\n申报书\n（2025 年）', '北京澄湖医院'],
])('the national form of a unit in Beijing: %s', (_name, title, unit) => {
  expect(detect(`${title}\n${body(unit)}`, { project: national, unit: { name: unit } })).toBe(NATIONAL)
})

test('the history of earlier years does not make it a form of another year', () => {
  const history = '2022年继续医学教育项目申报情况: 国家级 ☑ 省级 □ , 是否执行: 是 ☑ 否 □ 。'
  const text = `继续医学教育推荐项目申报书\n(2025年)\n${body('北京澄湖医院')}\n${history}`
  expect(detect(text, { project: national })).toBe(NATIONAL)
})

test('a unit whose name holds no place is known by the address', () => {
  const text = `国家级继续医学教育推荐项目申报书(2025年)\n${body('京北医科大学')}\n通讯地址 北京市栖山区学院路2号`
  const leader = { address: '北京市栖山区学院路2号' }
  expect(detect(text, { project: national, unit: { name: '京北医科大学' }, leader })).toBe(NATIONAL)
  const district = `${text}\n北京市通州区`
  expect(detect(district, { project: national, leader: { address: '通州区新华大街8号' } })).toBe(NATIONAL)
})

test.each([
  ['a unit of another city', '湘洲市第一人民医院', {}],
  ['a unit of another province, with a teacher from Beijing', '湖南云麓医院', {}],
  ['an address elsewhere', '云麓医科大学', { address: '湖南省湘洲市洲头路9号' }],
])('the same form from elsewhere is not Beijing’s: %s', (_name, unit, leader) => {
  const text = `继续医学教育推荐项目申报书\n(2025年)\n${body(unit)}\n授课教师 顾承泽 北京澄湖医院`
  expect(detect(text, { project: national, unit: { name: unit }, leader })).toBeNull()
})

test.each([
  ['another year', '国家级继续医学教育推荐项目申报书\n(2024年)', { level: 'national', year: 2024 } as const],
  ['another year, only in the title', '2026年国家级继续医学教育推荐项目申报书', { level: 'national' } as const],
  ['Chinese medicine', '2025年国家级中医药继续医学教育项目申报书', national],
  ['a district', '2025年北京市栖山区区级继续医学教育项目申报书', { level: 'city', year: 2025 } as const],
])('no national form of 2025: %s', (_name, title, project) => {
  expect(detect(`${title}\n${body('北京澄湖医院')}`, { project, unit: { name: '北京澄湖医院' } })).toBeNull()
})

test('the municipal form of Beijing stays municipal', () => {
  const text = `2025年北京市级继续医学教育推荐项目\n申报书\n${body('北京澄湖医院')}`
  expect(detect(text, { project: { level: 'provincial', year: 2025 } })).toBe('beijing-2025-municipal')
  expect(detect(text)).toBe('beijing-2025-municipal')
})

test('Beijing’s level under the title of the form', () => {
  const project = { level: 'provincial', year: 2025 } as const
  const text = `继续医学教育推荐项目申报书\n（2025年度·北京市级）\n${body('北京澄湖医院')}`
  expect(detect(text, { project })).toBe('beijing-2025-municipal')
})

test.each([
  '2025年上海市级继续医学教育推荐项目\n申报表',
  '2025年上海市级继续医学教育推荐项目\n申报书',
  '上海市级继续医学教育推荐项目申报表（2025年）',
  '2025年上海巿级继续医学教肓推荐项目\n申报表',
  '上海市2025年市级继续医学教育项目申报表',
  '继续医学教育推荐项目申报书\n（2025年 上海市级）',
])('the municipal form of Shanghai: %s', (title) => {
  const project = { level: 'provincial', year: 2025 } as const
  expect(detect(`${title}\n${body('上海市沪塘医院')}`, { project })).toBe('shanghai-2025-municipal')
})

test.each([
  ['another year', '2024年上海市级继续医学教育推荐项目\n申报表', { level: 'provincial', year: 2024 } as const],
  ['a district', '2025年上海市沪塘区级继续医学教育项目申报表', { level: 'city', year: 2025 } as const],
  ['Chinese medicine', '2025年上海市级中医药继续医学教育项目申报表', { level: 'provincial', year: 2025 } as const],
  ['the national form', '国家级继续医学教育推荐项目申报书(2025年)', national],
])('no municipal form of Shanghai: %s', (_name, title, project) => {
  expect(detect(`${title}\n${body('上海市沪塘医院')}`, { project, unit: { name: '上海市沪塘医院' } })).toBeNull()
})

test('records tell their pack by level, year and the unit’s place', () => {
  const record = (name: string, level: 'national' | 'provincial', year = 2025) =>
    detect('', { unit: { name }, project: { level, year } })
  expect(record('北京澄湖医院', 'national')).toBe(NATIONAL)
  expect(record('北京澄湖医院', 'provincial')).toBe('beijing-2025-municipal')
  expect(record('上海市沪塘医院', 'provincial')).toBe('shanghai-2025-municipal')
  expect(record('上海市沪塘医院', 'national')).toBeNull()
  expect(record('北京澄湖医院', 'national', 2024)).toBeNull()
})

import { describe, expect, test } from 'vitest'
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

const body = (unit: string, date: string) => `项目名称 基层慢阻肺规范化管理培训班
所在学科 临床内科学-呼吸病学
项目负责人 林知远
主办单位（公章） ${unit}
申报日期 ${date}`

const INSTRUCTIONS =
  '填表说明\n1. 本表用于申报省级继续医学教育项目，每个项目不超过10学分，授课教师应具有副高级以上职称。'

describe('Wenzhou', () => {
  const city = { level: 'city', year: 2025 } as const
  test.each([
    '温州市继续医学教育培训项目\n申报表\n(2025年)',
    '2025年温州市继续医学教育项目申报书',
    '2025年温州市市级继续医学教育培训项目\n申 报 表',
    '温州市2025年度继续医学教育培训项目申报表',
    '温州巿继续医学教肓培训项目\n申报表\n（2025 年）',
    '市级继续医学教育项目申报表\n(2025年)',
  ])('%s', (title) => {
    const text = `${title}\n${body('温州市瓯澜医院', '2025-02-20')}\n${INSTRUCTIONS}`
    expect(detect(text, { project: city, unit: { name: '温州市瓯澜医院' } })).toBe('wenzhou-2025-city')
    expect(detect(text)).toBe('wenzhou-2025-city')
  })

  test('without a year, by the date of application', () => {
    const text = `温州市继续医学教育培训项目\n申报表\n${body('温州市瓯澜医院', '2025-02-20')}`
    expect(detect(text, { cover: { date: '2025-02-20' } })).toBe('wenzhou-2025-city')
    expect(detect(text, { cover: { date: '2024-02-20' } })).toBeNull()
  })

  test.each([
    ['the province’s form', '浙江省继续医学教育项目申报表\n(2025年)', { level: 'provincial', year: 2025 } as const],
    ['the national form', '国家级继续医学教育推荐项目申报书(2025年)', { level: 'national', year: 2025 } as const],
    ['another year', '温州市继续医学教育培训项目\n申报表\n(2024年)', { level: 'city', year: 2024 } as const],
    ['another city', '杭州市继续医学教育项目\n申报表\n(2025年)', city],
  ])('not %s', (_name, title, project) => {
    expect(detect(`${title}\n${body('温州市瓯澜医院', '2025-02-20')}`, { project })).toBeNull()
  })
})

describe('Hunan', () => {
  const PROVINCIAL = 'hunan-2021-provincial'
  const NATIONAL = 'hunan-2021-national'
  const issuer = '湖南省继续医学教育委员会办公室制'

  test.each([
    '湖南省省级继续医学教育项目\n申报表\n(2021年)',
    '湖南省省级继续医学教育项目\n备案表\n(2021年)',
    '2021年湖南省省级继续医学教育项目申报书',
    '2021年度湖南省继续医学教育项目备案申请表',
    '湖南省2021年省级继续医学教育备案项目\n申报表',
    '省级继续医学教育项目\n申报表\n（2021 年）',
  ])('provincial: %s', (title) => {
    const project = { level: 'provincial', year: 2021 } as const
    const text = `${title}\n${body('湘洲市第一人民医院', '2020-11-12')}\n${issuer}`
    expect(detect(text, { project, unit: { name: '湘洲市第一人民医院' } })).toBe(PROVINCIAL)
  })

  test.each([
    '2021年国家级继续医学教育项目\n申报表',
    '2021年国家级继续医学教育项目\n备案表',
    '国家级继续医学教育项目申报表（2021年）',
    '国家级继续医学教育项目备案表\n2021年',
  ])('national: %s', (title) => {
    const project = { level: 'national', year: 2021 } as const
    const text = `${title}\n${body('湖南云麓医院', '2020-08-25')}`
    expect(detect(text, { project, unit: { name: '湖南云麓医院' } })).toBe(NATIONAL)
  })

  test.each([
    ['the neighbour’s form', '湖北省省级继续医学教育项目\n申报表\n(2021年)', '武陵医院', 'provincial', 2021],
    ['another year', '湖南省省级继续医学教育项目\n申报表\n(2023年)', '湖南云麓医院', 'provincial', 2023],
    ['a city of Hunan', '湖南省长沙市市级继续医学教育项目\n申报表\n(2021年)', '湖南云麓医院', 'city', 2021],
    ['a national form of 2025', '国家级继续医学教育推荐项目申报书(2025年)', '湖南云麓医院', 'national', 2025],
    ['a national form from another province', '2021年国家级继续医学教育项目申报表', '广东岭南医院', 'national', 2021],
  ] as const)('not %s', (_name, title, unit, level, year) => {
    const text = `${title}\n${body(unit, '2020-11-12')}\n授课教师 江听澜 湖南云麓医院`
    expect(detect(text, { project: { level, year }, unit: { name: unit } })).toBeNull()
  })
})

test('records tell their pack by level, year and the unit’s place', () => {
  const record = (name: string, level: 'national' | 'provincial' | 'city', year: number) =>
    detect('', { unit: { name }, project: { level, year } })
  expect(record('温州市瓯澜医院', 'city', 2025)).toBe('wenzhou-2025-city')
  expect(record('温州市瓯澜医院', 'provincial', 2025)).toBeNull()
  expect(record('湖南云麓医院', 'provincial', 2021)).toBe('hunan-2021-provincial')
  expect(record('湖南云麓医院', 'national', 2021)).toBe('hunan-2021-national')
  expect(record('湖南云麓医院', 'national', 2025)).toBeNull()
})

describe('the place in brackets behind the title', () => {
  test.each([
    ['2021年省级继续医学教育项目申报表\n（湖南省）', 'hunan-2021-provincial', { level: 'provincial', year: 2021 }],
    ['省级继续医学教育项目备案表（湖南）\n（2021年度）', 'hunan-2021-provincial', { level: 'provincial', year: 2021 }],
    ['2025年市级继续医学教育推荐项目申报书（北京市）', 'beijing-2025-municipal', { level: 'provincial', year: 2025 }],
    [
      '2025年市级继续医学教育推荐项目\n申报表\n（上海市）',
      'shanghai-2025-municipal',
      { level: 'provincial', year: 2025 },
    ],
    ['2025年市级继续医学教育培训项目申报表（温州市）', 'wenzhou-2025-city', { level: 'city', year: 2025 }],
  ] as const)('%s', (title, pack, project) => {
    const text = `${title}\n${body('云麓康宁医院', '2025-01-20')}`
    expect(detect(text, { project, unit: { name: '云麓康宁医院' } })).toBe(pack)
  })

  test('of another year is still none', () => {
    expect(detect(`2023年省级继续医学教育项目申报表\n（湖南省）\n${body('云麓康宁医院', '2022-11-20')}`)).toBeNull()
  })
})

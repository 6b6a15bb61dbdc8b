import { describe, expect, test } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build } from './build.ts'

const cover = (unit: string) =>
  build(
    [
      '继续医学教育推荐项目申报书',
      '(2025年)',
      '项目名称：心力衰竭全程管理学习班',
      '所在学科：临床内科学',
      '项目负责人：顾承泽',
      `${unit}：北京澄湖医院`,
      '申报日期：2024-11-20',
      null,
      '第二页',
    ],
    { source: 'ocr', paper: true },
  )

test.each(['申办单位(盖章)', '申报单位（公章）', '申报单位（加盖公章）'])(
  'a cover that asks for a seal and bears none: %s',
  (unit) => {
    expect(extractDeclaration([cover(unit)]).declaration.cover?.sealed).toBe(false)
  },
)

test('a cover that prints no place for a seal lacks none', () => {
  expect(extractDeclaration([cover('申报单位')]).declaration.cover).not.toHaveProperty('sealed')
})

test('a seal on a cover without a place for it is seen', () => {
  const document = cover('申报单位')
  document.pages[0]?.seals.push({ box: { x: 200, y: 150, width: 100, height: 100 }, confidence: 0.9 })
  expect(extractDeclaration([document]).declaration.cover?.sealed).toBe(true)
})

test('whether a scan without colour bears a red seal is left open', () => {
  const document = cover('申办单位(盖章)')
  for (const page of document.pages) page.colourless = true
  const { declaration, fields } = extractDeclaration([document])
  expect(declaration.cover).not.toHaveProperty('sealed')
  expect(fields['cover.sealed']?.confidence).toBeLessThan(0.5)
})

describe('the seal under the unit’s opinion', () => {
  const opinions = (sealed: 'unit' | 'higher' | 'none') => {
    const document = build(
      [
        '继续医学教育项目申报表',
        [
          ['申办单位意见', '情况属实，同意申报。\n\n（单位公章）\n2020年8月26日'],
          ['省级卫生健康行政部门意见', '\n\n（单位公章）\n年月日'],
        ],
      ],
      { source: 'ocr', paper: true },
    )
    const [page] = document.pages
    const cells = page?.blocks.flatMap((block) => (block.kind === 'table' ? block.table.cells : [])) ?? []
    const cell = cells.filter(({ column }) => column === 1)[sealed === 'unit' ? 0 : 1]?.box
    if (cell && sealed !== 'none')
      page?.seals.push({ box: { x: cell.x + 40, y: cell.y + 4, width: 70, height: 70 }, confidence: 0.95 })
    return extractDeclaration([document])
  }

  test('is there', () => {
    expect(opinions('unit').declaration.unitOpinion?.sealed).toBe(true)
  })

  test('is surely not there where the page has no seal', () => {
    const { declaration, fields } = opinions('none')
    expect(declaration.unitOpinion?.sealed).toBe(false)
    expect(fields['unitOpinion.sealed']?.confidence).toBeGreaterThanOrEqual(0.8)
  })

  test('may be the one seen in the cell beside it: cells of a leaning page may be misread', () => {
    const { declaration, fields } = opinions('higher')
    expect(declaration.unitOpinion?.sealed).toBe(false)
    expect(fields['unitOpinion.sealed']?.confidence).toBeLessThan(0.8)
  })
})

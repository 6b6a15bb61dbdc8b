import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/documents/model.ts'
import { textOf } from '../../src/documents/text.ts'
import { put, readFirst, ruled, SONG, textsOf, writePdf } from './pdf-bytes.ts'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../fixtures/pdf/${name}`, import.meta.url)))
const tablesOf = (page: Page) =>
  page.blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.table.cells.map(
            (c) => `${c.row},${c.column},${c.rowSpan},${c.columnSpan} ${c.lines.map(textOf).join('/')}`,
          ),
        ]
      : [],
  )

describe('tables of a PDF page', () => {
  it('reads lines, bars and stroked rectangles alike', async () => {
    const lines = ruled([100, 200, 300], [700, 670])
    const bars = '100 600 200 .5 re 100 570 200 .5 re 100 570 .5 30 re 200 570 .5 30 re 300 570 .5 30 re f'
    const rectangles = '100 470 100 30 re S 200 470 100 30 re S'
    const words = [680, 580, 480].map((y) => put('左', 110, y) + put('右', 210, y)).join('')
    const page = await readFirst(writePdf({ ...SONG, content: `${lines} ${bars} ${rectangles} ${words}` }))
    expect(tablesOf(page)).toEqual(Array.from({ length: 3 }, () => ['0,0,1,1 左', '0,1,1,1 右']))
  })

  it('follows transforms and ignores white and invisible lines', async () => {
    const scaled = `q 0.5 0 0 0.5 50 350 cm ${ruled([100, 300, 500], [700, 640])} Q`
    const white = '1 G 120 670 m 120 700 l S 0 G'
    const page = await readFirst(
      writePdf({ ...SONG, content: `${scaled}${white}${put('左', 110, 678)}${put('右', 210, 678)}` }),
    )
    expect(tablesOf(page)).toEqual([['0,0,1,1 左', '0,1,1,1 右']])
  })

  it('cuts a text that the producer drew across a border', async () => {
    const content = `${ruled([100, 200, 300], [700, 670])}BT /F1 12 Tf 1 0 0 1 110 680 Tm [<59d3540d> -6500 <6027522b>] TJ ET`
    expect(tablesOf(await readFirst(writePdf({ ...SONG, content })))).toEqual([['0,0,1,1 姓名', '0,1,1,1 性别']])
  })

  it('finds merged cells both ways and tables without an outer border as a browser prints them', async () => {
    expect(tablesOf(await readFirst(await fixture('chromium-boxes.pdf'))).slice(0, 2)).toEqual([
      ['0,0,2,1 合并行', '0,1,1,2 合并列', '1,1,1,1 甲', '1,2,1,1 乙', '2,0,2,2 大格', '2,2,1,1 丙', '3,2,1,1 丁'],
      ['0,0,1,1 项目名称', '0,1,1,1 心力衰竭学习班', '1,0,1,1 举办地点', '1,1,1,1 北京'],
    ])
  })

  it('finds the cells of an office program', async () => {
    const page = await readFirst(await fixture('libreoffice-form.pdf'))
    expect(tablesOf(page)[0]?.slice(0, 4)).toEqual([
      '0,0,1,1 项　目　名　称',
      '0,1,1,3 围手术期抗菌药物合理使用学习班',
      '1,0,2,1 项目负责人',
      '1,1,1,1 林知远',
    ])
    const first = page.blocks[0]
    expect(first?.kind === 'line' && first.line.spans.some((span) => span.underlined)).toBe(true)
  })

  it('puts lines above, between and below tables in reading order', async () => {
    const content = `${put('标题', 100, 750)}${ruled([100, 300], [700, 670])}${put('格', 110, 680)}${put('小节', 100, 640)}${ruled([100, 300], [620, 590])}${put('格二', 110, 600)}${put('1', 300, 20)}`
    expect(textsOf(await readFirst(writePdf({ ...SONG, content })))).toEqual(['标题', '格', '小节', '格二', '1'])
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Page, Raster } from '../../src/documents/model.ts'
import { turnRaster } from '../../src/documents/ocr/raster.ts'
import { readRaster } from '../../src/documents/ocr/read-raster.ts'
import { textOf } from '../../src/documents/text.ts'
import { createImages } from '../../src/platform/node/images.ts'
import { createNativePpocr } from '../../src/platform/node/ocr/ppocr.ts'

const ocr = createNativePpocr()
const decode = (name: string) =>
  createImages().decode(readFileSync(new URL(`../fixtures/ocr/${name}`, import.meta.url)), 0)
const read = (raster: Raster) => readRaster(raster, { ocr })

/** Rows of each table, cells by their lines. */
function tablesOf(page: Pick<Page, 'blocks'>): string[][][] {
  return page.blocks.flatMap((block) => {
    if (block.kind !== 'table') return []
    const { rows, cells } = block.table
    const row = (index: number) =>
      cells.filter((cell) => cell.row === index).map((cell) => cell.lines.map(textOf).join('/'))
    return [Array.from({ length: rows }, (_, index) => row(index))]
  })
}

const FORM = [
  ['项目名称', '基层口腔医学适宜技术培训班'],
  ['申报单位', '北京澄湖医院', '项目性质', '☑新申报☐备案'],
  ['是否在职', '是√否', '教学总时长', '6'],
  ['传染病项目', '☐是☑否', '举办方式', '☑面授☐远程☑混合'],
]

describe('scanned pages, read by the true engine', () => {
  it('a form: tables, merged cells, lone digits, every style of checkbox, and 口 and 回 that are text', async () => {
    const page = await read(await decode('form.png'))
    const [form, teachers] = tablesOf(page)
    expect(form).toEqual(FORM)
    expect(teachers?.map((row) => row.slice(-4))).toEqual([
      ['姓名', '职称', '授课内容', '学时'],
      ['林知远', '主任医师', '口腔出口与回顾', '2'],
      ['苏映晴', '副主任医师', '龋病早期识别', '4'],
    ])
    expect(page.blocks[0]).toMatchObject({ kind: 'line' })
    expect(page.engine).toBe('ppocr-v4')
    expect(page.confidence).toBeGreaterThan(0.97)
    expect([page.seals, page.handwriting]).toEqual([[], []])
  })

  it('stands as it is when it is upright, however long its lines are', async () => {
    const page = await read(await decode('long-lines-upright.jpg'))
    expect(page.turn).toBeUndefined()
    expect(page.confidence).toBeGreaterThan(0.95)
  })

  it('the same form lying on its side', async () => {
    const page = await read(turnRaster(await decode('form.png'), 270))
    expect(page.turn).toBe(90)
    expect(page.width).toBeGreaterThan(page.height)
    expect(tablesOf(page)[0]).toEqual(FORM)
  })

  it('a leaning, noisy page with a seal over print and a signature', async () => {
    const page = await read(await decode('sealed.jpg'))
    const [rows] = tablesOf(page)
    expect(rows?.map(([label]) => label)).toEqual(['申报单位意见', '负责人签字', '联系电话'])
    expect(rows?.[0]?.[1]).toMatch(/^情况属实，同意申报。/)
    expect(rows?.[0]?.[1]).toMatch(/2024年11月20日$/)
    expect(rows?.[2]?.[1]).toBe('010-55501234')
    expect(page.seals).toHaveLength(1)
    const [seal] = page.seals
    // Drawn at 138–180 mm from the left and 22–64 mm from the top, before the page was turned by 1.7°.
    expect(Math.abs((seal?.box.width ?? 0) - 113)).toBeLessThan(5)
    expect(Math.abs((seal?.box.x ?? 0) - 403)).toBeLessThan(5)
    expect(page.handwriting).toHaveLength(1)
    expect(page.handwriting[0]?.area).toBeGreaterThan(20)
  })

  it('a fax: 1 bit a pixel; a thin tick is left to a person, never called empty', async () => {
    const page = await read(await decode('fax.png'))
    expect(tablesOf(page)[0]?.[0]).toEqual(FORM[0])
    const ticked = page.checkboxes.filter(({ box }) => box.x > 385 && box.x < 400 && box.y < 120)
    expect(ticked).toHaveLength(1)
    expect(ticked[0]?.checked).not.toBe(false)
  })

  it('an empty page has nothing on it', async () => {
    const blank: Raster = {
      width: 1654,
      height: 2339,
      channels: 3,
      data: new Uint8Array(1654 * 2339 * 3).fill(250),
      dpi: null,
    }
    const page = await read(blank)
    expect(page).toMatchObject({ blocks: [], seals: [], handwriting: [], checkboxes: [], confidence: 1 })
    expect(page.width).toBeCloseTo(595, 0)
  })
})

import JSZip from 'jszip'
import { describe, expect, it } from 'vitest'
import { MEDIA_TYPES, type Page } from '../../src/documents/model.ts'
import { inProcessReader } from '../../src/documents/read.ts'
import { openWorkbook } from '../../src/documents/sheet/open-workbook.ts'
import { textOf } from '../../src/documents/text.ts'
import type { Problem } from '../../src/problem.ts'
import { workbookOf } from '../summary/sheets.ts'
import { makeCompoundFile } from './making/compound-file.ts'

const reader = inProcessReader({ resources: { load: () => Promise.reject(new Error('not asked for')) } })
const open = (bytes: Uint8Array, name = '汇总表.xlsx') => reader.open({ name, bytes })

const cellsOf = (page: Page | null | undefined) =>
  (page?.blocks ?? []).flatMap((block) => (block.kind === 'table' ? block.table.cells : []))
const textAt = (page: Page | null | undefined, place: string) => {
  const cell = cellsOf(page).find(({ path }) => path === place)
  return cell?.lines.map(textOf).join('\n')
}
const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'read',
    (problem: Problem) => problem.code,
  )

describe('a workbook', () => {
  it.each(['xlsx', 'biff8'] as const)('is read sheet by sheet, its cells by their place (%s)', async (type) => {
    const bytes = workbookOf(
      [
        {
          name: '附件2',
          rows: [
            ['标题', null],
            ['序号', '项目名称'],
            [1, '某某班'],
          ],
          merges: ['A1:B1'],
        },
        { name: '附件3', rows: [[], ['左', null, '右']] },
      ],
      type,
    )
    const { mediaType, pages } = await open(bytes)
    expect(mediaType).toBe(type === 'xlsx' ? MEDIA_TYPES.xlsx : MEDIA_TYPES.xls)
    expect(pages).toHaveLength(2)
    expect(textAt(pages[0], 'sheet "附件2", row 3, cell B')).toBe('某某班')
    expect(cellsOf(pages[0])[0]).toMatchObject({ columnSpan: 2, rowSpan: 1 })
    // An empty first row and an empty column are no part of the table; the path keeps the sheet's numbers.
    expect(cellsOf(pages[1]).map(({ path }) => path)).toEqual([
      'sheet "附件3", row 2, cell A',
      'sheet "附件3", row 2, cell C',
    ])
  })

  it('shows cells as a person sees them', async () => {
    const bytes = workbookOf([{ name: 's', rows: [[0.75, 45708, '一行\n又一行']] }], 'xlsx', ([sheet]) => {
      if (sheet)
        Object.assign(sheet, { A1: { t: 'n', v: 0.75, z: '0%' }, B1: { t: 'n', v: 45708, z: 'yyyy"年"m"月"d"日"' } })
    })
    const [page] = await openWorkbook(bytes, true)
    expect(textAt(page, 'sheet "s", row 1, cell A')).toBe('75%')
    expect(textAt(page, 'sheet "s", row 1, cell B')).toBe('2025年2月20日')
    expect(textAt(page, 'sheet "s", row 1, cell C')).toBe('一行\n又一行')
  })

  it('has no value where a formula was saved without its result', async () => {
    const bytes = await withSheet(
      '<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><v>#REF!</v></c></row>',
    )
    const [page] = await openWorkbook(bytes, true)
    expect(textAt(page, 'sheet "s", row 1, cell A')).toBe('〓')
    expect(cellsOf(page)[0]?.lines[0]?.spans[0]?.confidence).toBe(0)
    expect(textAt(page, 'sheet "s", row 1, cell B')).toBe('2')
    expect(textAt(page, 'sheet "s", row 1, cell C')).toBe('#REF!')
  })

  it('keeps hidden sheets, rows and columns apart', async () => {
    const bytes = workbookOf(
      [
        {
          name: 's',
          rows: [
            ['见', '藏列'],
            ['藏行', null],
            ['也见', null],
          ],
        },
      ],
      'xlsx',
      ([sheet]) => {
        if (sheet) sheet['!rows'] = [{}, { hidden: true }]
        if (sheet) sheet['!cols'] = [{}, { hidden: true }]
      },
    )
    const [page] = await openWorkbook(bytes, true)
    expect(cellsOf(page).flatMap(({ lines }) => lines.map(textOf))).toEqual(['见', '也见'])
    expect(page?.hidden.map(({ text }) => text).sort()).toEqual(['藏列', '藏行'])
  })

  it('reads a workbook with macros as data', async () => {
    const zip = await JSZip.loadAsync(workbookOf([{ name: 's', rows: [['甲']] }], 'xlsm'))
    zip.file('xl/vbaProject.bin', new Uint8Array([1, 2, 3]))
    const { pages } = await open(await zip.generateAsync({ type: 'uint8array' }), '汇总表.xlsm')
    expect(textAt(pages[0], 'sheet "s", row 1, cell A')).toBe('甲')
  })
})

describe('a workbook that cannot be read', () => {
  it('with a password', async () => {
    expect(await codeOf(open(makeCompoundFile(['EncryptionInfo', 'EncryptedPackage'])))).toBe('encrypted_document')
  })

  it('cut short, or only named like one', async () => {
    const bytes = workbookOf([{ name: 's', rows: [['甲', '乙']] }])
    expect(await codeOf(open(bytes.slice(0, bytes.length - 40)))).toBe('corrupt_document')
    expect(await codeOf(open(makeCompoundFile(['Workbook']), 'a.xls'))).toBe('corrupt_document')
  })

  it('with a million rows, told apart from one with a million blank ones', async () => {
    const row = (n: number) => `<row r="${n}"><c r="A${n}"><v>${n}</v></c></row>`
    const many = await withSheet(Array.from({ length: 1_000_000 }, (_, i) => row(i + 1)).join(''), 'STORE')
    expect(await codeOf(openWorkbook(many, true))).toBe('too_many_pages')
    const some = await withSheet(Array.from({ length: 3_000 }, (_, i) => row(i + 1)).join(''))
    expect(await codeOf(openWorkbook(some, true))).toBe('too_many_pages')
    const far = await withSheet(`${row(1)}${row(1_048_576)}`)
    const [page] = await openWorkbook(far, true)
    expect(cellsOf(page)).toHaveLength(2)
  })

  it('with merged areas that overlap or span the whole sheet', async () => {
    const bytes = workbookOf([
      {
        name: 's',
        rows: [
          ['甲', '乙'],
          ['丙', '丁'],
        ],
        merges: ['A1:XFD1048576', 'A1:B1', 'B1:B2'],
      },
    ])
    const [page] = await openWorkbook(bytes, true)
    const places = cellsOf(page).flatMap(({ row, column, rowSpan, columnSpan }) =>
      Array.from(
        { length: rowSpan * columnSpan },
        (_, i) => `${row + Math.floor(i / columnSpan)} ${column + (i % columnSpan)}`,
      ),
    )
    expect(new Set(places).size).toBe(places.length)
  })
})

/** A workbook of one sheet `s` with these rows as XML. */
async function withSheet(rows: string, compression: 'STORE' | 'DEFLATE' = 'DEFLATE'): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(workbookOf([{ name: 's', rows: [['甲']] }]))
  const xml = await zip.file('xl/worksheets/sheet1.xml')?.async('string')
  zip.file(
    'xl/worksheets/sheet1.xml',
    (xml ?? '')
      .replace(/<dimension[^>]*>/, '')
      .replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`),
  )
  return zip.generateAsync({ type: 'uint8array', compression })
}

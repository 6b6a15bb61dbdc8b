import { describe, expect, it } from 'vitest'
import { extractSummaries } from '../../src/declaration/summary/extract.ts'
import { type Document, MEDIA_TYPES, type Page } from '../../src/documents/model.ts'
import { inProcessReader, readDocument } from '../../src/documents/read.ts'
import { makeDocx, p, r, tbl, tc, tr } from '../documents/making/handmade-docx.ts'
import { APPLIED, applicationSheet, executionSheet, type Sheet, workbookOf, year } from './sheets.ts'

const reader = inProcessReader({ resources: { load: () => Promise.reject(new Error('not asked for')) } })
const read = (bytes: Uint8Array): Promise<Document> => readDocument({ name: 'a', bytes }, reader)
const sheetsIn = async (...sheets: Sheet[]) => extractSummaries([await read(workbookOf(sheets))])

describe("Wenzhou's sheets", () => {
  it('are read with their counts, lists and sums', async () => {
    const found = await sheetsIn(applicationSheet(APPLIED), executionSheet(year(2023)))
    expect(found?.summaries).toMatchObject([
      {
        kind: 'application',
        year: 2025,
        level: 'city',
        unit: '温州澄湖医院',
        lists: [
          {
            rows: [{ leader: '林知远', title: '主任医师', hours: 6 }, { credits: 2.5 }],
            sums: [{ hours: 13.5, enrollment: 180 }],
          },
        ],
      },
      {
        kind: 'execution',
        year: 2023,
        date: '2025-02-20',
        totals: {
          approved: 4,
          heldShare: 75,
          unheldShare: 25,
          held: 3,
          unheld: 1,
          learners: 366,
          new: { approved: 3, held: 2, unheld: 1 },
          filing: { approved: 1, held: 1, unheld: 0 },
        },
        lists: [
          { status: 'held', kind: 'new', rows: [{ learners: 120 }, { learners: 96 }] },
          { status: 'held', kind: 'filing', rows: [{ number: 'WZ2023-B03' }] },
          { status: 'unheld', kind: 'new', rows: [{ reason: '负责人外出进修' }] },
          { status: 'unheld', kind: 'filing', rows: [] },
        ],
      },
    ])
    expect(found?.fields['summaries[1].lists[0].rows[1].learners']?.evidence).toEqual([
      { document: 0, page: 2, box: null, text: '96', path: 'sheet "附件3", row 10, cell E' },
    ])
  })

  it('left blank are blank, not nought', async () => {
    const says = { approved: '  ', heldShare: ' ', held: ' ' }
    const found = await sheetsIn(executionSheet(year(2024, { says, unit: '' })))
    expect(found?.summaries[0]).toMatchObject({
      unit: null,
      totals: { approved: null, heldShare: null, held: null, unheldShare: 25 },
    })
  })

  it('say the same as a Word document, two sheets one after the other, a heading repeated after a page break', async () => {
    const head = tr(
      ...['序号', '已举办项目名称（新立项）', '项目编号', '项目负责人姓名', '授予学分人数（人）'].map((text) =>
        tc(p(r(text))),
      ),
    )
    const line = (...texts: string[]) => tr(...texts.map((text) => tc(p(r(text)))))
    const sheet = (of: string) => [
      p(r(`${of}年度  市级继续医学教育项目立项获批总数`)),
      p(r('及年度办班情况汇总')),
      p(r('举办单位名称：温州澄湖医院（加盖公章）  填表时间：2025年2月20日')),
      tbl(
        line('市级继教项目（新立项+备案项目）共获批（2）项，己完成数占比（100）%，未完成数占比（0）%'),
        line('1.获批新立项项目总数（2）项 已举办项目数（2）项 未举办项目数（0）项'),
        line(`${of}年度共计完成市级继教项目（2）项，授予学分人数共计（216）人`),
      ),
      tbl(head, line('1', '基层高血压合理用药培训班', 'A1', '林知远', '120')),
      tbl(head, line('2', '急诊创伤救治技能培训班', 'A2', '顾承泽', '96'), line('3', '', '', '', '')),
    ]
    const found = extractSummaries([await read(await makeDocx([...sheet('2023'), ...sheet('2024')].join('')))])
    expect(found?.summaries).toMatchObject(
      [2023, 2024].map((of) => ({
        kind: 'execution',
        year: of,
        unit: '温州澄湖医院',
        date: '2025-02-20',
        totals: { approved: 2, heldShare: 100, new: { approved: 2, held: 2, unheld: 0 }, held: 2, learners: 216 },
        lists: [{ rows: [{ learners: 120 }, { learners: 96 }] }],
      })),
    )
    expect(found?.fields['summaries[1].lists[0].rows[0].name']?.evidence[0]?.path).toMatch(/^table \d+, row 2, cell 2$/)
  })
})

describe('other layouts', () => {
  it('figures in cells of their own, labels beside the unit and the day', async () => {
    const found = await sheetsIn({
      name: '2024年举办情况',
      rows: [
        ['市级继教项目举办情况汇总表'],
        ['举办单位（盖章）', '瑞安云岭医院', null, '填表时间', '2025.2.21'],
        ['共获批项目数', 3, '项', '已完成数占比', '66.7%'],
        ['获批新立项项目总数', 3, '已举办项目数', 2, '未举办项目数', 1],
        ['序 号', '已举办项目\n名称', '编号', '负责人', '授予学分人数'],
        [1, '卒中康复培训班', 'R1', '林知远', '45人'],
        ['二', '压疮护理培训班', 'R2', '同上', 31],
        ['合计', '共2项', null, null, 76],
      ],
    })
    expect(found?.summaries).toMatchObject([
      {
        kind: 'execution',
        year: 2024,
        unit: '瑞安云岭医院',
        date: '2025-02-21',
        totals: { approved: 3, heldShare: 66.7, new: { approved: 3, held: 2, unheld: 1 } },
        lists: [
          {
            status: 'held',
            rows: [{ learners: 45 }, { leader: '林知远', learners: 31 }],
            sums: [{ from: 0, to: 2, count: 2, learners: 76 }],
          },
        ],
      },
    ])
  })

  it("a province's list: units merged over their lines, subtotals, no padding, no day", async () => {
    const found = await sheetsIn({
      name: 'Sheet1',
      rows: [
        ['2021年湖南省省级继教项目申报汇总表'],
        [
          '序号',
          '项目名称',
          '所在学科',
          '申办单位',
          '项目负责人',
          '职称',
          '联系电话',
          '举办起止日期',
          '期数',
          '举办地点',
          '学时',
          '拟授学分',
          '教学对象',
          '拟招生人数',
          '备注',
        ],
        [
          1,
          '甲班',
          '心血管内科',
          '长沙澄湖医院',
          '林知远',
          '主任医师',
          '0731-88000000',
          '2021.5.1-5.3',
          1,
          '长沙',
          12,
          4,
          '医师',
          100,
          '',
        ],
        [2, '乙班', '神经内科', null, '顾承泽', '教授', '', '2021.6', 2, '长沙', 9, 3, '医师', 60, ''],
        ['小计', null, null, null, null, null, null, null, 3, null, 21, null, null, 160],
        [3, '丙班', '儿科', '湘潭云岭医院', '沈书瑶', '主任护师', '', '2021.7', 1, '湘潭', 6, 2, '护士', 80, ''],
        ['总计', null, null, null, null, null, null, null, 4, null, 27, null, null, 240],
      ],
      merges: ['A1:O1', 'D3:D4'],
    })
    const [sheet] = found?.summaries ?? []
    expect(sheet).toMatchObject({ kind: 'application', year: 2021, level: 'provincial' })
    expect(sheet?.lists[0]?.rows.map(({ unit }) => unit)).toEqual(['长沙澄湖医院', '长沙澄湖医院', '湘潭云岭医院'])
    expect(sheet?.lists[0]?.sums).toMatchObject([
      { from: 0, to: 2, hours: 21 },
      { from: 0, to: 3, hours: 27, enrollment: 240 },
    ])
  })

  it('a sheet without a title, by its headings; a sheet of something else is left out', async () => {
    const found = await sheetsIn(
      { name: '说明', rows: [['填写说明'], ['请按要求填写']] },
      {
        name: 'Sheet2',
        rows: [
          ['项目名称', '项目负责人', '学时', '学分', '拟招生人数'],
          ['甲班', '林知远', 6, 2, 60],
        ],
      },
    )
    expect(found?.summaries).toMatchObject([
      { kind: 'application', lists: [{ rows: [{ name: '甲班', enrollment: 60 }] }] },
    ])
  })

  it('a formula without its result is unreadable, not blank', async () => {
    const sheet = applicationSheet(APPLIED)
    const document = await read(workbookOf([sheet]))
    const cell = document.pages[0]?.blocks
      .flatMap((block) => (block.kind === 'table' ? block.table.cells : []))
      .find(({ path }) => path === 'sheet "附件2", row 5, cell F')
    if (cell) cell.lines = [{ spans: [{ text: '〓', box: null, confidence: 0 }], box: null }]
    const found = extractSummaries([document])
    expect(found?.fields['summaries[0].lists[0].rows[0].hours']).toMatchObject({ raw: '〓', confidence: 0 })
    expect(found?.summaries[0]?.lists[0]?.rows[0]).not.toHaveProperty('hours')
  })
})

describe('what is no summary sheet', () => {
  it('a blank form at the end of a notice', async () => {
    const blank = tbl(
      tr(...['序号', '项目名称', '项目负责人', '学时'].map((text) => tc(p(r(text))))),
      tr(...['1', '', '', ''].map((text) => tc(p(r(text))))),
    )
    const document = await read(
      await makeDocx([p(r('各单位应按要求报送。')), p(r('2025年市级项目申报汇总表')), blank].join('')),
    )
    expect(document.mediaType).toBe(MEDIA_TYPES.docx)
    expect(extractSummaries([document])).toBeNull()
  })

  it('a workbook of something else', async () => {
    expect(
      await sheetsIn({
        name: '通讯录',
        rows: [
          ['姓名', '电话', '科室'],
          ['林知远', '1', '内科'],
        ],
      }),
    ).toBeNull()
  })
})

it('a line of a list that a page break runs through is one line', () => {
  const line = (text: string) => ({ spans: [{ text, box: null, confidence: 1 }], box: null })
  const page = (number: number, rows: string[][]): Page => ({
    ...PAGE,
    number,
    blocks: [
      ...(number === 1 ? [{ kind: 'line' as const, line: line('2025年市级项目申报汇总表') }] : []),
      {
        kind: 'table',
        table: {
          rows: rows.length,
          columns: 4,
          box: null,
          cells: rows.flatMap((texts, row) =>
            texts.map((text, column) => ({
              row,
              column,
              rowSpan: 1,
              columnSpan: 1,
              box: null,
              lines: text ? [line(text)] : [],
            })),
          ),
        },
      },
    ],
  })
  const pages = [
    page(1, [
      ['序号', '项目名称', '项目负责人', '学时'],
      ['1', '慢性伤口规范', '林知远', '6'],
    ]),
    page(2, [
      ['', '化处置培训班', '', ''],
      ['2', '儿童哮喘培训班', '顾承泽', '3'],
    ]),
  ]
  const document = { name: 'a.pdf', mediaType: MEDIA_TYPES.pdf, sha256: '', bytes: 0, pages, margins: [], paper: false }
  const found = extractSummaries([document])
  expect(found?.summaries[0]?.lists[0]?.rows.map(({ name }) => name)).toEqual([
    '慢性伤口规范化处置培训班',
    '儿童哮喘培训班',
  ])
})

const PAGE = {
  width: 595,
  height: 842,
  source: 'text' as const,
  confidence: 1,
  rulings: [],
  checkboxes: [],
  seals: [],
  handwriting: [],
  pictures: [],
  hidden: [],
}

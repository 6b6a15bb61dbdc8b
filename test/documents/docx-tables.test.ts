import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeDocx, p, r, tbl, tc, tr } from './making/handmade-docx.ts'
import { makeNationalForm } from './making/national-form.ts'
import { coverage, drawn, linesOf, pagesOf, tablesOf } from './making/read-back.ts'

const span = (columns: number) => `<w:gridSpan w:val="${columns}"/>`
const RESTART = '<w:vMerge w:val="restart"/>'
const CONTINUE = '<w:vMerge/>'

const tablesIn = async (body: string) => tablesOf(await pagesOf(await makeDocx(body)))

describe('the national form', () => {
  it('gives exactly the cells a person sees', async () => {
    const [leader, teachers, others] = tablesOf(await pagesOf(await makeNationalForm()))
    expect(drawn(leader).slice(0, 5)).toEqual([
      ['项目负责人姓名', '林知远', '性别', '男', '出生年月', '1975-03'],
      ['项目负责人身份证号码', '11010519750308123X [1×5]'],
      ['职称', '主任药师', '职务', '科主任', '最高学历', '博士'],
      ['工作单位', '清河市第二人民医院', '是否在职(岗)', '是', '从事专业(二、三级学科)', '药学'],
      ['项目负责人近三年继续医学教育项目申报、执行情况 [1×6]'],
    ])
    expect(drawn(leader)[5]?.[0]?.split('/')[1]).toBe(
      '2023年继续医学教育项目申报情况：国家级 ☑ 省级 ☐，是否执行：是 ☑ 否 ☐。',
    )
    expect(drawn(teachers)).toEqual([
      ['授课教师 [5×1]', '姓名 [1×2]', '专业技术职称', '所在单位', '签字'],
      ['理论授课教师 [2×1]', '林知远', '主任药师', '清河市第二人民医院', ''],
      ['苏婉清', '副主任医师', '清河市第二人民医院', ''],
      ['实验（技术示范）教师 [2×1]', '周明达', '主管护师', '东湖区妇幼保健院', ''],
      ['', '', '', ''],
    ])
    expect(drawn(others)).toEqual([
      ['教学对象', '临床药师', '拟招生人数', '60'],
      ['教学总时长(小时) [2×1]', '24 [2×1]', '讲授理论时长(小时)', '18'],
      ['实践(技术示范)时长(小时)', '6'],
      ['申报单位意见', '同意推荐。/盖章    2024 年 9 月 1 日 [1×3]'],
    ])
    for (const table of [leader, teachers, others]) expect(new Set(table && coverage(table))).toEqual(new Set([1]))
  })

  it('keeps the cover in lines, its values underlined, and counts its pages', async () => {
    const pages = await pagesOf(await makeNationalForm())
    expect(pages).toHaveLength(4)
    expect(linesOf(pages.slice(0, 1))).toContain('项目名称     围手术期抗菌药物合理使用培训班    ')
    const cover = pages[0]?.blocks.flatMap((block) => (block.kind === 'line' ? block.line.spans : []))
    expect(cover?.filter((run) => run.underlined).map((run) => run.text.trim())).toEqual([
      '围手术期抗菌药物合理使用培训班',
      '药学',
      '清河市第二人民医院',
    ])
  })

  it('reads the same from the file that LibreOffice makes of it', async () => {
    const rewritten = readFileSync(new URL('../fixtures/docx/national-libreoffice.docx', import.meta.url))
    const [ours, theirs] = [await makeNationalForm(), new Uint8Array(rewritten)]
    expect(tablesOf(await pagesOf(theirs)).map(drawn)).toEqual(tablesOf(await pagesOf(ours)).map(drawn))
  })
})

describe('merged cells', () => {
  it('joins columns and rows at once', async () => {
    const both = `${span(2)}${RESTART}`
    const [table] = await tablesIn(
      tbl(
        tr(tc('甲', both), tc('乙')),
        tr(tc('', `${span(2)}${CONTINUE}`), tc('丙')),
        tr(tc('丁'), tc('戊'), tc('己')),
      ),
    )
    expect(drawn(table)).toEqual([['甲 [2×2]', '乙'], ['丙'], ['丁', '戊', '己']])
  })

  it('reads the old hMerge', async () => {
    const [table] = await tablesIn(
      tbl(
        tr(tc('身份证号', ''), tc('123', '<w:hMerge w:val="restart"/>'), tc('', '<w:hMerge w:val="continue"/>')),
        tr(tc('a'), tc('b'), tc('c')),
      ),
    )
    expect(drawn(table)).toEqual([
      ['身份证号', '123 [1×2]'],
      ['a', 'b', 'c'],
    ])
  })

  it('ends a vertical merge where the next one begins', async () => {
    const [table] = await tablesIn(
      tbl(
        tr(tc('理论', RESTART), tc('一')),
        tr(tc('', CONTINUE), tc('二')),
        tr(tc('实验', RESTART), tc('三')),
        tr(tc('', CONTINUE), tc('四')),
      ),
    )
    expect(drawn(table)).toEqual([['理论 [2×1]', '一'], ['二'], ['实验 [2×1]', '三'], ['四']])
  })

  it('covers every position once, whatever the spans claim', async () => {
    const tables = await tablesIn(
      [
        tbl(tr(tc('a'), tc('b'), tc('c')), tr(tc('只有一格'))),
        tbl(tr(tc('a', span(3)), tc('b')), tr(tc('', CONTINUE), tc('x'), tc('y'))),
        tbl(tr(tc('a', span(2000)))),
        tbl(tr('<w:tc><w:p/></w:tc>'), '<w:tr/>', tr(tc('b'), tc('c'))),
        tbl(`<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>${tc('x')}</w:tr>`, tr(tc('1'), tc('2'), tc('3'))),
        tbl(tr(tc('a', RESTART), tc('b', RESTART)), tr(tc('', `${span(2)}${CONTINUE}`))),
      ].join(p()),
    )
    expect(tables).toHaveLength(6)
    for (const table of tables) expect(new Set(coverage(table))).toEqual(new Set([1]))
    expect(drawn(tables[0])).toEqual([['a', 'b', 'c'], ['只有一格 [1×3]']])
  })

  it('reports text in a covered cell as hidden', async () => {
    const pages = await pagesOf(await makeDocx(tbl(tr(tc('上', RESTART)), tr(tc('看不见', CONTINUE)))))
    expect(drawn(tablesOf(pages)[0])).toEqual([['上 [2×1]'], []])
    expect(pages[0]?.hidden).toEqual([{ text: '看不见', reason: 'covered', box: null }])
  })
})

describe('tables within tables', () => {
  const list = tbl(
    tr(tc('姓名'), tc('职称'), tc('学时')),
    tr(tc('林知远'), tc('主任医师'), tc('3')),
    tr(tc('苏婉清'), tc('副主任医师'), tc('3')),
  )

  it('keeps a signature grid as lines of the opinion it stands in', async () => {
    const inner = tbl(tr(tc('同意推荐'), tc('')), tr(tc('签字：'), tc('2024年9月1日')))
    const tables = await tablesIn(tbl(tr(tc('申报单位意见'), tc(`${inner}${p()}`))))
    expect(tables).toHaveLength(1)
    expect(drawn(tables[0])).toEqual([['申报单位意见', '同意推荐/签字：\t2024年9月1日']])
  })

  it('lets a list stand for itself, also beside a label', async () => {
    const tables = await tablesIn(tbl(tr(tc('授课教师'), tc(`${list}${p()}`))))
    expect(tables.map((table) => [table.rows, table.columns])).toEqual([
      [1, 2],
      [3, 3],
    ])
    expect(tables[1]?.cells[4]?.path).toBe('table 2, row 2, cell 2')
  })

  it('lets a table in a frame stand for itself', async () => {
    const tables = await tablesIn(tbl(tr(tc(`${tbl(tr(tc('姓名'), tc('林知远')))}${p()}`))))
    expect(drawn(tables[1])).toEqual([['姓名', '林知远']])
  })
})

it('finds rows and cells inside content controls and revisions, and drops deleted rows', async () => {
  const control = (content: string) => `<w:sdt><w:sdtPr/><w:sdtContent>${content}</w:sdtContent></w:sdt>`
  const deleted = `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${tc('旧行')}${tc('旧值')}</w:tr>`
  const pages = await pagesOf(
    await makeDocx(
      tbl(
        control(tr(tc('姓名'), control(tc('林知远')))),
        deleted,
        tr(tc('职称'), tc(control(p(r('主任医师'))))),
        tr(tc('性别'), tc(p(control(r('男'))))),
      ),
    ),
  )
  expect(drawn(tablesOf(pages)[0])).toEqual([
    ['姓名', '林知远'],
    ['职称', '主任医师'],
    ['性别', '男'],
  ])
  expect(pages[0]?.hidden.map(({ reason }) => reason)).toEqual(['deleted'])
})

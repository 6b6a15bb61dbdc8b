import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { cellText, type GridCell, makeGrid, rowCells } from '../../src/declaration/layout/grid.ts'
import { joinTables } from '../../src/declaration/layout/join-tables.ts'
import { passageOf, pieceOf } from '../../src/declaration/text/passage.ts'
import type { Page } from '../../src/documents/model.ts'
import { build, type Spec } from './build.ts'

const read = (specs: Spec[], options: Parameters<typeof build>[1] = {}) =>
  extractDeclaration([build(specs, options)]).declaration

describe('a table over a page break', () => {
  it('keeps two full rows apart under a group cell cut by the break', () => {
    const { teachers } = read([
      [
        ['', '姓名', '职称', '所在单位', '签字'],
        [{ t: '理论授课教师', r: 2 }, '何景行', '主任医师', '瓯澜医院', ''],
        ['唐以宁', '副主任医师', '瓯澜医院', ''],
      ],
      null,
      [
        [{ t: '', r: 2 }, '宋令仪', '副主任医师', '瓯澜医院', ''],
        ['周牧之', '主任医师', '瓯澜医院', ''],
      ],
    ])
    expect(teachers).toMatchObject([
      { name: '何景行' },
      { name: '唐以宁', title: '副主任医师' },
      { name: '宋令仪', title: '副主任医师' },
      { name: '周牧之' },
    ])
  })

  it.each([
    ['理论', '授课教师'],
    ['理论授课', '教师'],
  ])('keeps two full rows apart where the name of their group is cut into %s and %s', (head, rest) => {
    const columns = ['', '姓名', '职称', '主要研究方向', '所在单位', '签字']
    const { teachers } = read([
      [
        columns,
        [{ t: head, r: 2 }, '何景行', '主任医师', '普通外科', '瓯澜医院', ''],
        ['唐以宁', '副主任医师', '普通外科', '瓯澜医院', ''],
      ],
      null,
      [
        columns,
        [{ t: rest, r: 2 }, '宋令仪', '副主任医师', '麻醉学', '瓯澜医院', ''],
        ['周牧之', '主任医师', '普通外科', '瓯澜医院', ''],
        ['实践授课教师', '江听澜', '主治医师', '腔镜外科', '瓯澜医院', ''],
      ],
    ])
    expect(teachers).toMatchObject([
      { name: '何景行', kind: 'theory' },
      { name: '唐以宁', title: '副主任医师', kind: 'theory' },
      { name: '宋令仪', title: '副主任医师', unit: '瓯澜医院', kind: 'theory' },
      { name: '周牧之', kind: 'theory' },
      { name: '江听澜', kind: 'practice' },
    ])
  })

  it('joins a row whose cells were cut at the foot of the page', () => {
    const { teachers } = read([
      [
        ['姓名', '职称', '所在单位', '讲授题目', '学时'],
        ['何景行', '主任医师', '瓯澜医院', '甲状腺癌', '1'],
        ['唐以宁', '副主任医师', '瓯澜医院', '甲状腺术后并', '2'],
      ],
      null,
      [
        ['', '', '', '发症的处理', ''],
        ['宋令仪', '主治医师', '瓯澜医院', '术后管理', '1'],
      ],
    ])
    expect(teachers).toHaveLength(3)
    expect(teachers?.[1]).toMatchObject({ name: '唐以宁', topic: '甲状腺术后并发症的处理', hours: 2 })
  })

  const cut = (line: string): Spec[] => [
    [
      ['类别', '姓名', '职称', '所在单位', '讲授题目', '学时'],
      [{ t: '理论教师', r: 2 }, '何景行', '主任医师', '瓯澜医院', '甲状腺癌', '1'],
      ['唐以宁', '副主任医师', '瓯澜医院', '术后并发症', '2'],
    ],
    null,
    line,
    [
      ['', '江听澜', '主治医师', '瓯澜医院', '操作示范', '1'],
      ['', '周牧之', '主任医师', '瓯澜医院', '再次手术', '1'],
    ],
  ]

  it('takes lines in its columns for the row whose rules were not found', () => {
    const { teachers } = read(
      cut(
        `${' '.repeat(15)}宋令仪${' '.repeat(7)}主任医师${' '.repeat(6)}瓯澜医院${' '.repeat(5)}喉返神经${' '.repeat(6)}2`,
      ),
      {
        source: 'ocr',
        confidence: 0.99,
      },
    )
    expect(teachers?.map((row) => row.name)).toEqual(['何景行', '唐以宁', '宋令仪', '江听澜', '周牧之'])
    expect(teachers?.[2]).toMatchObject({ title: '主任医师', unit: '瓯澜医院', topic: '喉返神经', hours: 2 })
  })

  it('does not trust the list when lines like a row do not fit the columns', () => {
    const specs = cut('宋令仪主任医师瓯澜医院  喉返神经监测二十三问  2  讲座')
    const { fields } = extractDeclaration([build(specs, { source: 'ocr', confidence: 0.99 })])
    expect(fields['teachers[0].hours']?.confidence).toBeLessThan(0.6)
  })

  it('joins a long text whose label was cut in the middle', () => {
    const { leader, overview } = read([
      [
        ['姓名', '何景行', '职称', '主任医师'],
        ['项目负责人\n在临床诊', { t: '长期从事甲状腺外科工作，擅长疑难病例的诊断与规范化处', c: 3 }],
      ],
      null,
      [
        [
          '疗、教学、\n科研等促进\n学科发展方\n面的主要成\n绩（不少于\n300字）',
          { t: '置，近三年患者满意度较高。\n项目负责人签字：____', c: 3 },
        ],
        ['项目申报单\n位及项目负\n责人所在科\n室基本情况', { t: '本院是综合性机构。', c: 3 }],
        ['联系人', '江听澜', '联系电话', '010-00002211'],
      ],
    ])
    expect(leader?.achievements).toBe('长期从事甲状腺外科工作，擅长疑难病例的诊断与规范化处置，近三年患者满意度较高。')
    expect(overview).toBe('本院是综合性机构。')
  })
})

describe('the leader’s signature inside the unit’s opinion', () => {
  const paper = (x: number | null) => {
    const document = build(
      [
        '2025年北京市级继续医学教育推荐项目申报书',
        [['申办单位意见', { t: '情况属实，同意申报。\n项目负责人签字：\n（单位盖章）\n2024年11月20日', c: 3 }]],
      ],
      { source: 'ocr', paper: true },
    )
    const page = document.pages[0]
    const cell = page?.blocks.flatMap((block) => (block.kind === 'table' ? block.table.cells : []))[1]
    const label = cell?.lines[1]?.box
    if (x !== null && label) {
      const box = { x: label.x + label.width + x, y: label.y - 6, width: 60, height: 22 }
      page?.handwriting.push({ box, area: 40, confidence: 0.9 })
    }
    return extractDeclaration([document]).declaration
  }

  it('is found beside its label', () => {
    expect(paper(10).leader?.signed).toBe(true)
    expect(paper(null).leader?.signed).toBe(false)
  })

  it('is not asked for where the form has no such place', () => {
    const { leader } = read([[['申办单位意见', '同意申报。\n负责人签字：\n（单位盖章）']], '项目负责人：何景行'], {
      source: 'ocr',
      paper: true,
    })
    expect(leader ?? {}).not.toHaveProperty('signed')
  })
})

describe('pages photographed one by one', () => {
  const heading: Spec = [['姓名', '专业技术职称', '教学方法', '所在单位', '讲授题目或实验内容', '学时']]
  const rows: Spec = [
    ['何景行', '主任医师', '讲座', '瓯澜医院', '心力衰竭的分型', '2'],
    ['唐以宁', '副主任医师', '讲座', '瓯澜医院', '器械治疗适应证', '3'],
  ]
  /** Taken from nearer or farther and a little aside: everything on the page is `scale` as large, and moved. */
  const taken = (specs: Spec[], scale: number, move: number, source: 'ocr' | 'text' = 'ocr') => {
    const document = build(specs, { source, paper: source === 'ocr' })
    for (const page of document.pages)
      for (const block of page.blocks) {
        const cells = block.kind === 'table' ? block.table.cells : []
        for (const { box } of cells) if (box) Object.assign(box, { x: box.x * scale + move, width: box.width * scale })
      }
    return document
  }

  it('go on with the table of the photograph before', () => {
    const { declaration } = extractDeclaration([taken(['课程及教师信息', heading], 1, 0), taken([rows], 0.94, 25)])
    expect(declaration.teachers).toMatchObject([
      { name: '何景行', title: '主任医师', topic: '心力衰竭的分型', hours: 2 },
      { name: '唐以宁', unit: '瓯澜医院', hours: 3 },
    ])
  })

  it('go on with the text of a cell', () => {
    const text = (part: string): Spec => [[part]]
    const { declaration } = extractDeclaration([
      taken([text('项目负责人在临床诊疗、教学、科研等促进学科发展方面的主要成绩\n何景行长期坚持在一线，')], 1, 0),
      taken([text('近三年举办继续医学教育项目二项。')], 1.05, -12),
    ])
    expect(declaration.leader?.achievements).toContain('举办继续医学教育项目二项')
  })

  it('are no reason to join files that were not photographed', () => {
    const { declaration } = extractDeclaration([
      taken(['课程及教师信息', heading], 1, 0, 'text'),
      taken([rows], 1, 0, 'text'),
    ])
    expect(declaration.teachers ?? []).toEqual([])
  })
})

describe('pages of a scan that lean each its own way', () => {
  const page = { number: 1, width: 595, height: 842, source: 'ocr', blocks: [] as Page['blocks'] } as Page
  const cellOf = (row: number, column: number, columnSpan: number, text: string): GridCell => {
    const span = { text, box: { x: 10, y: 10, width: 100, height: 12 }, confidence: 0.9 }
    const passage = passageOf([pieceOf({ spans: [span], box: span.box }, { document: 0, page })])
    return { row, column, rowSpan: 1, columnSpan, passage, frames: [{ place: { document: 0, page }, box: null }] }
  }

  it('have one table whose row the page break cut, though its borders moved aside', () => {
    const opinion = '考核采用理论测试与操作评分相结'
    const above = makeGrid([cellOf(0, 0, 1, '同行评议意见'), cellOf(0, 1, 1, opinion)], 1, 2, new Set(), [68, 145, 549])
    const rest = [cellOf(0, 0, 1, ''), cellOf(0, 1, 2, '合的办法，同意推荐申报。')]
    const next = [cellOf(1, 0, 1, '评议专家'), cellOf(1, 1, 1, '姜映秋'), cellOf(1, 2, 1, '主任医师')]
    const below = makeGrid([...rest, ...next], 2, 3, new Set(), [50, 127, 300, 532])
    const joined = joinTables(above, below)
    expect(joined.rows).toBe(2)
    expect(rowCells(joined, 0).map(cellText)).toEqual(['同行评议意见', `${opinion}\n合的办法，同意推荐申报。`])
  })
})

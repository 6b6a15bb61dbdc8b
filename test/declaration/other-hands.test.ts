import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build, type Spec } from './build.ts'

const read = (specs: Spec[], options: Parameters<typeof build>[1] = {}) =>
  extractDeclaration([build(specs, options)]).declaration

const OVERVIEW = '医院设有继续医学教育管理委员会，配套经费专款专用。'

describe('a heading that ends long text', () => {
  it.each([
    ['项目负责人所在科室及申报单位基本情况：', '项目内容：培训伤口评估。'],
    ['2. 单位与科室基本情况（不少于300字）', '3. 项目内容'],
  ])('may be %s', (heading, next) => {
    const { overview, leader } = read([
      '1. 主要成绩（不少于300字）：完成课题三项，',
      '发表论文九篇。',
      heading,
      OVERVIEW,
      next,
    ])
    expect(leader?.achievements).toBe('完成课题三项，发表论文九篇。')
    expect(overview).toBe(OVERVIEW)
  })

  it('may be one that nobody knows, when its number is the next of the form’s headings', () => {
    const { overview } = read(['（一）基本信息', '（二）负责人信息', `申报单位基本情况：${OVERVIEW}`, '（三）教学设想'])
    expect(overview).toBe(OVERVIEW)
  })

  it('is no item of a list inside the text', () => {
    const specs = ['1. 基本信息', '项目内容：分为三讲', '1. 伤口的评估', '2. 敷料的选择', '3. 家庭护理指导']
    expect(read(specs).project?.content).toBe('分为三讲1. 伤口的评估2. 敷料的选择3. 家庭护理指导')
  })
})

describe('a table over a page break', () => {
  it('joins a label whose long bracket the break cut', () => {
    const specs: Spec[] = [
      [[{ t: '申报单位及负责人所在科室基本情况\n（组织架构、配套' }, '医院设有继续医学教育管理委员会，配套']],
      null,
      [['政策、经费支持、培训场地、师资队伍等，\n不少于300字）', '经费专款专用。']],
    ]
    expect(read(specs).overview).toBe(OVERVIEW)
  })

  it('goes on behind the last character of a tall cell that ran out of its row', () => {
    const document = build([
      '四、师资情况',
      [['授\n课\n教', '类\n别', '姓名', '专业技术职称', '主要研究方向', '工作单位', '签字']],
      null,
      [
        [{ t: '', r: 2 }, { t: '理\n论', r: 2 }, '何景行', '主任医师', '普通外科', '瓯澜医院', ''],
        ['唐以宁', '副主任医师', '普通外科', '瓯澜医院', ''],
      ],
    ])
    const table = document.pages[0]?.blocks.at(-1)
    const cell = table?.kind === 'table' ? table.table.cells[0] : undefined
    const last = cell?.lines.at(-1)
    const box = last?.box && cell?.box && { ...last.box, y: cell.box.y + cell.box.height + 2 }
    if (!cell?.box || !last || !box) throw new Error('the table was not built')
    cell.box.width = 24
    const spans = last.spans.map((span) => ({ ...span, text: '师', box }))
    document.pages[0]?.blocks.push({ kind: 'line', line: { spans, box } })
    expect(extractDeclaration([document]).declaration.teachers).toMatchObject([
      { name: '何景行', title: '主任医师', unit: '瓯澜医院' },
      { name: '唐以宁', title: '副主任医师', unit: '瓯澜医院' },
    ])
  })
})

describe('teachers', () => {
  it.each(['讲师姓名', '主讲专家姓名', '讲授教师', '授课老师姓名', '任课老师'])('stand under %s', (heading) => {
    const { teachers } = read([
      [
        [heading, '技术职称', '专业', '所在单位'],
        ['包若鸿', '主任医师', '急诊医学', '温州市瓯澜医院'],
        ['池晚照', '副主任医师', '急诊医学', '温州市瓯澜医院'],
      ],
    ])
    expect(teachers).toMatchObject([{ name: '包若鸿', title: '主任医师' }, { name: '池晚照' }])
  })

  it('are named under 姓名, not in the empty column of their group before it', () => {
    const { teachers } = read(
      [
        [
          ['授课教', '类别', '姓名', '专业技术职称', '工作单位'],
          ['', '理论授课教师', '何景行', '主任医师', '瓯澜医院'],
          ['', '理论授课教师', '唐以宁', '副主任医师', '瓯澜医院'],
        ],
      ],
      { source: 'ocr', confidence: 0.95 },
    )
    expect(teachers).toMatchObject([{ name: '何景行' }, { name: '唐以宁' }])
  })

  it('are not the leader, whose values stand under their labels', () => {
    const { leader, teachers } = read([
      [
        [{ t: '负责人基本信息', c: 6 }],
        ['姓名', '性别', '年龄', '职称', '职务', '学历学位'],
        ['柳扶疏', '女', '50', '主任护师', '护理部主任', '本科/学士'],
        ['单位', { t: '瓯澜区人民医院', c: 2 }, '在职状态', { t: '在职', c: 2 }],
      ],
    ])
    expect(leader).toMatchObject({
      name: '柳扶疏',
      sex: '女',
      age: 50,
      title: '主任护师',
      post: '护理部主任',
      unit: '瓯澜区人民医院',
      employed: true,
    })
    expect(teachers).toBeUndefined()
  })
})

it('reads 内容提要 in a form’s own cell as the project’s contents', () => {
  expect(read([[['内容提要', '伤口评估与敷料选择。']]]).project?.content).toBe('伤口评估与敷料选择。')
})

it('takes 单位 before the place of the seal for no word of the opinion', () => {
  const { unitOpinion } = read([[['主办单位意见', '经研究，同意申办。\n单位（公章）\n2020 年 12 月 8 日']]])
  expect(unitOpinion).toEqual({ text: '经研究，同意申办。', date: '2020-12-08' })
})

describe('a seal over the border between two rows of a scan', () => {
  const LABELS = ['同行专家\n评议意见', '申办单位\n意见']
  const OPINIONS = ['该项目针对性强，建议予以推荐立项。\n2025年1月20日', '材料属实，同意推荐申报。\n2025年2月10日']
  /** The rows run together as the reader of pages leaves them, with `pieces` (shares of the width) of the border. */
  const sealed = (labels: string[], pieces: [number, number][]) => {
    const value = { t: OPINIONS.join('\n'), r: labels.length }
    const rows = labels.map((label, index) => (index === 0 ? [label, value] : [label]))
    const document = build([rows], { source: 'ocr', confidence: 0.95, paper: true })
    const [page] = document.pages
    const table = page?.blocks[0]?.kind === 'table' ? page.blocks[0].table : undefined
    const cell = table?.cells[1]
    const [second, third] = [cell?.lines[1]?.box, cell?.lines[2]?.box]
    if (!page || !table?.box || !second || !third) throw new Error('the table was not built')
    const y = (second.y + second.height + third.y) / 2
    const { x, width } = table.box
    page.rulings.push(...pieces.map(([from, to]) => ({ x1: x + from * width, y1: y, x2: x + to * width, y2: y })))
    page.seals.push({ box: { x: x + 0.6 * width, y: y - 40, width: 80, height: 80 }, confidence: 0.9 })
    return extractDeclaration([document]).declaration
  }

  it('leaves each opinion its own text and date', () => {
    const read = sealed(LABELS, [
      [0, 0.1],
      [0.42, 0.6],
      [0.78, 1],
    ])
    expect(read.peerReview?.text).toBe('该项目针对性强，建议予以推荐立项。')
    expect(read.peerReview?.date).toBe('2025-01-20')
    expect(read.unitOpinion).toMatchObject({ text: '材料属实，同意推荐申报。', date: '2025-02-10' })
  })

  it('leaves two labels that ran together their own opinions', () => {
    const read = sealed(
      [LABELS.join('\n')],
      [
        [0.5, 0.6],
        [0.7, 1],
      ],
    )
    expect(read.peerReview?.text).toBe('该项目针对性强，建议予以推荐立项。')
    expect(read.unitOpinion).toMatchObject({ text: '材料属实，同意推荐申报。', date: '2025-02-10' })
  })

  it('is no line for a signature, which reaches no side of the cell', () => {
    const read = sealed(['同行专家\n评议意见'], [[0.55, 0.97]])
    expect(read.unitOpinion).toBeUndefined()
    expect(read.peerReview?.text).toContain('材料属实')
  })
})

it('gives a label the two lines about it, though the label is set larger than the first of them', () => {
  const document = build(['封面', '', '护理技术培训班', '项目名称', '基层高血压合理用药与随访管理能力提升'], {
    source: 'ocr',
    confidence: 0.95,
  })
  const at: [string, number, number, number, number][] = [
    ['基层高血压合理用药与随访管理能力提升', 226, 369, 16, 11.6],
    ['项目名称', 101, 379, 21, 14.9],
    ['护理技术培训班', 224, 391, 21, 15.2],
    ['二级学科', 101, 433, 21, 15],
    ['三级学科', 101, 477, 21, 15],
  ]
  const lines = at.map(([text, x, y, height, size]) => {
    const box = { x, y, width: text.length * 15, height }
    return { kind: 'line' as const, line: { spans: [{ text, box, size, confidence: 0.95 }], box } }
  })
  document.pages[0]?.blocks.splice(0, 5, ...lines)
  expect(extractDeclaration([document]).declaration.project?.name).toBe(
    '基层高血压合理用药与随访管理能力提升护理技术培训班',
  )
})

describe('a scanned title that begins where no other of its column does', () => {
  const rows = ['主任医师', '研究员', '教授', '技师'].map((title, index) => [
    `教师${'甲乙丙丁'[index]}`,
    title,
    '北京云岭医院',
    '护理评估',
    '1',
  ])
  const titles = (shift: number, wide: number) => {
    const document = build([[['姓名', '职称', '所在单位', '讲授题目', '学时'], ...rows]], {
      source: 'ocr',
      confidence: 0.97,
    })
    const table = document.pages[0]?.blocks[0]
    for (const cell of table?.kind === 'table' ? table.table.cells : []) {
      if (cell.column !== 1 || cell.row === 0) continue
      for (const { box } of cell.lines) if (box) box.x += cell.row === 4 ? shift : wide
    }
    const { fields } = extractDeclaration([document])
    return rows.map((_, index) => fields[`teachers[${index}].title`]?.confidence)
  }

  it('is doubted, though it is in the list of titles: its first characters may be lost', () => {
    expect(titles(36, 0)).toEqual([0.9895, 0.9895, 0.9895, 0.755])
  })

  it('is as good as another where titles stand in the middle of their cells', () => {
    expect(titles(30, 24)).toEqual([0.9895, 0.9895, 0.9895, 0.9895])
  })
})

it('parts headings and cells that a scan without upright rulings ran together', () => {
  const document = build(
    [
      '学时讲授题目或实验内容  教师  专业技术职称单位        教学方法',
      '1   肾移植受者随访      蓝田  主任医师    北京澄湖医院讲座',
      '2   血液净化的抗凝      厉砺  主任药师    北京云岭医院讲座、研讨',
    ],
    { source: 'ocr', confidence: 0.95 },
  )
  expect(extractDeclaration([document]).declaration.teachers).toMatchObject([
    { name: '蓝田', title: '主任医师', unit: '北京澄湖医院', topic: '肾移植受者随访', hours: 1, method: '讲座' },
    { name: '厉砺', title: '主任药师', unit: '北京云岭医院', topic: '血液净化的抗凝', hours: 2, method: '讲座、研讨' },
  ])
})

describe('on a copy', () => {
  const scan = { source: 'ocr', confidence: 0.95 } as const

  it('stands the place right behind the date where the gap between them is lost', () => {
    const { project } = read([[['起止日期及地点', '2025年5月17日-2025年5月18日北京市澄南医院学术报告厅']]], scan)
    expect(project?.sessions).toEqual([{ start: '2025-05-17', end: '2025-05-18', place: '北京市澄南医院学术报告厅' }])
  })

  it('stands no place behind a date that goes on', () => {
    const { project } = read([[['举办日期', '2025年5月17日至18日报到']]], scan)
    expect(project?.sessions?.[0]?.place).toBeUndefined()
  })

  it('has an opinion that ends before what a seal left of its place and its date', () => {
    const form = build([[['举办单位意见', '同意申报！\n（单立盖章）2025月20日']]], scan)
    const { declaration, fields } = extractDeclaration([form])
    expect(declaration.unitOpinion?.text).toBe('同意申报！')
    expect(declaration.unitOpinion?.date).toBeUndefined()
    expect(fields['unitOpinion.date']).toBeDefined()
  })
})

it('takes 申办日期 for the date of the application', () => {
  expect(read(['申办日期：2020年12月8日']).cover?.date).toBe('2020-12-08')
})

describe('a column that strokes of characters cut on a scan', () => {
  const rows = (source: 'ocr' | 'text') =>
    build(
      [
        [
          ['姓名', { t: '职称', c: 3 }, { t: '所在单位', c: 2 }, '讲授题目', '学时'],
          ['鲁望舒', { t: '主任医师', c: 3 }, { t: '北京云岭医院', c: 2 }, '吞咽评估', '2'],
          ['项思齐', '主', '任', '技师', '北京澄湖', '医院', '吞咽造影', '2'],
        ],
      ],
      { source, confidence: 0.97 },
    )

  it('has each cell whole, and those put together are doubted', () => {
    const { declaration, fields } = extractDeclaration([rows('ocr')])
    expect(declaration.teachers).toMatchObject([
      { name: '鲁望舒', title: '主任医师', unit: '北京云岭医院' },
      { name: '项思齐', title: '主任技师', unit: '北京澄湖医院' },
    ])
    expect(fields['teachers[1].unit']?.confidence).toBe(0.7)
    expect(fields['teachers[0].unit']?.confidence).toBe(0.97)
  })
})

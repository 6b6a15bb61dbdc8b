import {
  CheckBox,
  Document,
  Header,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  UnderlineType,
  VerticalMergeType,
  WidthType,
} from 'docx'

type Plan = { text: string | Paragraph[]; columns?: number; rows?: number; merge?: 'restart' | 'continue' }
type CellPlan = string | Plan

/** A declaration form laid out as the national one of 2025: cover, leader, teachers, further data. People are fictional. */
export async function makeNationalForm(): Promise<Uint8Array> {
  const document = new Document({
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph('继续医学教育推荐项目')] }) },
        children: [
          new Paragraph('附件 2'),
          new Paragraph('申请代码：'),
          new Paragraph({ children: [new TextRun({ text: '继续医学教育推荐项目申报书', size: 44 })] }),
          new Paragraph('(2025 年)'),
          coverLine('项目名称', '围手术期抗菌药物合理使用培训班'),
          coverLine('所在学科', '药学'),
          coverLine('申报单位', '清河市第二人民医院'),
          new Paragraph({ children: [new TextRun('国家卫生健康委科技教育司制')] }),
          new Paragraph({ pageBreakBefore: true, children: [new TextRun('一、项目负责人')] }),
          leader(),
          new Paragraph({ pageBreakBefore: true, children: [new TextRun('二、授课教师')] }),
          teachers(),
          new Paragraph({ pageBreakBefore: true, children: [new TextRun('三、其他')] }),
          others(),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function coverLine(label: string, value: string): Paragraph {
  // Word cuts a label into runs wherever it was typed in several goes.
  const runs = [...label].map((text) => new TextRun(text))
  return new Paragraph({
    children: [
      ...runs,
      new TextRun(' '),
      new TextRun({ text: `    ${value}    `, underline: { type: UnderlineType.SINGLE } }),
    ],
  })
}

function leader(): Table {
  const history = [2022, 2023, 2024].map(
    (year) =>
      new Paragraph({
        children: [
          new TextRun(`${year}年继续医学教育项目申报情况：国家级 `),
          new CheckBox({ checked: year === 2023 }),
          new TextRun(' 省级 '),
          new CheckBox({ checked: false }),
          new TextRun(year === 2023 ? '，是否执行：是 ☑ 否 □。' : '，是否执行：是 □ 否 □。'),
        ],
      }),
  )
  return table([
    ['项目负责人姓名', '林知远', '性别', '男', '出生年月', '1975-03'],
    ['项目负责人身份证号码', { text: '11010519750308123X', columns: 5 }],
    ['职称', '主任药师', '职务', '科主任', '最高学历', '博士'],
    ['工作单位', '清河市第二人民医院', '是否在职(岗)', '是', '从事专业(二、三级学科)', '药学'],
    [{ text: '项目负责人近三年继续医学教育项目申报、执行情况', columns: 6 }],
    [{ text: history, columns: 6 }],
  ])
}

function teachers(): Table {
  return table([
    [{ text: '授课教师', rows: 5 }, { text: '姓名', columns: 2 }, '专业技术职称', '所在单位', '签字'],
    [{ text: '理论授课教师', merge: 'restart' }, '林知远', '主任药师', '清河市第二人民医院', ''],
    [{ text: '', merge: 'continue' }, '苏婉清', '副主任医师', '清河市第二人民医院', ''],
    [{ text: '实验（技术示范）教师', rows: 2 }, '周明达', '主管护师', '东湖区妇幼保健院', ''],
    ['', '', '', ''],
  ])
}

function others(): Table {
  return table([
    ['教学对象', '临床药师', '拟招生人数', '60'],
    [{ text: '教学总时长(小时)', merge: 'restart' }, { text: '24', merge: 'restart' }, '讲授理论时长(小时)', '18'],
    [{ text: '', merge: 'continue' }, { text: '', merge: 'continue' }, '实践(技术示范)时长(小时)', '6'],
    ['申报单位意见', { text: [new Paragraph('同意推荐。'), new Paragraph('盖章    2024 年 9 月 1 日')], columns: 3 }],
  ])
}

function table(rows: CellPlan[][]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map((cells) => new TableRow({ children: cells.map(cell) })),
  })
}

function cell(plan: CellPlan): TableCell {
  const { text, columns, rows, merge }: Plan = typeof plan === 'string' ? { text: plan } : plan
  return new TableCell({
    children: typeof text === 'string' ? [new Paragraph(text)] : text,
    ...(columns ? { columnSpan: columns } : {}),
    ...(rows ? { rowSpan: rows } : {}),
    ...(merge ? { verticalMerge: merge === 'restart' ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE } : {}),
  })
}

import {
  AlignmentType,
  Document,
  HeightRule,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Review } from '../schema.ts'
import { maskPersonalNumbers } from './mask.ts'
import { type Outline, outlineOf, type ReportItem } from './outline.ts'
import { xmlText } from './xml-text.ts'

/** What the report's sections ask of the applicant. */
const ASKED: { heading: string; sections: string[] }[] = [
  { heading: '须改正的事项', sections: ['错误'] },
  { heading: '须核对或说明的事项', sections: ['需核对', '模型疑问'] },
  { heading: '须确认的事项', sections: ['警告'] },
  { heading: '建议修改的事项', sections: ['提示'] },
]
const ORDINALS = ['一', '二', '三', '四']

const BODY = '宋体'
const HEAD = '黑体'
/** Half points. */
const SIZES = { title: 36, text: 24, table: 21 }
/** Twentieths of a point: two characters of the text. */
const INDENT = 480
const COLUMNS: { title: string; width: number }[] = [
  { title: '序号', width: 700 },
  { title: '事项与改正', width: 4300 },
  { title: '依据', width: 2500 },
  { title: '申报书上的位置', width: 1572 },
]
const FACTS = ['申报单位', '项目名称', '项目负责人', '依据', '审查编号', '外部编号', '审查时间']

/**
 * The letter that tells an applicant once what must be put right (一次性告知书), as a Word file that an office can change, sign and seal.
 * What a person overruled is left out, and what a model asks unless a person took it up.
 */
export async function renderLetter(review: Review): Promise<Uint8Array<ArrayBuffer>> {
  const outline = outlineOf(review)
  const asked = ASKED.map(({ heading, sections }) => ({
    heading,
    items: outline.sections
      .filter(({ title }) => sections.includes(title))
      .flatMap(({ items }) => items.filter(isTold)),
  })).filter(({ items }) => items.length > 0)
  const letter = new Document({
    creator: '形审 xingshen',
    title: '形式审查一次性告知书',
    styles: { default: { document: { run: { font: BODY, size: SIZES.text }, paragraph: { spacing: { line: 360 } } } } },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1440, bottom: 1440, left: 1417, right: 1417 } },
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [
              new TextRun({ text: '继续医学教育项目申报形式审查一次性告知书', font: HEAD, size: SIZES.title }),
            ],
          }),
          facts(outline, review),
          text(opening(review, asked.length > 0)),
          ...asked.flatMap((part, index) => [heading(`${ORDINALS[index]}、${part.heading}`), table(part.items)]),
          ...outline.notes.map((note) => text(`说明：${note}`)),
          text('本告知书只涉及申报材料的形式，不评价学术内容；结论以主管部门审定为准。'),
          ...signature(),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(letter))
}

/** What a person overruled is settled; what a model asks is the office's to judge first. */
const isTold = ({ asker, ruled }: ReportItem): boolean => (ruled ? ruled.ruling !== 'overrule' : asker === null)

function opening({ status }: Review, found: boolean): string {
  if (status === 'failed') return '所交申报材料未能审查，原因如上；请办理后重新提交。'
  if (!found) return '所交申报材料经形式审查，没有发现须补正的事项。'
  return '所交申报材料经形式审查，下列事项须改正、核对或说明，现一次告知。请逐项办理后重新提交。'
}

function facts({ facts, meaning }: Outline, { problem }: Review): Table {
  const shown = FACTS.flatMap((label) => facts.filter((fact) => fact.label === label))
  const all = problem ? [...shown, { label: '未能审查', value: meaning }] : shown
  return grid(
    [1800, 7272],
    all.map(({ label, value }) => [[label], [value]]),
  )
}

function table(items: ReportItem[]): Table {
  return grid(
    COLUMNS.map(({ width }) => width),
    [COLUMNS.map(({ title }) => [title]), ...items.map((item, index) => row(item, index + 1))],
    { headed: true },
  )
}

function row(item: ReportItem, number: number): string[][] {
  const details = [
    ['改正', item.suggestion],
    ['所填', item.readings.map(({ label, value }) => `${label}：${value}`).join('；')],
    ['请说明', item.ruled?.ruling === 'ask' && item.ruled.reason && maskPersonalNumbers(item.ruled.reason)],
  ].flatMap(([label, value]) => (value ? [`${label}：${value}`] : []))
  return [
    [String(number)],
    [item.message, ...details],
    [item.clause ?? ''],
    item.places.length > 0 ? item.places : ['—'],
  ]
}

/** `rows` hold cells, a cell its paragraphs; the first row is repeated on every page when the table is `headed`. */
function grid(widths: number[], rows: string[][][], { headed = false } = {}): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: rows.map(
      (cells, at) =>
        new TableRow({
          tableHeader: headed && at === 0,
          cantSplit: true,
          height: { value: 400, rule: HeightRule.ATLEAST },
          children: cells.map(
            (paragraphs, column) =>
              new TableCell({
                verticalAlign: VerticalAlignTable.CENTER,
                width: { size: widths[column] ?? 0, type: WidthType.DXA },
                margins: { left: 80, right: 80, top: 40, bottom: 40 },
                children: paragraphs.map((line) => small(line, headed && at === 0)),
              }),
          ),
        }),
    ),
  })
}

const small = (line: string, bold: boolean) =>
  new Paragraph({
    spacing: { line: 280 },
    children: [new TextRun({ text: xmlText(line), size: SIZES.table, ...(bold ? { font: HEAD } : {}) })],
  })

const text = (line: string) =>
  new Paragraph({ spacing: { before: 160 }, indent: { firstLine: INDENT }, children: [new TextRun(xmlText(line))] })

const heading = (line: string) =>
  new Paragraph({
    keepNext: true,
    spacing: { before: 240, after: 120 },
    children: [new TextRun({ text: line, font: HEAD })],
  })

const signature = () =>
  ['审查单位（盖章）：                    ', '年    月    日'].map(
    (line) =>
      new Paragraph({ alignment: AlignmentType.RIGHT, spacing: { before: 320 }, children: [new TextRun(line)] }),
  )

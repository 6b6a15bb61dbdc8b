import * as docx from 'docx'
import JSZip from 'jszip'
import type { Block, Cell, Paragraph, Run, Sheet, Table } from './sheet.ts'
import type { Style } from './style.ts'

type Child = docx.Paragraph | docx.Table | docx.Textbox

/** The sheet as a Word document; seals and signatures are left out, the boxes are drawn in the style's manner. */
export async function toDocx(sheet: Sheet, style: Style): Promise<Uint8Array> {
  const document = new docx.Document({
    creator: 'samples',
    styles: {
      default: {
        document: {
          run: { font: { ascii: style.font, eastAsia: style.font, hAnsi: style.font }, size: `${style.size}pt` },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: '210mm', height: '297mm' },
            margin: { top: '22mm', bottom: '20mm', left: '20mm', right: '20mm' },
          },
        },
        ...(style.runningHead
          ? { headers: { default: new docx.Header({ children: [new docx.Paragraph(style.runningHead)] }) } }
          : {}),
        ...(style.pageNumbers
          ? {
              footers: {
                default: new docx.Footer({
                  children: [
                    new docx.Paragraph({
                      alignment: 'center',
                      children: [new docx.TextRun({ children: [docx.PageNumber.CURRENT] })],
                    }),
                  ],
                }),
              },
            }
          : {}),
        children: sheet.blocks.flatMap((block, index) => blockOf(block, style, sheet.blocks[index - 1])),
      },
    ],
  })
  return withFixedDates(await docx.Packer.toBuffer(document))
}

function blockOf(block: Block, style: Style, before: Block | undefined): Child[] {
  switch (block.kind) {
    case 'page':
      return [new docx.Paragraph({ children: [new docx.PageBreak()] })]
    case 'paragraph':
      return block.framed ? [framed(block, style)] : [paragraphOf(block, style)]
    case 'table':
      // Word joins tables that touch.
      return [...(before?.kind === 'table' ? [new docx.Paragraph('')] : []), tableOf(block, style)]
  }
}

const framed = (paragraph: Paragraph, style: Style) =>
  new docx.Textbox({ style: { width: '420pt', height: 'auto' }, children: [paragraphOf(paragraph, style)] })

function paragraphOf(paragraph: Paragraph, style: Style): docx.Paragraph {
  const alignments = { left: 'left', center: 'center', right: 'right', justify: 'both' } as const
  return new docx.Paragraph({
    ...(paragraph.align ? { alignment: alignments[paragraph.align] } : {}),
    ...(paragraph.before ? { spacing: { before: Math.round(paragraph.before * 56.7) } } : {}),
    ...(paragraph.indent ? { indent: { firstLine: 420 } } : {}),
    children: paragraph.runs.flatMap((run) => runOf(run, paragraph, style)),
  })
}

function runOf(run: Run, paragraph: Paragraph, style: Style): docx.ParagraphChild[] {
  if (run.kind === 'text')
    return [
      new docx.TextRun({
        text: run.text,
        ...(run.bold ? { bold: true } : {}),
        ...(run.underline ? { underline: {} } : {}),
        ...((run.size ?? paragraph.size) ? { size: `${run.size ?? paragraph.size ?? 10}pt` } : {}),
        ...(paragraph.heading
          ? { font: { eastAsia: style.headFont, ascii: style.headFont, hAnsi: style.headFont } }
          : {}),
      }),
    ]
  if (run.kind === 'blank') return [new docx.TextRun('\u00a0'.repeat(14))]
  if (run.kind !== 'box') return []
  if (style.box === 'wingdings')
    return [new docx.SymbolRun({ char: run.checked ? 'F0FE' : 'F0A8', symbolfont: 'Wingdings' })]
  return [
    new docx.CheckBox({
      checked: run.checked,
      checkedState: { value: '2612', font: 'MS Gothic' },
      uncheckedState: { value: '2610', font: 'MS Gothic' },
    }),
  ]
}

const TEXT_WIDTH = 9638

function tableOf(table: Table, style: Style): docx.Table {
  const total = table.widths.reduce((sum, width) => sum + width, 0)
  return new docx.Table({
    width: { size: TEXT_WIDTH, type: 'dxa' },
    layout: 'fixed',
    columnWidths: table.widths.map((width) => Math.round((width / total) * TEXT_WIDTH)),
    rows: table.rows.map(
      (line, index) =>
        new docx.TableRow({
          ...(style.repeatHeader && index < (table.headerRows ?? 0) ? { tableHeader: true } : {}),
          ...(line.height ? { height: { value: `${line.height}mm`, rule: 'atLeast' as const } } : {}),
          children: line.cells.map((cell) => cellOf(cell, style)),
        }),
    ),
  })
}

const cellOf = (cell: Cell, style: Style) =>
  new docx.TableCell({
    ...(cell.columns && cell.columns > 1 ? { columnSpan: cell.columns } : {}),
    ...(cell.rows && cell.rows > 1 ? { rowSpan: cell.rows } : {}),
    verticalAlign: cell.top ? 'top' : 'center',
    children: cell.content.map((paragraph) =>
      paragraphOf(cell.align === 'center' ? { ...paragraph, align: 'center' } : paragraph, style),
    ),
  })

const LONG_AGO = new Date('2025-01-01T00:00:00Z')

/** The same bytes on every run: no time of creation inside. */
async function withFixedDates(bytes: Uint8Array): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes)
  const fixed = new JSZip()
  for (const name of Object.keys(zip.files).sort()) {
    const entry = zip.files[name]
    if (!entry || entry.dir) continue
    const data =
      name === 'docProps/core.xml'
        ? (await entry.async('string')).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, LONG_AGO.toISOString())
        : await entry.async('uint8array')
    fixed.file(name, data, { date: LONG_AGO })
  }
  return fixed.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}

import { sealSvg, signatureSvg } from './marks.ts'
import type { Block, Cell, Paragraph, Row, Run, Sheet, Table } from './sheet.ts'
import type { Style } from './style.ts'

const escapeHtml = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export type HtmlOptions = { marks: boolean; ink: string; injection?: string | undefined }

/** The sheet as one HTML page set for A4 printing. */
export function toHtml(sheet: Sheet, style: Style, options: HtmlOptions): string {
  const body = sheet.blocks.map((block) => blockHtml(block, style, options)).join('\n')
  const watermark = style.watermark
    ? `<div class="watermark">${Array.from({ length: 4 }, () => `<span>${escapeHtml(style.watermark ?? '')}</span>`).join('')}</div>`
    : ''
  const hidden = options.injection
    ? `<p style="color:#fff;font-size:6pt;margin:0">${escapeHtml(options.injection)}</p>`
    : ''
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
@page { size: A4; margin: ${style.margin} }
body { margin: 0; font-family: '${style.font}', 'Noto Serif CJK SC'; font-size: ${style.size}pt; line-height: ${style.line} }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0 0 2mm; -webkit-print-color-adjust: exact }
td { border: ${style.border}; padding: 1.2mm 1.5mm; overflow-wrap: anywhere; vertical-align: middle }
td.top { vertical-align: top } td.center { text-align: center }
td.label { font-family: '${style.headFont}' } td.vertical div { width: 1.1em; margin: auto }
p { margin: 0; min-height: 1em } .heading { font-family: '${style.headFont}'; break-after: avoid }
.page { break-before: page } .radio { display: inline-block; width: 0.8em; height: 0.8em; border: 0.8pt solid #333; border-radius: 50%; vertical-align: -0.08em; position: relative }
.square { display: inline-block; width: 0.85em; height: 0.85em; border: 0.8pt solid #333; vertical-align: -0.1em; position: relative }
.on::after { content: ''; position: absolute; inset: 20%; background: #222; border-radius: inherit }
.mark { display: inline-block; width: 0; height: 0; position: relative } .mark svg { position: absolute; mix-blend-mode: multiply }
.blank { display: inline-block; width: 29mm } .framed { border: 0.75pt solid #000; padding: 2mm 4mm; display: inline-block }
.watermark { position: fixed; inset: 0; display: flex; flex-direction: column; justify-content: space-around; align-items: center; z-index: -1; color: #d8d8d8; font-size: 22pt }
.watermark span { transform: rotate(-35deg) }
</style><body>${watermark}${hidden}${body}</body></html>`
}

function blockHtml(block: Block, style: Style, options: HtmlOptions): string {
  switch (block.kind) {
    case 'page':
      return '<div class="page"></div>'
    case 'paragraph':
      return paragraphHtml(block, style, options)
    case 'table':
      return tableHtml(block, style, options)
  }
}

function paragraphHtml(paragraph: Paragraph, style: Style, options: HtmlOptions): string {
  const css = [
    paragraph.align ? `text-align:${paragraph.align}` : '',
    paragraph.size ? `font-size:${paragraph.size}pt` : '',
    paragraph.before ? `margin-top:${paragraph.before}mm` : '',
    paragraph.indent ? 'text-indent:2em' : '',
  ].filter(Boolean)
  const classes = [paragraph.heading ? 'heading' : '', paragraph.framed ? 'framed' : ''].filter(Boolean)
  return `<p class="${classes.join(' ')}" style="${css.join(';')}">${paragraph.runs.map((run) => runHtml(run, style, options)).join('')}</p>`
}

function runHtml(run: Run, _style: Style, options: HtmlOptions): string {
  switch (run.kind) {
    case 'text': {
      const css = [
        run.bold ? 'font-weight:700' : '',
        run.underline ? 'text-decoration:underline' : '',
        run.size ? `font-size:${run.size}pt` : '',
      ].filter(Boolean)
      return css.length ? `<span style="${css.join(';')}">${escapeHtml(run.text)}</span>` : escapeHtml(run.text)
    }
    case 'box':
      return `<span class="${run.round ? 'radio' : 'square'}${run.checked ? ' on' : ''}"></span>`
    case 'blank':
      return '<span class="blank"></span>'
    // Without marks the place is kept, so that both prints of a form break alike.
    case 'seal':
      return mark(
        options.marks ? `<span style="position:absolute;left:-45mm;top:-25mm">${sealSvg(run.name)}</span>` : '',
      )
    case 'signature':
      return mark(
        options.marks
          ? `<span style="position:absolute;left:2mm;top:-9mm">${signatureSvg(run.name, options.ink)}</span>`
          : '',
      )
  }
}

const mark = (drawn: string): string => `<span class="mark">${drawn}</span>`

function tableHtml(table: Table, style: Style, options: HtmlOptions): string {
  const columns = table.widths.map((width) => `<col style="width:${width.toFixed(2)}%">`).join('')
  const rows = table.rows.map((line) => {
    const cells = line.cells.map((cell) => cellHtml(cell, style, options)).join('')
    return `<tr style="height:${line.height ?? 8}mm${isSealed(line) ? ';break-inside:avoid' : ''}">${cells}</tr>`
  })
  const header = style.repeatHeader ? (table.headerRows ?? 0) : 0
  const top = header ? `<thead>${rows.slice(0, header).join('')}</thead>` : ''
  return `<table><colgroup>${columns}</colgroup>${top}<tbody>${rows.slice(header).join('')}</tbody></table>`
}

/** A stamp is put on after printing: it never falls apart over a page break. */
const isSealed = (line: Row): boolean =>
  line.cells.some((cell) => cell.content.some((paragraph) => paragraph.runs.some((run) => run.kind === 'seal')))

function cellHtml(cell: Cell, style: Style, options: HtmlOptions): string {
  const classes = [
    cell.label ? 'label' : '',
    cell.align === 'center' ? 'center' : '',
    cell.top ? 'top' : '',
    cell.vertical ? 'vertical' : '',
  ]
  const spans = `${cell.columns && cell.columns > 1 ? ` colspan="${cell.columns}"` : ''}${cell.rows && cell.rows > 1 ? ` rowspan="${cell.rows}"` : ''}`
  const content = cell.content.map((paragraph) => paragraphHtml(paragraph, style, options)).join('')
  return `<td class="${classes.filter(Boolean).join(' ')}"${spans}>${cell.vertical ? `<div>${content}</div>` : content}</td>`
}

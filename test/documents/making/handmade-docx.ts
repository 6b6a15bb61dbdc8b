import JSZip from 'jszip'

const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ')

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const OFFICE = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export type Extra = { part: string; kind?: string; data: string | Uint8Array }

/** A DOCX of hand-written body XML, with further parts where asked for; `kind` relates the part to the body as `rId1`, `rId2`, … */
export async function makeDocx(body: string, extras: Extra[] = []): Promise<Uint8Array> {
  return packDocx(`<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`, extras)
}

/** As `makeDocx`, but with the whole of the main part given. */
export async function packDocx(main: string, extras: Extra[] = []): Promise<Uint8Array> {
  const zip = new JSZip()
  zip.file(
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${OFFICE}.document.main+xml"/></Types>`,
  )
  zip.file('_rels/.rels', relationships([{ type: 'officeDocument', target: 'word/document.xml' }]))
  zip.file('word/document.xml', main)
  const related = extras.flatMap(({ kind, part }) => (kind ? [{ type: kind, target: part.replace('word/', '') }] : []))
  zip.file('word/_rels/document.xml.rels', relationships(related))
  for (const { part, data } of extras)
    zip.file(part, typeof data === 'string' ? data.replace('NAMESPACES', NAMESPACES) : data)
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}

export function p(...runs: string[]): string {
  return `<w:p>${runs.join('')}</w:p>`
}

export function r(text: string, properties = ''): string {
  return `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`
}

export function tc(content: string, properties = ''): string {
  const inner = content.startsWith('<') ? content : p(r(content))
  return `<w:tc>${properties ? `<w:tcPr>${properties}</w:tcPr>` : ''}${inner}</w:tc>`
}

export function tr(...cells: string[]): string {
  return `<w:tr>${cells.join('')}</w:tr>`
}

export function tbl(...rows: string[]): string {
  return `<w:tbl>${rows.join('')}</w:tbl>`
}

function relationships(list: { type: string; target: string }[]): string {
  const items = list.map(
    ({ type, target }, i) => `<Relationship Id="rId${i + 1}" Type="${TYPE}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

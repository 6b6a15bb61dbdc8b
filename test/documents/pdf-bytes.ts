import type { Page } from '../../src/documents/model.ts'
import { openPdf } from '../../src/documents/pdf/open.ts'
import { textOf } from '../../src/documents/text.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'

export const ports = { resources: packagedResources() }

/** A PDF written object by object: `objects[0]` is number 4; 1 to 3 are catalog, page tree and one page. */
export type Written = {
  content: string
  /** Entries of the page dictionary besides its contents: boxes, rotation, resources. */
  page?: string
  catalog?: string
  objects?: (string | { dict: string; data: Uint8Array | string })[]
}

export function writePdf({ content, page = '', catalog = '', objects = [] }: Written): Uint8Array {
  const chunks: Uint8Array[] = []
  const offsets: number[] = []
  let length = 0
  const push = (part: Uint8Array | string) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part
    chunks.push(bytes)
    length += bytes.length
  }
  const object = (body: string | { dict: string; data: Uint8Array | string }) => {
    offsets.push(length)
    push(`${offsets.length} 0 obj\n`)
    if (typeof body === 'string') push(body)
    else {
      push(`<< ${body.dict} /Length ${body.data.length} >>\nstream\n`)
      push(body.data)
      push('\nendstream')
    }
    push('\nendobj\n')
  }
  const last = 4 + objects.length
  push('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  object(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`)
  object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')
  object(
    `<< /Type /Page /Parent 2 0 R ${page.includes('/MediaBox') ? '' : '/MediaBox [0 0 600 800]'} ${page} /Contents ${last} 0 R >>`,
  )
  for (const body of objects) object(body)
  object({ dict: '', data: content })
  const start = length
  push(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`)
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n \n`)
  push(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`)
  return new Uint8Array(Buffer.concat(chunks))
}

/** A Chinese font that is not embedded, as Word and older tools leave it out. */
export const chineseFont = (name: string, encoding: string): string[] => [
  `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /${encoding} /DescendantFonts [5 0 R] >>`,
  `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 6 0 R >>`,
  `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>`,
]

export const SONG = {
  page: '/Resources << /Font << /F1 4 0 R >> >>',
  objects: chineseFont('STSong-Light', 'UniGB-UCS2-H'),
}

/** Text as a hexadecimal UCS-2 string. */
export const ucs2 = (text: string): string =>
  `<${[...text].map((c) => (c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')}>`

/** Text in 12-point type at a place of PDF user space. */
export const put = (text: string, x: number, y: number, more = ''): string =>
  `BT /F1 12 Tf ${more} 1 0 0 1 ${x} ${y} Tm ${ucs2(text)} Tj ET\n`

/** Ruling lines of a table: x and y positions of all its lines. */
export const ruled = (xs: number[], ys: number[]): string =>
  [
    ...xs.map((x) => `${x} ${Math.min(...ys)} m ${x} ${Math.max(...ys)} l S\n`),
    ...ys.map((y) => `${Math.min(...xs)} ${y} m ${Math.max(...xs)} ${y} l S\n`),
  ].join('')

export async function readPages(bytes: Uint8Array): Promise<(Page | null)[]> {
  return (await openPdf(bytes, ports, { maxPages: 50 })).pages
}

export async function readFirst(bytes: Uint8Array): Promise<Page> {
  const [page] = await readPages(bytes)
  if (!page) throw new Error('the page was left to OCR')
  return page
}

/** The words of a page: free lines and cells in reading order. */
export function textsOf(page: Page): string[] {
  return page.blocks.flatMap((block) =>
    block.kind === 'line' ? [textOf(block.line)] : block.table.cells.map((cell) => cell.lines.map(textOf).join('/')),
  )
}

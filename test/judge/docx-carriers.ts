import JSZip from 'jszip'
import { sampleBytes } from './reviewing.ts'

/** A Word package under change: its main part, and the parts and relationships that come with it. */
type Draft = { xml: string; zip: JSZip; relationships: string[]; types: string[] }
type Carry = (text: string, draft: Draft) => void

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** At the end of the body, or of the first cell that a long text stands in. */
function append(draft: Draft, paragraph: string): void {
  const at = draft.xml.lastIndexOf('<w:sectPr')
  draft.xml = draft.xml.slice(0, at) + paragraph + draft.xml.slice(at)
}

const run = (text: string, look = '') =>
  `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
const paragraph = (inside: string) => `<w:p>${inside}</w:p>`
const looking =
  (look: string): Carry =>
  (text, draft) =>
    append(draft, paragraph(run(text, look)))

function part(draft: Draft, name: string, kind: string, xml: string): string {
  draft.zip.file(`word/${name}.xml`, `<?xml version="1.0" encoding="UTF-8"?>${xml}`)
  const id = `rIdX${draft.relationships.length}`
  draft.relationships.push(`<Relationship Id="${id}" Type="${TYPE}/${kind}" Target="${name}.xml"/>`)
  draft.types.push(
    `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`,
  )
  return id
}

const drawing = (inside: string, about = '') =>
  `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="3000000" cy="600000"/><wp:docPr id="77" name="x" ${about}/>${inside}</wp:inline></w:drawing></w:r>`
const box = (inside: string) =>
  drawing(
    `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:spPr/><wps:txbx><w:txbxContent>${inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>`,
  )

/** What no person sees on the page. */
export const HIDDEN: Record<string, Carry> = {
  vanished: looking('<w:vanish/>'),
  white: looking('<w:color w:val="FFFFFF"/>'),
  'nearly white': looking('<w:color w:val="FAFAFA"/>'),
  tiny: looking('<w:sz w:val="2"/>'),
  squeezed: looking('<w:w w:val="1"/>'),
  'black on black': looking('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
  'white on a white highlight': looking('<w:color w:val="FFFFFF"/><w:highlight w:val="white"/>'),
  deleted: (text, draft) =>
    append(draft, paragraph(`<w:del w:id="9"><w:r><w:delText>${escaped(text)}</w:delText></w:r></w:del>`)),
  'moved away': (text, draft) => append(draft, paragraph(`<w:moveFrom w:id="10">${run(text)}</w:moveFrom>`)),
  'a hidden row': (text, draft) =>
    append(
      draft,
      `<w:tbl><w:tblPr/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>${paragraph(run(text))}</w:tc></w:tr></w:tbl>${paragraph('')}`,
    ),
  'a vanished style': (text, draft) => {
    append(draft, `<w:p><w:pPr><w:pStyle w:val="Unseen"/></w:pPr>${run(text)}</w:p>`)
  },
  'indented off the page': (text, draft) =>
    append(draft, `<w:p><w:pPr><w:ind w:left="31000"/></w:pPr>${run(text)}</w:p>`),
  'framed off the page': (text, draft) =>
    append(draft, `<w:p><w:pPr><w:framePr w:x="-31000" w:y="1"/></w:pPr>${run(text)}</w:p>`),
  'a text box off the page': (text, draft) =>
    append(
      draft,
      paragraph(
        box(paragraph(run(text))).replace(
          '<wp:extent',
          '<wp:positionH relativeFrom="page"><wp:posOffset>-20000000</wp:posOffset></wp:positionH><wp:extent',
        ),
      ),
    ),
  'vanished in a text box': (text, draft) => append(draft, paragraph(box(paragraph(run(text, '<w:vanish/>'))))),
  'white in a header': (text, draft) => {
    part(draft, 'header77', 'header', `<w:hdr ${W}>${paragraph(run(text, '<w:color w:val="FFFFFF"/>'))}</w:hdr>`)
  },
  'alternative text': (text, draft) => append(draft, paragraph(drawing('', `descr="${escaped(text)}"`))),
  'a description property': (text, draft) => {
    draft.zip.file(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>${escaped(text)}</dc:description></cp:coreProperties>`,
    )
  },
  'a property of one’s own': (text, draft) => {
    draft.zip.file(
      'docProps/custom.xml',
      `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="x"><vt:lpwstr>${escaped(text)}</vt:lpwstr></property></Properties>`,
    )
  },
  'a fallback': (text, draft) =>
    append(
      draft,
      paragraph(
        `<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:t>。</w:t></mc:Choice><mc:Fallback><w:t>${escaped(text)}</w:t></mc:Fallback></mc:AlternateContent></w:r>`,
      ),
    ),
  'a comment': (text, draft) => {
    part(
      draft,
      'comments',
      'comments',
      `<w:comments ${W}><w:comment w:id="0">${paragraph(run(text))}</w:comment></w:comments>`,
    )
  },
}

/** What a person sees, where no field of a form is. */
export const SEEN: Record<string, Carry> = {
  'a header': (text, draft) => void part(draft, 'header78', 'header', `<w:hdr ${W}>${paragraph(run(text))}</w:hdr>`),
  'a footer': (text, draft) => void part(draft, 'footer78', 'footer', `<w:ftr ${W}>${paragraph(run(text))}</w:ftr>`),
  'a text box': (text, draft) => append(draft, paragraph(box(paragraph(run(text))))),
  'a footnote': (text, draft) => {
    part(
      draft,
      'footnotes',
      'footnotes',
      `<w:footnotes ${W}><w:footnote w:id="7">${paragraph(run(text))}</w:footnote></w:footnotes>`,
    )
    append(draft, paragraph('<w:r><w:footnoteReference w:id="7"/></w:r>'))
  },
  'an endnote': (text, draft) => {
    part(
      draft,
      'endnotes',
      'endnotes',
      `<w:endnotes ${W}><w:endnote w:id="7">${paragraph(run(text))}</w:endnote></w:endnotes>`,
    )
    append(draft, paragraph('<w:r><w:endnoteReference w:id="7"/></w:r>'))
  },
  'an insertion': (text, draft) => append(draft, paragraph(`<w:ins w:id="11">${run(text)}</w:ins>`)),
}

/** In places of the package that neither Word shows nor we read. */
export const UNREAD: Record<string, Carry> = {
  'custom XML': (text, draft) => void draft.zip.file('customXml/item1.xml', `<x>${escaped(text)}</x>`),
  'a field’s instruction': (text, draft) =>
    append(
      draft,
      paragraph(
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>COMMENTS "${escaped(text)}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      ),
    ),
  'a table’s description': (text, draft) =>
    append(
      draft,
      `<w:tbl><w:tblPr><w:tblDescription w:val="${escaped(text)}"/></w:tblPr><w:tr><w:tc>${paragraph('')}</w:tc></w:tr></w:tbl>${paragraph('')}`,
    ),
}

/** A sample form that carries texts, each in a way of its own. */
export async function wordForm(sample: string, texts: readonly { carry: Carry; text: string }[]): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(sampleBytes(sample))
  const read = async (name: string) => (await zip.file(name)?.async('string')) ?? ''
  const draft: Draft = { xml: await read('word/document.xml'), zip, relationships: [], types: [] }
  for (const { carry, text } of texts) carry(text, draft)
  zip.file('word/document.xml', draft.xml)
  const extend = async (name: string, end: string, more: string) =>
    zip.file(name, (await read(name)).replace(end, `${more}${end}`))
  await extend('word/_rels/document.xml.rels', '</Relationships>', draft.relationships.join(''))
  await extend('[Content_Types].xml', '</Types>', draft.types.join(''))
  const unseen =
    '<w:style w:type="paragraph" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
  await extend('word/styles.xml', '</w:styles>', unseen)
  return zip.generateAsync({ type: 'uint8array', compression: 'STORE' })
}

import { Problem } from '../../problem.ts'
import type { HiddenText, Line, Page } from '../model.ts'
import { linesOfBlock } from '../text.ts'
import { type PlacedBlock, readFlow, sectionBreaksOf } from './flow.ts'
import { openPackage, type Package } from './package.ts'
import { readDescriptions } from './properties.ts'
import { assemblePages, NO_BOX, type Reading, startReading, textOf } from './reading.ts'
import { findMissedText } from './second-reading.ts'
import { readStyles, type Styles } from './styles.ts'
import { attribute, characters, child, descendant, elements, type Xml } from './xml.ts'

/** A picture that covers this share of a page is a page scanned and pasted, not an ornament, seal or signature. */
const SCAN_SHARE = 0.5
/** A4 in points, where the file does not say. */
const A4 = 595 * 842
const RASTER = /\.(png|jpe?g|jfif|tiff?|bmp|gif|webp)$/i

/** A scan pasted into the document, to be read by OCR as page `number`; `part` holds its picture. */
export type PastedScan = { number: number; part: string }

/** Any other picture: the page it stands on and its size there in points. */
export type PastedPicture = { page: number; part: string; width: number; height: number }

export type OpenedDocx = { pages: (Page | null)[]; margins: Line[]; scans: PastedScan[]; pictures: PastedPicture[] }

/**
 * Reads a DOCX. Pages are counted from its explicit and last-rendered breaks; a pasted scan is a `null` page: in the place of
 * a page that holds nothing else, else after the last one.
 * Throws `Problem`: `corrupt_document`, `encrypted_document`, `unsupported_media_type` (its text is an embedded web page).
 */
export async function openDocx(bytes: Uint8Array): Promise<OpenedDocx> {
  const source = await openPackage(bytes)
  const root = await source.xml(source.main)
  const body = child(root ?? undefined, 'w:body')
  if (!root || !body) throw new Problem('corrupt_document', 'Word 文档没有正文，无法打开。请重新保存后再上传。')
  const relationships = await source.relationships(source.main)
  const related = (end: string) =>
    [...relationships.values()].filter(({ type, external }) => !external && type.endsWith(end))
  const partOf = async (end: string) => source.xml(related(end)[0]?.target ?? '')

  const styles = readStyles(await partOf('/styles'))
  const reading = startReading(styles)
  const behind = backgroundOf(root)
  const placed = readFlow(body, reading.context, { behind }, sectionBreaksOf(body))
  placed.push(...readNotes(reading, await partOf('/footnotes'), await partOf('/endnotes')))
  const lastPage = reading.context.pages.current()
  for (const text of await findMissedText(source, reading.met.join(''))) {
    placed.push({ block: { kind: 'line', line: lineOf(text) }, page: lastPage })
  }
  for (const text of [...commentsOf(await partOf('/comments')), ...(await readDescriptions(source))]) {
    reading.hidden.push({ hidden: { ...text, box: null }, page: 1 })
  }
  const margins = await readMargins(source, styles, [...related('/header'), ...related('/footer')], reading)

  const pages = assemblePages(lastPage, placed, reading)
  const area = pageArea(body)
  const placedPictures = reading.pictures
    .map((picture) => ({ ...picture, part: relationships.get(picture.relation)?.target ?? '' }))
    .filter(({ part }) => RASTER.test(part))
  const isScan = ({ width, height }: PastedPicture) => (width * height) / area >= SCAN_SHARE
  const scans = placedPictures.filter(isScan)
  for (const { page } of placedPictures) pages[page - 1]?.pictures.push(NO_BOX)
  const pictures = placedPictures.filter((picture) => !isScan(picture))
  return { ...placeScans(pages, scans), margins, pictures }
}

/** The bytes of a picture. Throws `corrupt_document` when the file does not hold it. */
export async function readPart(bytes: Uint8Array, part: string): Promise<Uint8Array> {
  const picture = await (await openPackage(bytes)).bytes(part)
  if (!picture) throw new Problem('corrupt_document', 'Word 文档中的图片已丢失，请重新插入图片后再上传。')
  return picture
}

function placeScans(pages: Page[], scans: { page: number; part: string }[]): Pick<OpenedDocx, 'pages' | 'scans'> {
  const all: (Page | null)[] = [...pages]
  const placed = scans.map(({ page, part }) => {
    const place = all[page - 1]
    if (place && place.blocks.length === 0) {
      all[page - 1] = null
      return { number: page, part }
    }
    return { number: all.push(null), part }
  })
  return { pages: all, scans: placed }
}

function lineOf(text: string): Line {
  return { spans: [{ text, box: null, confidence: 1 }], box: null }
}

function readNotes(reading: Reading, footnotes: Xml | null, endnotes: Xml | null): PlacedBlock[] {
  const { context, notes } = reading
  const roots = { footnote: footnotes, endnote: endnotes }
  return notes.splice(0).flatMap(({ kind, id, page }, i) => {
    const note = elements(roots[kind] ?? { name: '', attributes: new Map(), children: [] }).find(
      (candidate) => attribute(candidate, 'id') === id,
    )
    if (!note) return []
    return readFlow(note, context, { behind: 'FFFFFF' }).map(({ block }) => ({
      block: block.kind === 'line' ? { ...block, path: `${kind} ${i + 1}` } : block,
      page,
    }))
  })
}

/** Running headers and footers, each wording once; what is hidden in them is reported on the first page. */
async function readMargins(
  source: Package,
  styles: Styles,
  parts: { target: string }[],
  reading: Reading,
): Promise<Line[]> {
  const lines = new Map<string, Line>()
  for (const { target } of parts) {
    const root = await source.xml(target)
    if (!root) continue
    const own = startReading(styles)
    for (const { block } of readFlow(root, own.context, { behind: 'FFFFFF' })) {
      for (const line of linesOfBlock(block)) lines.set(textOf(line).trim(), line)
    }
    reading.hidden.push(...own.hidden.map(({ hidden }) => ({ hidden, page: 1 })))
  }
  return [...lines.values()]
}

function commentsOf(root: Xml | null): Pick<HiddenText, 'text' | 'reason'>[] {
  return (root ? elements(root) : [])
    .map((comment) => ({ text: characters(comment).trim(), reason: 'comment' as const }))
    .filter(({ text }) => text !== '')
}

function backgroundOf(root: Xml): string {
  const color = attribute(child(root, 'w:background'), 'color')
  return color && color !== 'auto' ? color : 'FFFFFF'
}

function pageArea(body: Xml): number {
  const size = descendant(body, 'w:pgSz')
  const area = (Number(attribute(size, 'w')) / 20) * (Number(attribute(size, 'h')) / 20)
  return area > 0 ? area : A4
}

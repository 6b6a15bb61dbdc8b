import JSZip from 'jszip'
import mammoth from 'mammoth/mammoth.browser.js'
import { piecesOf } from '../pieces.ts'
import type { Package } from './package.ts'

/** Larger main parts are not read twice: mammoth holds the whole tree, and says itself that it can be slow on odd input. */
const MAX_BYTES = 4 * 1024 * 1024
/** Nor are longer texts held against each other (characters). */
const MAX_TEXT = 500_000

const PARTS = ['[Content_Types].xml', '_rels/.rels']
const RELATED = ['/styles', '/numbering', '/footnotes', '/endnotes', '/comments']

/**
 * The paragraphs that mammoth finds and our own reading did not meet. mammoth has no merged cells, no hidden text and no
 * checkbox state, so it does not read the form; but it knows wrappers and oddities of many producers, so it checks that our
 * reading lost no text. It is given a fresh archive of parts that have passed our own bounds: it has none itself.
 */
export async function findMissedText(source: Package, met: string): Promise<string[]> {
  const main = await source.bytes(source.main)
  if (!main || main.length > MAX_BYTES || met.length > MAX_TEXT) return []
  const archive = new JSZip()
  for (const part of [...PARTS, source.main, ...(await relatedParts(source))]) {
    const data = await source.bytes(part)
    if (data) archive.file(part, data)
  }
  const arrayBuffer = await archive.generateAsync({ type: 'arraybuffer', compression: 'STORE' })
  const text = await mammoth.extractRawText({ arrayBuffer }).then(
    ({ value }) => value,
    () => '',
  )
  const known = new Set(piecesOf(met))
  return text
    .split('\n')
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => isMissing(piecesOf(paragraph), known))
}

/** Piece by piece, for either reading may have a word more within a paragraph (mammoth drops simple fields, for one). */
function isMissing(pieces: string[], known: Set<string>): boolean {
  return pieces.filter((piece) => known.has(piece)).length < pieces.length / 2
}

async function relatedParts(source: Package): Promise<string[]> {
  const folder = source.main.slice(0, source.main.lastIndexOf('/') + 1)
  const relations = `${folder}_rels/${source.main.slice(folder.length)}.rels`
  const related = [...(await source.relationships(source.main)).values()]
    .filter(({ type, external }) => !external && RELATED.some((end) => type.endsWith(end)))
    .map(({ target }) => target)
  return [relations, ...related]
}

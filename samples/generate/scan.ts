import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { type Damage, damage, encode, type Raster } from './degrade.ts'

const run = promisify(execFile)

/** Draws every page of a PDF with poppler. */
export async function rasterise(pdf: Uint8Array, dpi: number): Promise<Raster[]> {
  const folder = await mkdtemp(join(tmpdir(), 'samples-'))
  try {
    await writeFile(join(folder, 'in.pdf'), pdf)
    await run('pdftoppm', ['-r', String(dpi), '-png', join(folder, 'in.pdf'), join(folder, 'page')])
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort()
    const pages: Raster[] = []
    for (const name of names) {
      const { data, info } = await sharp(await readFile(join(folder, name)))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      pages.push({ width: info.width, height: info.height, data })
    }
    return pages
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Every page as the bytes of one picture. */
export async function scan(pdf: Uint8Array, how: Damage, seed: string): Promise<Uint8Array[]> {
  const pages = await rasterise(pdf, how.dpi)
  return Promise.all(pages.map((page, index) => encode(damage(page, how, `${seed} ${index}`), how)))
}

/** One picture a page, as web platforms print. */
export async function picturePdf(pictures: Uint8Array[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  fixDates(pdf)
  for (const picture of pictures) await addPicture(pdf, picture)
  return pdf.save()
}

async function addPicture(pdf: PDFDocument, bytes: Uint8Array): Promise<void> {
  const image = bytes[0] === 0x89 ? await pdf.embedPng(bytes) : await pdf.embedJpg(bytes)
  pdf.addPage([595.28, 841.89]).drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 })
}

/** The text pages of `plain`, with those that carry marks replaced by their scans. */
export async function mixedPdf(plain: Uint8Array, pictures: Uint8Array[], marked: Set<number>): Promise<Uint8Array> {
  const source = await PDFDocument.load(plain)
  const pdf = await PDFDocument.create()
  fixDates(pdf)
  for (const index of source.getPageIndices()) {
    const picture = pictures[index]
    if (marked.has(index + 1) && picture) await addPicture(pdf, picture)
    else pdf.addPage((await pdf.copyPages(source, [index]))[0])
  }
  return pdf.save()
}

const fixDates = (pdf: PDFDocument) => {
  pdf.setCreationDate(new Date(0))
  pdf.setModificationDate(new Date(0))
}

/** Pages that carry a seal or a signature in coloured ink, from 1. */
export function coloured(pages: Raster[]): Set<number> {
  return new Set(pages.flatMap((page, index) => (hasColour(page) ? [index + 1] : [])))
}

function hasColour({ data }: Raster): boolean {
  let count = 0
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 80) count += 1
  }
  return count > 20
}

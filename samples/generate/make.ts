import { DAMAGES, type Damage } from './degrade.ts'
import { findSeals } from './find-seals.ts'
import { convertToPdf } from './libreoffice.ts'
import type { Kind, Plan } from './plan.ts'
import type { Printer } from './print.ts'
import { coloured, mixedPdf, picturePdf, rasterise, scan } from './scan.ts'
import { toTiff } from './tiff.ts'
import { toDocx } from './to-docx.ts'
import { type HtmlOptions, toHtml } from './to-html.ts'
import { type Filled, fill, isPaper, truthOf } from './truth.ts'

type File = { name: string; bytes: Uint8Array }
export type Made = { files: File[]; truth: Record<string, unknown> }

const INKS = ['#1b2a6b', '#16161c', '#0a3a9a']

type Text = 'pdf' | 'pdf-libreoffice' | 'docx'
/** What is done to the pages of each kind of paper. */
export const DAMAGE_OF: Record<Exclude<Kind, Text>, Damage> & { [kind in Text]?: never } = {
  'scan-clean': DAMAGES.clean,
  'scan-degraded': DAMAGES.degraded,
  'scan-fax': DAMAGES.fax,
  photo: DAMAGES.photo,
  tiff: DAMAGES.faint,
  images: DAMAGES.faint,
  mixed: DAMAGES.clean,
}

/** One document of the plan as files, with its truth. */
export async function make(item: Plan, id: string, printer: Printer): Promise<Made> {
  const filled = fill(item)
  const ink = item.kind === 'mixed' ? '#0a3a9a' : (INKS[id.length % INKS.length] ?? '#000')
  const options: HtmlOptions = { marks: isPaper(item.kind), ink, injection: item.source.injection }
  const print = (marks: boolean) =>
    printer.print(toHtml(filled.sheet, filled.style, { ...options, marks }), filled.style)
  const files = await filesOf(item, id, filled, print)
  if (isPaper(item.kind) && item.kind !== 'scan-fax') {
    const name = item.source.marks.sealName ?? item.source.full.unit.name ?? ''
    // A sliver on the page before is no seal that anybody would look for.
    const seals = findSeals(await rasterise(await print(true), 75)).filter((seal) => seal.box[3] > 0.05)
    filled.declaration.seals = seals.map((seal) => ({ ...seal, text: name }))
  }
  return {
    files,
    truth: truthOf(
      item,
      filled.declaration,
      files.map((file) => file.name),
    ),
  }
}

async function filesOf(
  item: Plan,
  id: string,
  filled: Filled,
  print: (marks: boolean) => Promise<Uint8Array>,
): Promise<File[]> {
  const one = (suffix: string, bytes: Uint8Array): File[] => [{ name: `${id}.${suffix}`, bytes }]
  if (item.kind === 'pdf') return one('pdf', await print(false))
  if (item.kind === 'docx') return one('docx', await toDocx(filled.sheet, filled.style))
  if (item.kind === 'pdf-libreoffice') return one('pdf', await convertToPdf(await toDocx(filled.sheet, filled.style)))

  const pictures = await scan(await print(true), item.damage ?? DAMAGE_OF[item.kind], id)
  switch (item.kind) {
    case 'tiff':
      return one('tiff', await toTiff(pictures))
    case 'photo':
    case 'images':
      return pictures.map((bytes, index) => ({ name: `${id}-${index + 1}.jpg`, bytes }))
    case 'mixed': {
      const plain = await print(false)
      const marked = coloured(await rasterise(await print(true), 75))
      return one('pdf', await mixedPdf(plain, pictures, marked))
    }
    default:
      return one('pdf', await picturePdf(pictures))
  }
}

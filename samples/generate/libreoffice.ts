import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A DOCX printed to PDF by LibreOffice, another producer than Chromium. */
export async function convertToPdf(docx: Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'samples-'))
  try {
    await writeFile(join(folder, 'form.docx'), docx)
    await promisify(execFile)('soffice', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      join(folder, 'form.docx'),
    ])
    return await readFile(join(folder, 'form.pdf'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

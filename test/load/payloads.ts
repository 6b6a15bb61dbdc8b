import { join } from 'node:path'
import { createVariations } from '../../bench/vary-declarations.ts'
import { readSamples } from '../../src/evaluation/read-samples.ts'
import type { Body } from './fire.ts'

const SAMPLES = join(import.meta.dirname, '../../samples/documents')
const PACK = 'beijing-2025-municipal'
const BOUNDARY = 'xingshen-load-boundary'

const samples = async () => (await readSamples(SAMPLES)).filter(({ truth }) => truth.pack === PACK)

/** Records of a declaration system, all different. */
export async function records(count: number, name: string): Promise<Body[]> {
  const vary = createVariations((await samples()).map(({ truth }) => truth.declaration))
  return Array.from({ length: count }, (_, index) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pack: PACK, declaration: vary(index), externalId: `${name}-${index}` }),
  }))
}

/** The samples' text PDFs as uploads; a number behind the end of each file makes no two the same. */
export async function pdfUploads(count: number, name: string): Promise<Body[]> {
  const printed = (await samples()).filter(({ truth }) => truth.kind === 'pdf' && truth.files.length === 1)
  const files = (await Promise.all(printed.map((sample) => sample.readFiles()))).flat()
  return Array.from({ length: count }, (_, index) => {
    const file = files[index % files.length]?.bytes ?? new Uint8Array()
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}-${index}.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
    const parts = [head, file, `\n% ${name} ${index}\n`, `\r\n--${BOUNDARY}--\r\n`].map((part) =>
      typeof part === 'string' ? Buffer.from(part) : part,
    )
    return { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, body: Buffer.concat(parts) }
  })
}

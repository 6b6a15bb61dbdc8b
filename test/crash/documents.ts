import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSamples } from '../../src/evaluation/read-samples.ts'

export const SAMPLES = join(import.meta.dirname, '../../samples/documents')

/** `key` is its external id and its Idempotency-Key; `sample` names the form of which it is a copy. */
export type Upload = { key: string; sample: string; name: string; bytes: Uint8Array }

/** Readable without OCR: an engine is killed a hundred times, not a hundred thousand seconds long. */
const KINDS = ['pdf', 'pdf-libreoffice', 'docx']

export type Sample = { sample: string; name: string; bytes: Uint8Array; pack: string }

export async function readForms(): Promise<Sample[]> {
  const samples = (await readSamples(SAMPLES)).filter(
    ({ truth }) => KINDS.includes(truth.kind) && truth.files.length === 1 && truth.pack,
  )
  return Promise.all(
    samples.map(async ({ name: sample, truth }) => {
      const [file = ''] = truth.files
      return { sample, name: file, bytes: new Uint8Array(await readFile(join(SAMPLES, file))), pack: truth.pack ?? '' }
    }),
  )
}

/** Copies of the forms in turn, no two with the same bytes. */
export function copies(forms: Sample[], count: number): Upload[] {
  return Array.from({ length: count }, (_, index) => {
    const form = forms[index % forms.length]
    if (!form) throw new Error('no samples')
    const end = new TextEncoder().encode(form.name.endsWith('.pdf') ? `\n% copy ${index}\n` : '')
    const bytes = new Uint8Array(form.bytes.length + end.length)
    bytes.set(form.bytes)
    bytes.set(end, form.bytes.length)
    return { key: `crash-${String(index).padStart(4, '0')}`, sample: form.sample, name: form.name, bytes }
  })
}

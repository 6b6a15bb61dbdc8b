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

/** Copies of the forms in turn, no two with the same bytes; `from`: how many were made before. */
export function copies(forms: Sample[], count: number, from = 0): Upload[] {
  return Array.from({ length: count }, (_, place) => {
    const index = from + place
    const form = forms[index % forms.length]
    if (!form) throw new Error('no samples')
    return copyOf(form, `crash-${String(index).padStart(4, '0')}`, form.name)
  })
}

function copyOf(form: Sample, key: string, name: string): Upload {
  const end = new TextEncoder().encode(form.name.endsWith('.pdf') ? `\n% ${key}\n` : '')
  const bytes = new Uint8Array(form.bytes.length + end.length)
  bytes.set(form.bytes)
  bytes.set(end, form.bytes.length)
  return { key, sample: form.sample, name, bytes }
}

/** What is handed in together; `key` is its external id and its Idempotency-Key. Names of files differ. */
export type Batch = { key: string; uploads: Upload[]; zipped: boolean }

const FORMS_OF_A_BATCH = 3

/** Documents of one batch. */
export const BATCH_SIZE = 2 * FORMS_OF_A_BATCH

/** Batches in which every form stands twice, so that comparing them with each other has something to find. */
export function batchesOf(forms: Sample[], count: number): Batch[] {
  return Array.from({ length: count }, (_, number) => {
    const key = `crash-batch-${String(number).padStart(3, '0')}`
    const chosen = Array.from({ length: FORMS_OF_A_BATCH }, (_, place) => {
      const form = forms[(number * FORMS_OF_A_BATCH + place) % forms.length]
      if (!form) throw new Error('no samples')
      return form
    })
    const uploads = chosen.flatMap((form, place) =>
      ['a', 'b'].map((copy) => copyOf(form, `${key}-${place}${copy}`, `${place}${copy}-${form.name}`)),
    )
    return { key, uploads, zipped: number % 2 === 1 }
  })
}

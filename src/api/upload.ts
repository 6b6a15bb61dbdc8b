import type { Context } from 'hono'
import type { File as Upload } from '../documents/ports.ts'
import { Problem } from '../problem.ts'
import { MOST_DECLARATIONS } from '../review/batches/unpack.ts'
import { assertReadable } from '../review/documents.ts'
import { parseJson, parseReviewOptions, type ReviewOptions } from '../review/request.ts'

/** Parts that hold JSON. */
const JSON_PARTS = ['declaration', 'context']
const TEXT_PARTS = ['pack', 'asOf', 'externalId', 'callbackUrl']
const MOST_FILES = 30

/** The parts as a program sends them; `declaration` and `context` are JSON. */
export type UploadForm = {
  file: File | File[]
  pack?: string
  declaration?: string
  context?: string
  asOf?: string
  externalId?: string
  callbackUrl?: string
}

/**
 * The documents and options of a `multipart/form-data` request. An empty part counts as left out, as web forms send them.
 * Throws `Problem`: `invalid_declaration`, or what `assertReadable` says of a file.
 */
export async function readUpload(c: Context): Promise<ReviewOptions & { files: Upload[] }> {
  const upload = await readParts(c, JSON_PARTS, MOST_FILES)
  for (const file of upload.files) assertReadable(file)
  return upload
}

/** The parts of a batch. */
export type BatchForm = Omit<UploadForm, 'declaration'>

/** The files of a batch, archives too, and what is asked for of every declaration in it. Throws `Problem('invalid_declaration')`. */
export function readBatch(c: Context): Promise<ReviewOptions & { files: Upload[] }> {
  return readParts(c, ['context'], MOST_DECLARATIONS)
}

async function readParts(c: Context, jsons: string[], most: number) {
  const form = await readForm(c)
  const uploads = form.getAll('file').filter((part) => part instanceof File)
  if (uploads.length === 0) throw refuse('/file', '没有收到文件：请在 file 中上传申报书')
  if (uploads.length > most) throw refuse('/file', `一次最多上传 ${most} 个文件`)
  const options: Record<string, unknown> = {}
  for (const name of TEXT_PARTS) {
    const text = await textOf(form, name)
    if (text) options[name] = text
  }
  for (const name of jsons) {
    const text = await textOf(form, name)
    if (text) options[name] = parseJson(text, `/${name}`)
  }
  return { ...parseReviewOptions(options), files: await Promise.all(uploads.map(toFile)) }
}

async function readForm(c: Context): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch {
    throw refuse('', 'multipart/form-data 的内容不完整或格式有误')
  }
}

async function textOf(form: FormData, name: string): Promise<string> {
  const part = form.get(name)
  return (part instanceof File ? await part.text() : (part ?? '')).trim()
}

async function toFile(part: File): Promise<Upload> {
  return { name: nameOf(part.name), bytes: new Uint8Array(await part.arrayBuffer()) }
}

/** The last part of a path, without control characters and of a length that a report can show. */
function nameOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return last.replace(/\p{C}/gu, '').trim().slice(-200) || '未命名'
}

function refuse(pointer: string, detail: string): Problem {
  return new Problem('invalid_declaration', `请求内容不符合格式：${detail}`, { errors: [{ pointer, detail }] })
}

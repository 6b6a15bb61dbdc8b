import { setTimeout as sleep } from 'node:timers/promises'
import JSZip from 'jszip'
import type { Review } from '../../src/review/schema.ts'
import type { Batch, Upload } from './documents.ts'

/** Milliseconds between two attempts while the service is away or full. */
const AGAIN = 300
const PAGE = 100

/** Hands in one document; gives back the review's id. */
export async function handIn(url: string, { key, name, bytes }: Upload, callbackUrl: string): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([bytes.slice()]), name)
  form.set('externalId', key)
  form.set('callbackUrl', callbackUrl)
  return (await post<Review>(`${url}/v1/reviews`, key, form)).id
}

/** Hands in several documents together, one by one or in an archive; gives back the batch's id. */
export async function handInBatch(url: string, { key, uploads, zipped }: Batch, callbackUrl: string): Promise<string> {
  const form = new FormData()
  if (zipped) {
    const zip = new JSZip()
    for (const { name, bytes } of uploads) zip.file(name, bytes)
    form.append('file', await zip.generateAsync({ type: 'blob' }), `${key}.zip`)
  } else for (const { name, bytes } of uploads) form.append('file', new Blob([bytes.slice()]), name)
  form.set('externalId', key)
  form.set('callbackUrl', callbackUrl)
  return (await post<{ id: string }>(`${url}/v1/batches`, key, form)).id
}

/** As a careful client does: under one Idempotency-Key until it is taken. */
async function post<T>(url: string, key: string, body: FormData): Promise<T> {
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body, headers: { 'Idempotency-Key': key } }).catch(() => null)
    const made = answer?.ok ? await answer.json().catch(() => null) : null
    if (made) return made as T
    if (answer && answer.status < 500 && answer.status !== 429 && !answer.ok)
      throw new Error(`${key}: HTTP ${answer.status} ${await answer.text()}`)
    await sleep(AGAIN)
  }
}

/** Asks until it is answered. */
export async function ask<T>(url: string): Promise<T> {
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) {
      const json = await answer.json().catch(() => null)
      if (json) return json as T
    }
    await sleep(AGAIN)
  }
}

/** Every review there is, by its external id: there may be more than one only when something went wrong. */
export async function listAll(url: string): Promise<{ id: string; externalId?: string; status: string }[]> {
  type Page = { reviews: { id: string; externalId?: string; status: string }[]; next: string | null }
  const all: Page['reviews'] = []
  let cursor: string | null = null
  do {
    const page: Page = await ask(`${url}/v1/reviews?limit=${PAGE}${cursor ? `&cursor=${cursor}` : ''}`)
    all.push(...page.reviews)
    cursor = page.next
  } while (cursor)
  return all
}

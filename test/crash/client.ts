import { setTimeout as sleep } from 'node:timers/promises'
import type { Review } from '../../src/review/schema.ts'
import type { Upload } from './documents.ts'

/** Milliseconds between two attempts while the service is away or full. */
const AGAIN = 300
const PAGE = 100

/** Hands in one document as a careful client does: under one Idempotency-Key until it is taken. Gives back the review's id. */
export async function handIn(url: string, { key, name, bytes }: Upload, callbackUrl: string): Promise<string> {
  for (;;) {
    const form = new FormData()
    form.set('file', new Blob([bytes.slice()]), name)
    form.set('externalId', key)
    form.set('callbackUrl', callbackUrl)
    const answer = await fetch(`${url}/v1/reviews`, {
      method: 'POST',
      body: form,
      headers: { 'Idempotency-Key': key },
    }).catch(() => null)
    const review = answer?.ok ? await answer.json().catch(() => null) : null
    if (review) return (review as Review).id
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

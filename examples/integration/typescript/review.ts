/** Hands in a declaration and prints what is open: node review.ts FILE EXTERNAL_ID */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'

const url = process.env.XINGSHEN_URL ?? 'http://127.0.0.1:8787'
const key = process.env.XINGSHEN_KEY
const [path = '', externalId = ''] = process.argv.slice(2)

type Review = {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed'
  verdict?: 'pass' | 'return' | 'manual'
  problem?: { code: string }
  findings?: { rule: string; status: string; message: string }[]
}

/** Errors are application/problem+json: `code` is for programs, `detail` for people. */
class ReviewProblem extends Error {
  readonly code: string

  constructor({ code, detail }: { code: string; detail: string }) {
    super(detail)
    this.code = code
  }
}

/** Asks again when the connection breaks or the service is full, which an Idempotency-Key makes safe. */
async function call(path: string, init: RequestInit = {}): Promise<Review> {
  for (let attempt = 1; ; attempt++) {
    const headers = { ...init.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) }
    const response = await fetch(url + path, { ...init, headers }).catch((error: Error) => error)
    if (!(response instanceof Error) && response.ok) return (await response.json()) as Review
    const retryable = response instanceof Error || response.status === 429 || response.status === 503
    if (!retryable || attempt === 5) {
      throw response instanceof Error ? response : new ReviewProblem(await response.json())
    }
    const seconds = response instanceof Error ? attempt : Number(response.headers.get('Retry-After') ?? attempt)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}

const form = new FormData()
form.append('file', await openAsBlob(path), basename(path))
form.append('externalId', externalId)

try {
  const headers = { 'Idempotency-Key': `declaration-${externalId}` }
  let review = await call('/v1/reviews', { method: 'POST', headers, body: form })
  while (review.status === 'queued' || review.status === 'running') {
    review = await call(`/v1/reviews/${review.id}?wait=120`)
  }
  console.log(review.id, review.status, review.verdict ?? review.problem?.code)
  for (const { rule, status, message } of review.findings ?? []) {
    if (status === 'fail' || status === 'unknown') console.log(status, rule, message)
  }
} catch (error) {
  if (!(error instanceof ReviewProblem)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 1
}

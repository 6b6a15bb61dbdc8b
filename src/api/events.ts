import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { isFinished } from '../review/finished.ts'
import type { Review } from '../review/schema.ts'

/** Milliseconds between two signs of life: proxies close what is silent for a minute. */
const HEARTBEAT = 15_000

/**
 * A review's progress as server-sent events. An event says how things stand, and its id stands for that: who comes back with the id of
 * the last one read is told only what has changed since, by whatever process. After the last event the stream ends; whoever has read
 * that gets 204, which keeps a browser from coming back.
 */
export async function answerEvents(
  c: Context,
  changes: (signal: AbortSignal) => AsyncGenerator<Review>,
  current: Review,
): Promise<Response> {
  const read = c.req.header('Last-Event-ID')
  if (isFinished(current) && read === idOf(current)) return c.body(null, 204)
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (stream) => {
    const ended = new AbortController()
    stream.onAbort(() => ended.abort())
    const alive = setInterval(() => void stream.write(': \n\n'), HEARTBEAT)
    try {
      for await (const review of changes(ended.signal)) {
        const id = idOf(review)
        if (id !== read)
          await stream.writeSSE({ id, event: isFinished(review) ? review.status : 'progress', data: dataOf(review) })
      }
    } finally {
      clearInterval(alive)
    }
  })
}

function idOf({ status, progress, finishedAt }: Review): string {
  if (finishedAt !== undefined) return encodeURIComponent(`${status}@${finishedAt}`)
  return encodeURIComponent(progress ? `${progress.step}:${progress.done}/${progress.total}` : status)
}

function dataOf(review: Review): string {
  if (!isFinished(review)) return JSON.stringify({ status: review.status, progress: review.progress })
  const { declaration: _declaration, fields: _fields, findings: _findings, ...rest } = review
  return JSON.stringify(rest)
}

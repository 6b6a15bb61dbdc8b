import { afterEach, expect, test } from 'vitest'
import type { Page } from '../../src/documents/model.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import type { Review } from '../../src/review/schema.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

let opened: TestApp | undefined
afterEach(() => opened?.close())

const page = (number: number): Page => ({
  ...{ number, width: 595, height: 842, source: 'ocr', engine: 'tesseract', confidence: 0.9 },
  ...{ blocks: [], rulings: [], checkboxes: [], seals: [], handwriting: [], pictures: [], hidden: [] },
})

/** A scan of so many pages, of which each is read when it is told to. */
function scanner(pages: number) {
  const waiting: (() => void)[] = []
  const reader: PageReader = {
    open: async () => ({ mediaType: 'application/pdf', margins: [], pages: Array(pages).fill(null) }),
    ocrPage: (_, number) => new Promise((resolve) => waiting.push(() => resolve(page(number)))),
  }
  return { reader, waiting }
}

async function submit({ app }: TestApp): Promise<string> {
  const body = new FormData()
  body.append('file', new File(['%PDF-1.7 not much of one'], '申报书.pdf'))
  return ((await (await app.request('/v1/reviews', { method: 'POST', body })).json()) as Review).id
}

type Event = { id: string; event: string; data: { status: string; progress?: object } & Record<string, unknown> }

/** Its events as they come. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
      )
      text = text.slice(end + 2)
      const data = fields.get('data')
      if (data !== undefined)
        yield { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) }
    }
  }
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('tell how far a review has come, step by step, to its end, and then end', async () => {
  const { reader, waiting } = scanner(2)
  opened = await openTestApp({ reader })
  const id = await submit(opened)
  const response = await opened.app.request(`/v1/reviews/${id}/events`)
  expect(response.headers.get('Content-Type')).toContain('text/event-stream')
  const pages = setInterval(() => waiting.shift()?.(), 100)
  const events = await Array.fromAsync(eventsOf(response))
  clearInterval(pages)
  expect(events.at(-1)).toMatchObject({
    event: 'failed',
    data: { id, status: 'failed', problem: { code: 'invalid_declaration' } },
  })
  expect(events.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true)
  expect(events.map(({ data }) => data.progress)).toContainEqual(expect.objectContaining({ total: 2 }))
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
  expect(JSON.stringify(events)).not.toContain('"findings"')
})

test('come from another process too', async () => {
  const { reader, waiting } = scanner(1)
  opened = await openTestApp({ reader })
  const other = opened.open()
  const id = await submit(opened)
  const response = await other.app.request(`/v1/reviews/${id}/events`)
  await until(() => waiting.length === 1)
  const seen: string[] = []
  for await (const { event } of eventsOf(response)) {
    seen.push(event)
    waiting.shift()?.()
  }
  expect(seen.at(-1)).toBe('failed')
  expect(seen[0]).toBe('progress')
})

test('go on where a reader left off, and end for good once the last was read', async () => {
  const { reader, waiting } = scanner(1)
  opened = await openTestApp({ reader })
  const { app } = opened
  const id = await submit(opened)
  const ask = (read: string) => app.request(`/v1/reviews/${id}/events`, { headers: { 'Last-Event-ID': read } })
  await until(() => waiting.length === 1)
  const [first] = await Array.fromAsync(take(eventsOf(await ask('')), 1))
  const rest = eventsOf(await ask(first?.id ?? ''))
  waiting.shift()?.()
  const [next, ...more] = await Array.fromAsync(rest)
  expect(next?.id).not.toBe(first?.id)
  const last = more.at(-1) ?? next
  expect(last?.event).toBe('failed')
  expect((await ask(last?.id ?? '')).status).toBe(204)
  expect(await Array.fromAsync(eventsOf(await ask('of another time')))).toMatchObject([{ event: 'failed' }])
})

test('end when the review is erased, and when the service is closed', async () => {
  const { reader, waiting } = scanner(1)
  opened = await openTestApp({ reader })
  const [erased, stopped] = [await submit(opened), await submit(opened)]
  const streams = await Promise.all([erased, stopped].map((id) => opened?.app.request(`/v1/reviews/${id}/events`)))
  await until(() => waiting.length === 2)
  const readAll = Promise.all(streams.map((stream) => (stream ? Array.fromAsync(eventsOf(stream)) : [])))
  await opened.app.request(`/v1/reviews/${erased}`, { method: 'DELETE' })
  const closing = opened.service.close()
  for (const read of waiting) read()
  await closing
  const last = (await readAll).map((events) => events.at(-1)?.event)
  expect(last).toEqual(['progress', 'progress'])
})

test('of a review that is not there are refused', async () => {
  opened = await openTestApp()
  expect((await opened.app.request('/v1/reviews/rev_01JD0000000000000000000000/events')).status).toBe(404)
})

async function* take<T>(items: AsyncGenerator<T>, count: number): AsyncGenerator<T> {
  for await (const item of items) {
    yield item
    if (--count === 0) return
  }
}

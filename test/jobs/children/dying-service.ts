import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PageReader } from '../../../src/documents/ports.ts'
import { inProcessReader } from '../../../src/documents/read.ts'
import type { JudgeRun } from '../../../src/judge/judge.ts'
import { packSourceFromFolder } from '../../../src/platform/node/pack-source.ts'
import { packagedResources } from '../../../src/platform/node/resources.ts'
import { openDataFolder } from '../../../src/platform/node/sqlite-store.ts'
import { createReviewer, type ReviewerDeps } from '../../../src/review/reviewer.ts'
import { createReviewService } from '../../../src/review/service.ts'
import { loadPacks } from '../../../src/rules/engine/load.ts'
import type { ReviewStore } from '../../../src/store/store.ts'

/** What one process does before it dies: `before` or `after` its so-manieth write. All work is noted in a file. */
export type Death = { folder: string; work: string; when: 'before' | 'after' | 'never'; write: number }

const { folder, work, when, write } = JSON.parse(process.argv[2] ?? '') as Death
const note = (what: string) => appendFileSync(work, `${what}\n`)

let writes = 0
async function dyingAt<T>(store: () => Promise<T>): Promise<T> {
  writes += 1
  const last = writes === write
  if (last && when === 'before') process.kill(process.pid, 'SIGKILL')
  const stored = await store()
  if (last && when === 'after') process.kill(process.pid, 'SIGKILL')
  return stored
}

const data = openDataFolder(folder)
const store: ReviewStore = {
  ...data.store,
  jobs: { ...data.store.jobs, claim: (...asked) => dyingAt(() => data.store.jobs.claim(...asked)) },
  reviews: {
    ...data.store.reviews,
    start: (...asked) => dyingAt(() => data.store.reviews.start(...asked)),
    finish: (...asked) => dyingAt(() => data.store.reviews.finish(...asked)),
  },
  steps: { ...data.store.steps, put: (...asked) => dyingAt(() => data.store.steps.put(...asked)) },
  answers: { ...data.store.answers, put: (...asked) => dyingAt(() => data.store.answers.put(...asked)) },
}

/** The first pages of a real document, of which every one is said to need OCR. */
const inProcess = inProcessReader({ resources: packagedResources() })
const reader: PageReader = {
  async open(file) {
    note('open')
    const opened = await inProcess.open(file)
    return { ...opened, pages: opened.pages.slice(0, 2).map(() => null) }
  },
  async ocrPage(file, number) {
    note(`page ${number}`)
    const page = (await inProcess.open(file)).pages[number - 1]
    if (!page) throw new RangeError('no such page')
    return page
  },
}

const judge: ReviewerDeps['judge'] = {
  async judge({ found }, { answers }: JudgeRun = {}) {
    const { signal } = new AbortController()
    for (const key of ['first', 'second']) {
      const ask = async () => {
        note(`model ${key}`)
        return `answer of the ${key}`
      }
      await answers?.once(key, ask, signal)
    }
    return { findings: found, opinions: [], proposals: [], usage: { llmCalls: 2, inputTokens: 0, outputTokens: 0 } }
  },
}

const packs = loadPacks(packSourceFromFolder(fileURLToPath(new URL('../../review/rules/', import.meta.url))))
const clock = () => new Date('2024-11-22T08:00:00Z')
const log = () => note('fault')
const reviewer = createReviewer({ packs, reader, clock, log, judge, concurrency: 1 })
const service = createReviewService({ ...{ reviewer, reader, store, blobs: data.blobs }, clock, log, concurrency: 1 })
await service.start({ alone: true })
const [review] = await data.store.reviews.list({}, { limit: 1 })
while ((await data.store.jobs.depth()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10))
note(`ended ${review?.id}`)
await service.close()
data.close()

import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Declaration } from '../src/declaration/schema.ts'
import { readSamples } from '../src/evaluation/read-samples.ts'
import { packSourceFromFolder } from '../src/platform/node/pack-source.ts'
import { createReviewer, type Reviewer } from '../src/review/reviewer.ts'
import { openPacks } from '../src/rules/engine/load.ts'
import type { Pack } from '../src/rules/engine/pack.ts'
import { cpuOf, median } from './measure.ts'
import { createEngines } from './peer-engines.ts'
import { PEER_RULES } from './peer-rules.ts'
import { alone, beside, type Row } from './rows.ts'
import { createVariations } from './vary-declarations.ts'

const ROOT = join(import.meta.dirname, '..')
const PACK = 'beijing-2025-municipal'
const BATCH = 100
const DECLARATIONS = 5000
const LASTING = 20_000

type Vary = (index: number) => Declaration

/** Records without a document: one review, thousands on one core beside other rule engines, and what stays in memory. */
export async function benchJson(): Promise<Row[]> {
  const { packs } = openPacks(packSourceFromFolder(join(ROOT, 'rules')))
  const pack = packs.get(PACK)
  if (!pack) throw new Error(`no pack ${PACK}`)
  const samples = (await readSamples(join(ROOT, 'samples/documents'))).filter(({ truth }) => truth.pack === PACK)
  const vary = createVariations(samples.map(({ truth }) => truth.declaration))
  return [
    ...(await timeOneReview(pack, vary)),
    await timeMany(pack, vary),
    ...(await timePeers(vary)),
    await measureHeap(pack, vary),
  ]
}

/** The pack's first rules that a form alone can decide, compiled. */
function firstRules(pack: Pack, count: number): Pack {
  const rules = pack.rules.filter(({ check }) => check.test).slice(0, count)
  if (rules.length < count) throw new Error(`the pack has no ${count} rules`)
  return { ...pack, rules }
}

function reviewerOf(pack: Pack): (declaration: Declaration) => ReturnType<Reviewer['review']> {
  const unread = () => Promise.reject(new Error('a record has no document'))
  const reviewer = createReviewer({
    packs: { packs: new Map([[pack.id, pack]]) },
    reader: { open: unread, ocrPage: unread },
    clock: () => new Date(),
    log: () => undefined,
  })
  const createdAt = new Date().toISOString()
  return async (declaration) => {
    const review = await reviewer.review({ files: [], declaration, pack: pack.id }, { id: 'bench', createdAt })
    if (review.status !== 'done') throw new Error(`a record could not be reviewed: ${review.problem?.detail}`)
    return review
  }
}

async function timeOneReview(pack: Pack, vary: Vary): Promise<Row[]> {
  const rows: Row[] = []
  for (const some of [firstRules(pack, 40), { ...pack, rules: pack.rules }]) {
    const review = reviewerOf(some)
    for (let index = 0; index < 500; index++) await review(vary(index))
    const declarations = Array.from({ length: 1000 }, (_, index) => vary(500 + index))
    const times: number[] = []
    const { seconds } = await cpuOf(async () => {
      for (const declaration of declarations) {
        const started = performance.now()
        await review(declaration)
        times.push(performance.now() - started)
      }
    })
    const what = `JSON declaration reviewed by ${some.rules.length} rules, median of 1,000`
    // A thousandth of the whole in milliseconds is as many as the whole has seconds.
    rows.push(alone(what, `${median(times).toFixed(2)} ms, ${seconds.toFixed(2)} ms CPU`))
  }
  return rows
}

/** CPU seconds for `DECLARATIONS` different records, what makes the records not counted. */
async function cpuOfAll(vary: Vary, judge: (declaration: Declaration) => Promise<unknown>): Promise<number> {
  let total = 0
  for (let first = 0; first < DECLARATIONS; first += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index) => vary(first + index))
    const { seconds } = await cpuOf(async () => {
      for (const declaration of batch) await judge(declaration)
    })
    total += seconds
  }
  return total
}

async function timeMany(pack: Pack, vary: Vary): Promise<Row> {
  const seconds = await cpuOfAll(vary, reviewerOf(firstRules(pack, 45)))
  return alone(`${count(DECLARATIONS)} JSON declarations reviewed by 45 rules (CPU)`, `${seconds.toFixed(2)} s`)
}

/** Their verdicts must be ours on every record, or the times compare nothing. */
async function timePeers(vary: Vary): Promise<Row[]> {
  const [ours, ...peers] = createEngines()
  let broken = 0
  for (let index = 0; index < DECLARATIONS; index++) {
    const declaration = vary(index)
    const expected = await ours.judge(declaration)
    broken += expected.length
    for (const peer of peers) {
      const found = await peer.judge(declaration)
      if (found.join() !== expected.join())
        throw new Error(`${peer.name} finds ${found} broken in record ${index}, we find ${expected}`)
    }
  }
  if (broken < DECLARATIONS) throw new Error('the records break too few rules to compare verdicts')
  const own = await cpuOfAll(vary, ours.judge)
  const rows: Row[] = []
  for (const peer of peers) {
    const what = `${count(DECLARATIONS)} by ${PEER_RULES.length} simple rules, same verdicts (CPU) vs ${peer.name}`
    rows.push(beside(what, own, await cpuOfAll(vary, peer.judge), 's'))
  }
  return rows
}

/** What `LASTING` reviews leave behind, after the first thousands have filled what is kept within bounds. */
async function measureHeap(pack: Pack, vary: Vary): Promise<Row> {
  const review = reviewerOf({ ...pack, rules: pack.rules })
  const run = async (from: number, until: number) => {
    for (let index = from; index < until; index++) await review(vary(index))
  }
  await run(0, 3000)
  const before = heapInUse()
  await run(3000, 3000 + LASTING)
  const grown = (heapInUse() - before) / 2 ** 20
  return alone(`heap grown over ${count(LASTING)} further reviews`, `${grown.toFixed(1)} MB`)
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  return process.memoryUsage().heapUsed
}

const count = (value: number): string => value.toLocaleString('en')

/**
 * `npm run test:crash [-- --engine sqlite|postgres --documents 500 --kills 100 --peace 6000]`: documents are handed in while processes of the service
 * are killed at random moments, a fifth of them in batches. Nothing may be lost, come to another result, be asked of the model again or be told of under a second id.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readLlmSettings } from '../../src/judge/settings.ts'
import type { StorageSettings } from '../../src/platform/node/storage.ts'
import { hasPostgres, startPostgres } from '../store/postgres.ts'
import { ask, handIn, handInBatch, listAll } from './client.ts'
import { BATCH_SIZE, batchesOf, copies, readForms, type Sample } from './documents.ts'
import { examineReviews, examineStored, type Taken } from './examine.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { startModel } from './model.ts'
import { type Expected, reviewInPeace } from './outcome.ts'
import { startReceiver } from './receiver.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    documents: { type: 'string', default: '500' },
    kills: { type: 'string', default: '100' },
    peace: { type: 'string', default: '6000' },
  },
})
const DOCUMENTS = Number(values.documents)
const KILLS = Number(values.kills)
/** Of each form at least. */
const COPIES = 5
/** Where all are done before the last kill, so many more follow at a time. */
const HANDFUL = 10

/** Documents handed in at the same time. */
const CLIENTS = 8
/** Between two kills, in milliseconds: a process that never lives long enough to read a document shows nothing but that nothing is lost. */
const PEACE = { least: 100, most: Number(values.peace) }
/**
 * Between two kills of readers, in milliseconds. A document whose reader dies twice is given up, and rightly so: the second one must be
 * reading another document.
 */
const READER_PEACE = 8000
/** Until all is done once nobody is killed any more, in milliseconds. */
const PATIENCE = 30 * 60_000

type Engine = { name: string; members: string[][]; env: Record<string, string>; storage: StorageSettings; stop(): void }

async function openEngine(name: string, folder: string): Promise<Engine> {
  if (name === 'sqlite')
    return { name, members: [['--data', folder]], env: {}, storage: { folder }, stop: () => undefined }
  const cluster = startPostgres()
  const databaseUrl = await cluster.createDatabase()
  const worker = ['--role', 'worker', '--data', folder]
  return {
    name,
    members: [['--role', 'api', '--data', folder], worker, worker],
    env: { DATABASE_URL: databaseUrl },
    storage: { folder, databaseUrl },
    stop: () => cluster.stop(),
  }
}

async function killAtRandom(fleet: Fleet): Promise<{ service: number; reader: number }> {
  const killed = { service: 0, reader: 0 }
  let lastReader = 0
  while (killed.service + killed.reader < KILLS) {
    await sleep(PEACE.least + Math.random() * (PEACE.most - PEACE.least))
    const kind = Math.random() < 0.3 && Date.now() - lastReader > READER_PEACE ? 'reader' : 'service'
    if (!(await fleet.kill(kind))) continue
    killed[kind]++
    if (kind === 'reader') lastReader = Date.now()
  }
  return killed
}

/** Hands in all documents, and more until nobody is killed any more; comes back when all are done. */
async function handInAll(
  fleet: Fleet,
  forms: Sample[],
  callbackUrl: string,
  killing: Promise<unknown>,
): Promise<Taken> {
  const taken: Taken = { single: new Map(), batches: new Map() }
  const batches = batchesOf(forms, Math.ceil(DOCUMENTS / 5 / BATCH_SIZE))
  const handInBatches = async () => {
    for (const batch of batches) taken.batches.set(await handInBatch(fleet.url, batch, callbackUrl), batch)
  }
  const handInSingles = async (count: number) => {
    const waiting = copies(forms, count, taken.single.size)
    const work = async () => {
      for (let upload = waiting.shift(); upload; upload = waiting.shift())
        taken.single.set(upload.key, { upload, id: await handIn(fleet.url, upload, callbackUrl) })
    }
    await Promise.all(Array.from({ length: CLIENTS }, work))
  }
  let killed = false
  const all = killing.then(() => {
    killed = true
  })
  await Promise.all([handInBatches(), handInSingles(DOCUMENTS - batches.length * BATCH_SIZE)])
  await untilDone(fleet)
  while (!killed) {
    await handInSingles(HANDFUL)
    await untilDone(fleet)
  }
  await all
  return taken
}

async function untilDone(fleet: Fleet): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const open = (await listAll(fleet.url)).filter(({ status }) => status === 'queued' || status === 'running')
    const { batches } = await ask<{ batches: { status: string }[] }>(`${fleet.url}/v1/batches?limit=100`)
    const running = batches.filter(({ status }) => status === 'running')
    if (open.length + running.length === 0) return
    if (Date.now() > end) throw new Error(`${open.length} reviews and ${running.length} batches are not done`)
    await sleep(1000)
  }
}

async function untilTold(taken: Taken, told: Map<string, Set<string>>): Promise<void> {
  const end = Date.now() + 120_000
  const ids = [...[...taken.single.values()].map(({ id }) => id), ...taken.batches.keys()]
  const lacking = () => ids.some((id) => !told.has(id))
  while (lacking() && Date.now() < end) await sleep(500)
}

type Model = Awaited<ReturnType<typeof startModel>>

async function tryEngine(name: string, forms: Sample[], expected: Expected, model: Model) {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-crash-'))
  const engine = await openEngine(name, folder)
  const receiver = await startReceiver()
  const from = model.asked.length
  const env = { ...engine.env, ...model.settings, XINGSHEN_WEBHOOK_ALLOW: '127.0.0.1' }
  const fleet = await startFleet(engine.members, env)
  const started = Date.now()
  try {
    const killing = killAtRandom(fleet)
    const taken = await handInAll(fleet, forms, receiver.url, killing)
    const killed = await killing
    await untilTold(taken, receiver.idsOf)
    const faults = await examineReviews(fleet.url, taken, expected, receiver.idsOf)
    await fleet.stop()
    const stored = await examineStored(engine.storage, model.asked, taken.batches)
    const asked = model.asked.length - from
    const together = [...taken.batches.values()].reduce((sum, { uploads }) => sum + uploads.length, 0)
    const all = [...faults, ...stored.faults]
    console.log(
      `| ${name} | ${taken.single.size} + ${together} (${taken.batches.size}) | ${killed.service} + ${killed.reader} | ${((Date.now() - started) / 1000).toFixed(0)} s | ${asked} (${stored.answers} stored) | ${receiver.received()} (${receiver.idsOf.size} ids) | ${all.length} |`,
    )
    if (all.length > 0) for (const line of fleet.faults) console.log(`LOG ${name}: ${line}`)
    return all.map((fault) => `${name}: ${fault}`)
  } finally {
    await fleet.stop()
    receiver.close()
    engine.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const model = await startModel()
const faults: string[] = []
try {
  const settings = readLlmSettings(model.settings)
  // Of few documents, too, several shall be copies of one form.
  const forms = (await readForms()).slice(0, Math.ceil(DOCUMENTS / COPIES))
  const expected = await reviewInPeace(forms, settings && { settings, probe: null })
  console.log(
    '| engine | documents: singly + in (batches) | processes killed: service + readers | time | model calls | webhooks | faults |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const name of values.engine === 'both' ? ['sqlite', 'postgres'] : [values.engine]) {
    if (name === 'postgres' && !hasPostgres) console.log('| postgres | skipped: PostgreSQL is not installed here |')
    else faults.push(...(await tryEngine(name, forms, expected, model)))
  }
} finally {
  model.close()
}
for (const fault of faults.slice(0, 50)) console.log(`FAULT: ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

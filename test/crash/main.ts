/**
 * `npm run test:crash [-- --engine sqlite|postgres --documents 500 --kills 100]`: documents are handed in while processes of the service
 * are killed at random moments. Nothing may be lost, come to another result, be asked of the model again or be told of under a second id.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readLlmSettings } from '../../src/judge/settings.ts'
import type { StorageSettings } from '../../src/platform/node/storage.ts'
import { hasPostgres, startPostgres } from '../store/postgres.ts'
import { handIn, listAll } from './client.ts'
import { copies, readForms } from './documents.ts'
import { examineCalls, examineReviews, type Taken } from './examine.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { startModel } from './model.ts'
import { type Expected, reviewInPeace } from './outcome.ts'
import { startReceiver } from './receiver.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    documents: { type: 'string', default: '500' },
    kills: { type: 'string', default: '100' },
  },
})
const DOCUMENTS = Number(values.documents)
const KILLS = Number(values.kills)

/** Documents handed in at the same time. */
const CLIENTS = 8
/** Between two kills, in milliseconds: a process that never lives long enough to read a document shows nothing but that nothing is lost. */
const PEACE = { least: 100, most: 6000 }
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

async function killAtRandom(fleet: Fleet, done: () => boolean): Promise<{ service: number; reader: number }> {
  const killed = { service: 0, reader: 0 }
  let lastReader = 0
  while (killed.service + killed.reader < KILLS && !done()) {
    await sleep(PEACE.least + Math.random() * (PEACE.most - PEACE.least))
    const kind = Math.random() < 0.3 && Date.now() - lastReader > READER_PEACE ? 'reader' : 'service'
    if (!(await fleet.kill(kind))) continue
    killed[kind]++
    if (kind === 'reader') lastReader = Date.now()
  }
  return killed
}

async function handInAll(fleet: Fleet, callbackUrl: string): Promise<Taken> {
  const taken: Taken = new Map()
  const waiting = copies(await readForms(), DOCUMENTS)
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let upload = waiting.shift(); upload; upload = waiting.shift())
        taken.set(upload.key, { upload, id: await handIn(fleet.url, upload, callbackUrl) })
    }),
  )
  return taken
}

async function untilDone(fleet: Fleet): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const open = (await listAll(fleet.url)).filter(({ status }) => status === 'queued' || status === 'running')
    if (open.length === 0) return
    if (Date.now() > end) throw new Error(`${open.length} reviews are not done`)
    await sleep(1000)
  }
}

async function untilTold(taken: Taken, told: Map<string, Set<string>>): Promise<void> {
  const end = Date.now() + 120_000
  const lacking = () => [...taken.values()].some(({ id }) => !told.has(id))
  while (lacking() && Date.now() < end) await sleep(500)
}

async function tryEngine(name: string, expected: Expected, model: Awaited<ReturnType<typeof startModel>>) {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-crash-'))
  const engine = await openEngine(name, folder)
  const receiver = await startReceiver()
  const from = model.asked.length
  const env = { ...engine.env, ...model.settings, XINGSHEN_WEBHOOK_ALLOW: '127.0.0.1' }
  const fleet = await startFleet(engine.members, env)
  const started = Date.now()
  let ended = false
  try {
    const killing = killAtRandom(fleet, () => ended)
    const taken = await handInAll(fleet, receiver.url)
    await untilDone(fleet).finally(() => {
      ended = true
    })
    const killed = await killing
    await untilTold(taken, receiver.idsOf)
    const faults = await examineReviews(fleet.url, taken, expected, receiver.idsOf)
    await fleet.stop()
    const calls = await examineCalls(engine.storage, model.asked)
    const asked = model.asked.length - from
    const kills = killed.service + killed.reader
    console.log(
      `| ${name} | ${taken.size} | ${killed.service} + ${killed.reader} | ${((Date.now() - started) / 1000).toFixed(0)} s | ${asked} (${calls.stored} stored) | ${receiver.received()} (${receiver.idsOf.size} ids) | ${faults.length + calls.faults.length} |`,
    )
    if (faults.length > 0) for (const line of fleet.faults) console.log(`LOG ${name}: ${line}`)
    return [
      ...faults,
      ...calls.faults,
      ...(kills < KILLS ? [`all was done after ${kills} kills: too early to tell`] : []),
    ].map((fault) => `${name}: ${fault}`)
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
  const expected = await reviewInPeace(await readForms(), settings && { settings, probe: null })
  console.log('| engine | documents | processes killed: service + readers | time | model calls | webhooks | faults |')
  console.log('|---|---|---|---|---|---|---|')
  for (const name of values.engine === 'both' ? ['sqlite', 'postgres'] : [values.engine]) {
    if (name === 'postgres' && !hasPostgres) console.log('| postgres | skipped: PostgreSQL is not installed here |')
    else faults.push(...(await tryEngine(name, expected, model)))
  }
} finally {
  model.close()
}
for (const fault of faults.slice(0, 50)) console.log(`FAULT: ${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0

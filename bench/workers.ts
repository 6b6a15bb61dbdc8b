/**
 * `node bench/workers.ts [--documents N]`: a batch of scans read by one worker process, then by two, over PostgreSQL. Each worker has a
 * core of its own (`taskset`), as if it were a machine of its own. To be run on an otherwise idle machine of two cores.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSamples, type Sample } from '../src/evaluation/read-samples.ts'
import { startPostgres } from '../test/store/postgres.ts'

const { values } = parseArgs({ options: { documents: { type: 'string', default: '6' } } })
const DOCUMENTS = Number(values.documents)
const CLI = join(import.meta.dirname, '../src/cli.ts')
const SAMPLES = join(import.meta.dirname, '../samples/documents')
const LOOK = 200

const samples = await readSamples(SAMPLES)
// No two alike: a page that was read before is not read again.
const scans = await filesOf(({ kind, files }) => kind.startsWith('scan') && files.length === 1)
const pages = await filesOf(({ files }) => files.length > 3)
if (scans.length < DOCUMENTS) throw new Error('there are too few scans among the samples')

const cluster = startPostgres()
try {
  const one = await batchOf(1)
  const two = await batchOf(2)
  console.log(
    `${DOCUMENTS} scans: one worker ${one.toFixed(1)} s, two ${two.toFixed(1)} s: ${(two / one).toFixed(2)} of the time`,
  )
} finally {
  cluster.stop()
}

/** Seconds from handing in the batch until the last review is done. */
async function batchOf(workers: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-workers-'))
  const env = { ...process.env, DATABASE_URL: await cluster.createDatabase(), XINGSHEN_DATA: folder }
  const members = [
    start(process.execPath, [CLI, 'serve', '--role', 'api', '--port', '0'], env),
    ...Array.from({ length: workers }, (_, core) =>
      start('taskset', ['-c', String(core), process.execPath, CLI, 'serve', '--role', 'worker'], env),
    ),
  ]
  try {
    const [said] = await Promise.all(members.map(({ ready }) => ready))
    const url = /http:\/\/[\d.:]+/.exec(said ?? '')?.[0]
    if (!url) throw new Error(`the service did not start: ${said}`)
    // Models are loaded by the first page that each process reads.
    await readAll(url, pages.slice(0, 2 * workers))
    const begun = performance.now()
    await readAll(url, scans.slice(-DOCUMENTS))
    return (performance.now() - begun) / 1000
  } finally {
    for (const { child } of members) await stop(child)
    await rm(folder, { recursive: true, force: true })
  }
}

function start(command: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = once(child.stdout, 'data').then(([said]) => String(said))
  return { child, ready }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  if (child.exitCode === null && child.kill('SIGTERM')) await ended
}

/** The files of samples, the smallest last. */
async function filesOf(isWanted: (truth: Sample['truth']) => boolean): Promise<File[]> {
  const wanted = samples.filter(({ truth }) => isWanted(truth))
  const files = (await Promise.all(wanted.map((sample) => sample.readFiles()))).flat()
  return files
    .sort((a, b) => b.bytes.length - a.bytes.length)
    .map(({ name, bytes }) => new File([new Uint8Array(bytes)], name))
}

async function readAll(url: string, files: File[]): Promise<void> {
  const form = new FormData()
  for (const file of files) form.append('file', file)
  const taken = await fetch(`${url}/v1/batches`, { method: 'POST', body: form })
  if (!taken.ok) throw new Error(`HTTP ${taken.status} ${await taken.text()}`)
  const { id } = (await taken.json()) as { id: string }
  for (;;) {
    const { status } = (await (await fetch(`${url}/v1/batches/${id}`)).json()) as { status: string }
    if (status === 'done') return
    await sleep(LOOK)
  }
}

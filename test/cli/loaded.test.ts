import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finished, ROOT } from './run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-loaded-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** The packages that a command loads before it ends; a service is ended as soon as it answers. */
async function packagesOf(args: string[], env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const list = join(folder, 'loaded.txt')
  const { DATABASE_URL: _, OTEL_EXPORTER_OTLP_ENDPOINT: __, ...clean } = process.env
  const child = spawn(
    process.execPath,
    ['--import', `${ROOT}test/platform/children/list-loaded.mjs`, `${ROOT}src/cli.ts`, ...args, '--data', folder],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...clean, ...env, LOADED: list } },
  )
  const end = finished(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
  if (address) {
    await fetch(`${address}/healthz`)
    child.kill('SIGTERM')
  }
  expect((await end).status).toBe(0)
  return (await readFile(list, 'utf8')).split('\n')
}

const OF_A_CLUSTER = ['pg', 'pg-boss', 's3mini']
const TO_A_COLLECTOR = '@opentelemetry/exporter-trace-otlp-http'

test('a service over its own folder loads neither what a cluster needs nor what sends traces', async () => {
  const loaded = await packagesOf(['serve', '--port', '0'])
  expect(loaded).toContain('hono')
  for (const name of [...OF_A_CLUSTER, TO_A_COLLECTOR]) expect(loaded).not.toContain(name)
})

test('traces are sent where a collector is configured', async () => {
  const loaded = await packagesOf(['serve', '--port', '0'], { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })
  expect(loaded).toContain(TO_A_COLLECTOR)
})

test('a key is made in a folder without what a cluster needs', async () => {
  const loaded = await packagesOf(['keys', 'create', '--name', 'office', '--role', 'admin'])
  expect(loaded).toContain('kysely')
  for (const name of OF_A_CLUSTER) expect(loaded).not.toContain(name)
})

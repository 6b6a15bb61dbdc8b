import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Review } from '../../src/review/schema.ts'
import { finished, ROOT, xingshen } from './run.ts'

let folder: string
const running: ReturnType<typeof spawn>[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-serve-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

async function serve(...nodeOptions: string[]) {
  const args = [...nodeOptions, `${ROOT}src/xingshen.js`, 'serve', '--port', '0', '--data', folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const end = finished(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? `no address in: ${line}`
  return { child, base, end }
}

const post = (base: string, declaration: object) =>
  fetch(`${base}/v1/reviews`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ pack: 'beijing-2025-municipal', declaration }),
  })

test('serves on this machine, stops when told to, and keeps its reviews', async () => {
  const first = await serve()
  const answer = await post(first.base, { leader: { name: '林若溪', employed: false } })
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as Review
  first.child.kill('SIGTERM')
  const { status, stdout } = await first.end
  expect(status).toBe(0)
  expect(stdout).toContain('只接受本机的请求')
  expect(stdout).toMatch(/"method":"POST","path":"\/v1\/reviews","status":201/)
  expect(stdout).not.toContain('林若溪')

  const second = await serve()
  expect(await (await fetch(`${second.base}/v1/reviews/${id}`)).json()).toMatchObject({ id, verdict: 'return' })
})

test('a second process on the same data folder is refused in plain words', async () => {
  await serve()
  const { status, stderr } = await xingshen(['serve', '--port', '0', '--data', folder])
  expect(status).toBe(1)
  expect(stderr).toContain('另一个 xingshen 进程')
})

test('a port in use is told in plain words', async () => {
  const { base } = await serve()
  const other = await mkdtemp(join(tmpdir(), 'xingshen-serve-'))
  const { status, stderr } = await xingshen(['serve', '--port', new URL(base).port, '--data', other])
  expect(status).toBe(1)
  expect(stderr).toContain('端口已被占用')
  await rm(other, { recursive: true })
})

test('without its database it ends with a line that says so, so that it is started anew', async () => {
  const { child, base, end } = await serve('--import', `${ROOT}test/cli/preloaded/mortal-threads.mjs`)
  expect((await fetch(`${base}/readyz`)).status).toBe(200)
  child.kill('SIGUSR2')
  const { status, stdout } = await end
  expect(status).toBe(1)
  expect(stdout).toContain('"event":"database-lost"')
  const again = await serve()
  expect((await fetch(`${again.base}/readyz`)).status).toBe(200)
})

test('told to stop at the moment at which it tells its address, it stops as it does later', async () => {
  const { end } = await serve('--import', `${ROOT}test/cli/preloaded/stopped-when-announcing.mjs`)
  expect((await end).status).toBe(0)
})

test.each(['/proc/x', '/proc/x/y', '/dev/null/x'])(
  'a data folder that cannot be made (%s) is told in plain words',
  async (path) => {
    const { status, stderr } = await xingshen(['serve', '--port', '0', '--data', path])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^xingshen: 无法使用数据目录 .*：.+。\n$/)
  },
)

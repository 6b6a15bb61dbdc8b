import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finished, ROOT, xingshen } from './run.ts'

let folder: string
const running: ReturnType<typeof spawn>[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-people-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

async function serve(env: Record<string, string>, ...more: string[]) {
  const args = [`${ROOT}src/xingshen.js`, 'serve', '--port', '0', '--data', folder, ...more]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: '', ...env },
  })
  running.push(child)
  const end = finished(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, port: /:(\d+)（/.exec(line)?.[1] ?? `no port in: ${line}`, end }
}

const makeKey = async (role: string) =>
  (
    await xingshen(['keys', 'create', '--role', role, '--name', '测试', '--data', folder], {
      env: { DATABASE_URL: '' },
    })
  ).stdout.trim()

test('without a key no address but this machine’s is served', async () => {
  const { status, stderr } = await xingshen(['serve', '--host', '0.0.0.0', '--port', '0', '--data', folder], {
    env: { DATABASE_URL: '' },
  })
  expect(status).toBe(64)
  expect(stderr).toContain('还没有访问密钥')
})

test('with a key any address is, and only with a key', async () => {
  const key = await makeKey('admin')
  const { child, port, end } = await serve({}, '--host', '0.0.0.0')
  const ask = (headers = {}) => fetch(`http://127.0.0.1:${port}/v1/reviews`, { headers })
  expect((await ask()).status).toBe(401)
  const answer = await ask({ Authorization: `Bearer ${key}` })
  expect([answer.status, answer.headers.get('RateLimit-Policy')]).toEqual([200, '"requests";q=6000;w=60'])
  child.kill('SIGTERM')
  const { stdout } = await end
  expect(stdout).toContain('须用访问密钥')
  expect(stdout).not.toContain(key)
  expect(stdout).toMatch(/"event":"audit-head","position":1,"hash":"[0-9a-f]{64}"/)
})

test('a key made while the service runs holds at once; limits and retention are as the environment says', async () => {
  const { port } = await serve({ XINGSHEN_RATE_LIMIT: '3', XINGSHEN_RETENTION_DAYS: '0' })
  const base = `http://127.0.0.1:${port}/v1/reviews`
  expect((await fetch(base)).status).toBe(200)
  const headers = { Authorization: `Bearer ${await makeKey('applicant')}`, 'Content-Type': 'application/json' }
  expect((await fetch(base)).status).toBe(401)
  const body = JSON.stringify({ pack: 'beijing-2025-municipal', declaration: { leader: { employed: false } } })
  const made = await fetch(base, { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  expect(made.status).toBe(201)
  expect((await fetch(`${base}/${id}`, { headers })).status).toBe(404)
  expect((await fetch(base, { headers })).status).toBe(200)
  expect((await fetch(base, { headers })).status).toBe(429)
})

test.each(['XINGSHEN_RATE_LIMIT', 'XINGSHEN_RETENTION_DAYS'])('%s that is no number is refused', async (name) => {
  const { status, stderr } = await xingshen(['serve', '--port', '0', '--data', folder], { env: { [name]: 'many' } })
  expect([status, stderr]).toEqual([64, expect.stringContaining(name)])
})

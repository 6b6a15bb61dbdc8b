/** Starts the service with the README's own command and asks it what a new user would ask first. Exit status 0 when all of it works. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const base = 'http://127.0.0.1:8787'
const data = await mkdtemp(join(tmpdir(), 'xingshen-'))
const service = spawn('npm', ['start'], {
  stdio: 'inherit',
  detached: true,
  env: { ...process.env, XINGSHEN_DATA: data },
})

async function untilHealthy(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 4; i++) {
    const answer = await fetch(`${base}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(250)
  }
  throw new Error(`not healthy after ${seconds} s`)
}

async function review(file: string): Promise<{ status: string; verdict?: string }> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await readFile(file))]), file)
  const answer = await fetch(`${base}/v1/reviews?wait=120`, { method: 'POST', body: form })
  if (answer.status !== 201) throw new Error(`${file}: HTTP ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { status: string; verdict?: string }
}

/** One document of each kind from the samples. */
async function samples(): Promise<string[]> {
  const folder = 'samples/documents'
  const files = (await readdir(folder, { recursive: true })).sort()
  return ['.pdf', '.docx', '.jpg', '.tiff'].flatMap((ending) => {
    const file = files.find((name) => name.endsWith(ending))
    return file ? [join(folder, file)] : []
  })
}

try {
  await untilHealthy(60)
  const files = await samples()
  if (files.length < 2) throw new Error('no samples to try')
  for (const file of files) {
    const { status, verdict } = await review(file)
    console.log(`${file}: ${status} ${verdict ?? ''}`)
    if (status !== 'done' || !verdict) throw new Error(`${file} was not reviewed`)
  }
} finally {
  if (service.pid) process.kill(-service.pid, 'SIGTERM')
  await sleep(1000)
  await rm(data, { recursive: true, force: true })
}

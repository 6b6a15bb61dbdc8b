import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PAGE, renderPage } from '../../scripts/integration-page.ts'
import type { Review } from '../../src/review/schema.ts'
import { signedHeaders } from '../../src/webhooks/sign.ts'
import { finished, ROOT } from '../cli/run.ts'

// Every program starts anew, Java's compiler with it.
vi.setConfig({ testTimeout: 180_000 })

const EXAMPLES = `${ROOT}examples/integration/`
const FORM = `${ROOT}samples/documents/bm-hours-faults-chromium.pdf`

const isThere = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
const shell = (name: string) => ['sh', `${EXAMPLES}curl/${name}.sh`]

/** What runs an example, and whether it is there. */
const LANGUAGES = [
  { language: 'curl', there: isThere('curl') && isThere('jq'), review: shell('review'), receiver: null },
  {
    language: 'TypeScript',
    there: true,
    review: [process.execPath, `${EXAMPLES}typescript/review.ts`],
    receiver: (port: string) => [process.execPath, `${EXAMPLES}typescript/receiver.ts`, port],
  },
  {
    language: 'Java',
    there: isThere('java'),
    review: ['java', `${EXAMPLES}java/Review.java`],
    receiver: (port: string) => ['java', `${EXAMPLES}java/Receiver.java`, port],
  },
  {
    language: 'PHP',
    there: isThere('php'),
    review: ['php', `${EXAMPLES}php/review.php`],
    receiver: (port: string) => ['php', '-S', `127.0.0.1:${port}`, `${EXAMPLES}php/receiver.php`],
  },
]

let folder: string
let url: string
const running: ChildProcess[] = []

function start([program = '', ...args]: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env } })
  child.stdin.end()
  // A character may come in two pieces.
  child.stdout.setEncoding('utf8')
  running.push(child)
  return child
}

const run = (command: string[]) => finished(start(command, { XINGSHEN_URL: url }))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-examples-'))
  const child = start([process.execPath, `${ROOT}src/xingshen.js`, 'serve', '--port', '0', '--data', folder], {
    XINGSHEN_WEBHOOK_ALLOW: '127.0.0.1',
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? `no address in: ${line}`
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const json = async <T>(path: string, init?: RequestInit) => (await (await fetch(url + path, init)).json()) as T

describe.each(LANGUAGES)('$language', ({ language, there, review, receiver }) => {
  test.skipIf(!there)('hands in a form, waits and prints what was found; twice gives the same review', async () => {
    const first = await run([...review, FORM, `E-${language}`])
    expect(first.stderr).toBe('')
    expect(first.stdout).toMatch(/done return/)
    expect(first.stdout).toContain('hours-consistent')
    const again = await run([...review, FORM, `E-${language}`])
    expect(again.stdout).toBe(first.stdout)
    const { reviews } = await json<{ reviews: Review[] }>(`/v1/reviews?externalId=E-${language}`)
    expect(reviews).toHaveLength(1)
  })

  test.skipIf(!there)('tells a problem by its code', async () => {
    const { status, stderr } = await run([...review, `${ROOT}package.json`, `P-${language}`])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^unsupported_media_type: \S/)
  })

  if (!receiver) return
  test.skipIf(!there)('takes genuine messages and refuses forged ones', async () => {
    const port = await freePort()
    const { secret, id } = await json<{ secret: string; id: string }>('/v1/webhooks', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: `http://127.0.0.1:${port}/hook`, events: ['review.done'] }),
    })
    const child = start(receiver(port), { SECRET: secret })
    const lines: string[] = []
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => lines.push(line))
    await until(() => lines.some((line) => /listening|started/.test(line)))
    const { id: reviewId } = await json<Review>('/v1/reviews', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ pack: 'beijing-2025-municipal', declaration: { leader: { employed: false } } }),
    })
    await until(() => lines.some((line) => line.includes('genuine') && line.includes(reviewId)))
    const delivered = `/v1/webhooks/${id}/deliveries?state=delivered`
    await until(async () => (await json<{ deliveries: object[] }>(delivered)).deliveries.length === 1)
    const headers = signedHeaders('whsec_AAAA', 'msg_1', new Date(), '{}')
    const forged = await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', headers, body: '{}' })
    expect(forged.status).toBe(401)
    await json(`/v1/webhooks/${id}`, { method: 'DELETE' }).catch(() => {})
    child.kill('SIGKILL')
  })
})

describe('by hand', () => {
  test('a message is verified on the command line', async () => {
    const body = '{"type":"review.done"}'
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
    const headers = signedHeaders(secret, 'msg_1', new Date(), body)
    const verify = (text: string, key = secret) => {
      const { 'webhook-timestamp': at = '', 'webhook-signature': signature = '' } = headers
      return spawnSync('sh', [`${EXAMPLES}curl/verify.sh`, key, 'msg_1', at, signature], {
        input: text,
        encoding: 'utf8',
      })
    }
    expect(verify(body).stdout).toBe('genuine\n')
    expect(verify(`${body} `).stdout).toBe('forged\n')
    expect(verify(body, 'whsec_AAAA').status).toBe(1)
  })

  test('a list is followed to its last page', async () => {
    const { stdout } = await run([...shell('list'), 'limit=1&verdict=return'])
    const { reviews } = await json<{ reviews: Review[] }>('/v1/reviews?limit=100&verdict=return')
    expect(reviews.length).toBeGreaterThan(1)
    expect(stdout.trim().split('\n')).toEqual(reviews.map(({ id }) => `${id} return`))
  })

  test('the typed client tells why forms were returned', async () => {
    const { stdout } = await run([process.execPath, `${EXAMPLES}typescript/typed.ts`, '2000-01-01'])
    expect(stdout).toMatch(/^E-curl .*hours-consistent/m)
  })

  test('a review is watched to its end', async () => {
    const { reviews } = await json<{ reviews: Review[] }>('/v1/reviews?limit=1')
    const { stdout } = await run([...shell('watch'), reviews[0]?.id ?? ''])
    expect(stdout).toContain('event: done')
  })

  test('files are handed in as a batch', async () => {
    const results = join(folder, 'results.xlsx')
    const { stdout, stderr } = await run([...shell('batch'), results, FORM, `${ROOT}package.json`])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/\.(pdf|docx) (return|manual|pass)\npackage\.json unsupported_media_type\n$/)
    expect((await readFile(results)).subarray(0, 2).toString()).toBe('PK')
  })

  test('an endpoint is made', async () => {
    const { stdout } = await run([...shell('webhook'), 'https://oa.example.org/xingshen'])
    expect(JSON.parse(stdout)).toMatchObject({
      url: 'https://oa.example.org/xingshen',
      secret: expect.stringMatching(/^whsec_/),
    })
  })
})

test('the page shows the examples as they are run here', async () => {
  const page = await readFile(PAGE, 'utf8')
  const { text, examples } = renderPage(page)
  expect(text).toBe(page)
  expect(examples).toHaveLength(13)
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await holds()) && waited < 30_000; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await holds()).toBe(true)
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return String(port)
}

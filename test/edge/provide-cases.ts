import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { createNodeDeps } from '../../src/node.ts'
import { createReviewId } from '../../src/review/ids.ts'
import { type EdgeCase, SCAN } from './cases.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = join(root, 'samples/documents')
const PACK = 'beijing-2025-municipal'
const KINDS = [/-(chromium|libreoffice)\.pdf$/, /-word\.docx$/]

/** All text documents, for the tests that compare. */
export default function provideCases(project: TestProject): Promise<() => void> {
  return provide(project, Number.POSITIVE_INFINITY)
}

/**
 * Reviews the text documents among the samples on Node first, `most` of each kind, so that the tests inside workerd can compare. They
 * fetch each: all at once are more than workerd takes in one message.
 */
export async function provide(project: TestProject, most: number): Promise<() => void> {
  execFileSync('node', ['scripts/edge-assets.ts'], { cwd: root })
  const { reviewer, close } = createNodeDeps({ log: console.error })
  const cases = new Map<string, EdgeCase>()
  const names = readdirSync(documents)
  for (const name of KINDS.flatMap((kind) => names.filter((file) => kind.test(file)).slice(0, most))) {
    const bytes = new Uint8Array(readFileSync(join(documents, name)))
    const run = { id: createReviewId(new Date()), createdAt: new Date().toISOString() }
    const { verdict, declaration, findings } = await reviewer.review({ files: [{ name, bytes }], pack: PACK }, run)
    cases.set(name, { name, base64: base64(bytes), pack: PACK, expected: { verdict, declaration, findings } })
  }
  await close()
  project.provide('cases', [...cases.keys()])
  const scan = new Uint8Array(readFileSync(join(documents, SCAN)))
  cases.set(SCAN, { name: SCAN, base64: base64(scan), pack: PACK, expected: {} })
  const server = createServer(({ url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(cases.get(decodeURIComponent(url.slice(1))) ?? null))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  project.provide('casesAt', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => server.close()
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { createNodeDeps } from '../../src/node.ts'
import { createReviewId } from '../../src/review/ids.ts'
import type { EdgeCase } from './cases.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = join(root, 'samples/documents')
const PACK = 'beijing-2025-municipal'
const SCAN = 'bm-nursing-scan-clean.pdf'

/** Reviews the text documents among the samples on Node first, so that the tests inside workerd can compare. */
export default async function provideCases(project: TestProject): Promise<void> {
  execFileSync('node', ['scripts/edge-assets.ts'], { cwd: root })
  const { reviewer, close } = createNodeDeps({ log: console.error })
  const cases: EdgeCase[] = []
  for (const name of readdirSync(documents).filter((file) => /-(chromium|libreoffice)\.pdf$|-word\.docx$/.test(file))) {
    const bytes = new Uint8Array(readFileSync(join(documents, name)))
    const run = { id: createReviewId(new Date()), createdAt: new Date().toISOString() }
    const { verdict, declaration, findings } = await reviewer.review({ files: [{ name, bytes }], pack: PACK }, run)
    cases.push({ name, base64: base64(bytes), pack: PACK, expected: { verdict, declaration, findings } })
  }
  await close()
  project.provide('cases', cases)
  project.provide('scan', { name: SCAN, base64: base64(new Uint8Array(readFileSync(join(documents, SCAN)))) })
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

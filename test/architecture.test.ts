import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** What each stage may know besides itself, `problem.ts` and the lists under `rules/lists`: only the stages to its left. */
const MAY_KNOW: Record<string, string[]> = {
  documents: [],
  declaration: ['documents/'],
  rules: ['declaration/'],
  judge: ['declaration/', 'rules/finding.ts'],
  access: [],
  store: ['access/', 'declaration/schema.ts', 'review/schema.ts'],
  webhooks: ['access/', 'jobs/', 'review/ids.ts', 'review/schema.ts', 'store/'],
  jobs: ['store/jobs.ts'],
  review: ['access/', 'documents/', 'declaration/', 'rules/', 'judge/', 'webhooks/', 'store/', 'jobs/'],
  api: ['access/', 'documents/', 'declaration/', 'rules/', 'review/', 'webhooks/', 'store/'],
}
const PLATFORM = /^(node:|cloudflare:|sharp$|onnxruntime-|@napi-rs\/|tesseract\.js|@hono\/node-server)/

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))

type Import = { from: string; to: string; typeOnly: boolean }

const imports = files.flatMap((from) => importsOf(from, readFileSync(join(src, from), 'utf8')))

function importsOf(from: string, text: string): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?from\s+)?'([^']+)'|import\('([^']+)'\)/g,
  )
  return [...found].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? ''
    const to = target.startsWith('.') ? relative(src, normalize(join(src, dirname(from), target))) : target
    return { from, to: to.replaceAll('\\', '/'), typeOnly: type !== undefined }
  })
}

const stageOf = (path: string) => path.split('/')[0] ?? ''

function isAllowed({ from, to }: Import): boolean {
  const stage = stageOf(from)
  if (!to.endsWith('.ts')) return !PLATFORM.test(to)
  return to === 'problem.ts' || [`${stage}/`, ...(MAY_KNOW[stage] ?? [])].some((known) => to.startsWith(known))
}

/** The first circle of value imports found, as a path of files. */
function findCircle(): string[] | null {
  const next = Map.groupBy(
    imports.filter(({ to, typeOnly }) => !typeOnly && to.endsWith('.ts')),
    ({ from }) => from,
  )
  const settled = new Set<string>()
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (settled.has(file)) return null
    for (const { to } of next.get(file) ?? []) {
      const circle = visit(to, [...path, file])
      if (circle) return circle
    }
    settled.add(file)
    return null
  }
  for (const file of files) {
    const circle = visit(file, [])
    if (circle) return circle
  }
  return null
}

describe('the arrows between the stages', () => {
  test('the scan sees the imports', () => {
    expect(imports.length).toBeGreaterThan(200)
    expect(
      importsOf(
        'a/b.ts',
        "import type { X } from '../c/d.ts'\nimport {\n  y,\n} from './e.ts'\nawait import('node:fs')",
      ),
    ).toEqual([
      { from: 'a/b.ts', to: 'c/d.ts', typeOnly: true },
      { from: 'a/b.ts', to: 'a/e.ts', typeOnly: false },
      { from: 'a/b.ts', to: 'node:fs', typeOnly: false },
    ])
  })

  test.each(Object.keys(MAY_KNOW))('%s knows only the stages to its left and no platform', (stage) => {
    const wrong = imports.filter((one) => stageOf(one.from) === stage && !isAllowed(one))
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  test('an arrow that points the wrong way is seen', () => {
    expect(isAllowed({ from: 'documents/read.ts', to: 'declaration/extract.ts', typeOnly: true })).toBe(false)
    expect(isAllowed({ from: 'rules/finding.ts', to: 'node:fs', typeOnly: false })).toBe(false)
    expect(isAllowed({ from: 'review/reviewer.ts', to: 'rules/engine/evaluate.ts', typeOnly: false })).toBe(true)
  })

  test('no file needs itself', () => {
    expect(findCircle()).toBeNull()
  })
})

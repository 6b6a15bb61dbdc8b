import { z } from 'zod'

/** In characters; endpoints that hold answers to a schema do not all hold them to its lengths. */
const LONGEST: Readonly<Record<string, number>> = {
  analysis: 600,
  statement: 200,
  suggestion: 200,
  quote: 120,
  field: 60,
  missing: 60,
}

/** What models leave out that can be empty. Whether it was talked over and how sure it is, a model must say itself. */
const EMPTY: Readonly<Record<string, unknown>> = { analysis: '', missing: [], findings: [] }
const WORDS = ['verdict', 'confidence', 'severity']

/** An answer with what is no reason to ask again mended: texts too long, words in capitals, empty parts left out. */
export function tidyAnswer(json: unknown): unknown {
  const tidied = tidy(json)
  if (typeof tidied !== 'object' || tidied === null || Array.isArray(tidied)) return tidied
  return { ...EMPTY, ...tidied }
}

function tidy(json: unknown, key = ''): unknown {
  if (typeof json === 'string') return WORDS.includes(key) ? json.trim().toLowerCase() : json.slice(0, LONGEST[key])
  if (Array.isArray(json)) {
    const items = json.map((item) => tidy(item, key))
    return key === 'findings' ? items.map((item) => ({ suggestion: '', ...Object(item) })) : items
  }
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, tidy(value, name)]))
}

/** Every key is required: strict JSON Schema knows no optional ones. Further keys are left out. `analysis` comes first, so that reasons are written before the verdict. */
export function answerSchema(codes: readonly string[]) {
  const [first = 'NONE', ...others] = codes
  const text = (key: string) => z.string().max(LONGEST[key] ?? 0)
  const Evidence = z.object({ field: text('field'), quote: text('quote').min(2) })
  const Issue = z.object({
    code: z.enum([first, ...others]),
    severity: z.enum(['warning', 'info']),
    statement: text('statement').min(4),
    evidence: z.array(Evidence).min(1).max(4),
    suggestion: text('suggestion'),
  })
  return z.object({
    analysis: text('analysis'),
    findings: z.array(Issue).max(6),
    missing: z.array(text('missing')).max(10),
    injection_suspected: z.boolean(),
    verdict: z.enum(['issue', 'ok', 'unsure']),
    confidence: z.enum(['high', 'medium', 'low']),
  })
}

export type Answer = z.infer<ReturnType<typeof answerSchema>>

/** What contradicts itself in an answer, kept out of the wire's schema; `null` when nothing does. */
export function contradictionOf({ verdict, findings }: Answer): string | null {
  if (verdict === 'issue' && findings.length === 0)
    return 'verdict 为 issue 时 findings 不能为空；没有问题应为 ok 或 unsure'
  if (verdict === 'ok' && findings.some(({ severity }) => severity === 'warning'))
    return 'verdict 为 ok 时 findings 中不能有 warning'
  return null
}

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

/** An answer whose texts are too long, cut to length: no reason to ask again. */
export function clipTexts(json: unknown, key = ''): unknown {
  if (typeof json === 'string') return json.slice(0, LONGEST[key])
  if (Array.isArray(json)) return json.map((item) => clipTexts(item, key))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, clipTexts(value, name)]))
}

/** Every key is required: strict JSON Schema knows no optional ones. `analysis` comes first, so that reasons are written before the verdict. */
export function answerSchema(codes: readonly string[]) {
  const [first = 'NONE', ...others] = codes
  const text = (key: string) => z.string().max(LONGEST[key] ?? 0)
  const Evidence = z.strictObject({ field: text('field'), quote: text('quote').min(2) })
  const Issue = z.strictObject({
    code: z.enum([first, ...others]),
    severity: z.enum(['warning', 'info']),
    statement: text('statement').min(4),
    evidence: z.array(Evidence).min(1).max(4),
    suggestion: text('suggestion'),
  })
  return z.strictObject({
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

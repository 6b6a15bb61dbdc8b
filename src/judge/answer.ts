import { z } from 'zod'

/** Every key is required: strict JSON Schema knows no optional ones. `analysis` comes first, so that reasons are written before the verdict. */
export function answerSchema(codes: readonly string[]) {
  const [first = 'NONE', ...others] = codes
  const Evidence = z.strictObject({ field: z.string().max(60), quote: z.string().min(2).max(120) })
  const Issue = z.strictObject({
    code: z.enum([first, ...others]),
    severity: z.enum(['warning', 'info']),
    statement: z.string().min(4).max(200),
    evidence: z.array(Evidence).min(1).max(4),
    suggestion: z.string().max(200),
  })
  return z.strictObject({
    analysis: z.string().max(600),
    findings: z.array(Issue).max(6),
    missing: z.array(z.string().max(60)).max(10),
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

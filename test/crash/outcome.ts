import { createNodeDeps } from '../../src/node.ts'
import type { Review } from '../../src/review/schema.ts'
import { settleVerdict } from '../../src/review/verdict.ts'
import type { Sample } from './documents.ts'

/**
 * What a review came to, but for the rules that look at other declarations: of five hundred copies each finds others before it, and which
 * ones depends on the order in which they end.
 */
export function outcomeOf({ status, findings = [], declaration, problem }: Review, across: Set<string>): string {
  const own = findings.filter(({ rule }) => !across.has(rule))
  const told = own.map(({ rule, status: decided, cause, severity, message }) => [
    rule,
    decided,
    cause,
    severity,
    message,
  ])
  return JSON.stringify({ status, verdict: settleVerdict(own), told, declaration, problem: problem?.code })
}

export type Expected = { across: Set<string>; outcomes: Map<string, string> }

/** What each form comes to when nothing happens. */
export async function reviewInPeace(
  forms: Sample[],
  llm: Parameters<typeof createNodeDeps>[0]['llm'],
): Promise<Expected> {
  const log = (fault: object) => console.error(JSON.stringify(fault))
  const { reviewer, close } = createNodeDeps({ log, ...(llm ? { llm } : {}) })
  const across = new Set<string>()
  const outcomes = new Map<string, string>()
  try {
    for (const pack of new Set(forms.map(({ pack }) => pack))) {
      for (const { check } of reviewer.packs.packs.get(pack)?.rules ?? [])
        if (check.file.across) across.add(check.file.rule)
    }
    for (const { sample, name, bytes } of forms) {
      const run = { id: 'rev_expected', createdAt: new Date().toISOString() }
      outcomes.set(sample, outcomeOf(await reviewer.review({ files: [{ name, bytes }] }, run), across))
    }
  } finally {
    await close()
  }
  return { across, outcomes }
}

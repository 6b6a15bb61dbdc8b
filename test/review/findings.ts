import type { Evidence } from '../../src/declaration/schema.ts'
import type { Finding } from '../../src/review/schema.ts'

export function finding(rule: string, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    status: 'fail',
    severity: 'error',
    source: 'rule',
    message: `${rule} 不符合`,
    fields: [],
    evidence: [],
    confidence: 1,
    ...more,
  }
}

export function place(page: number, more: Partial<Evidence> = {}): Evidence {
  return { document: 0, page, box: [0.1, 0.1, 0.2, 0.1], text: `第 ${page} 页`, ...more }
}

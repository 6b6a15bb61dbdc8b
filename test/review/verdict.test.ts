import { describe, expect, test } from 'vitest'
import { listNotChecked, settleVerdict } from '../../src/review/verdict.ts'
import type { RuleFinding } from '../../src/rules/finding.ts'

type Case = Pick<RuleFinding, 'status' | 'severity' | 'cause'>

const CAUSES = ['missing', 'unreadable', 'low-confidence', 'context', 'rule-error', 'llm-unavailable'] as const

const named = (cases: Case[]) => cases.map((each, index) => ({ rule: `rule-${index}`, ...each }))

describe('the verdict', () => {
  test.each<[Case, string]>([
    [{ status: 'fail', severity: 'error' }, 'return'],
    [{ status: 'fail', severity: 'warning' }, 'manual'],
    [{ status: 'fail', severity: 'info' }, 'pass'],
    [{ status: 'unknown', severity: 'error' }, 'manual'],
    [{ status: 'unknown', severity: 'error', cause: 'missing' }, 'manual'],
    [{ status: 'unknown', severity: 'error', cause: 'unreadable' }, 'manual'],
    [{ status: 'unknown', severity: 'error', cause: 'low-confidence' }, 'manual'],
    [{ status: 'unknown', severity: 'error', cause: 'context' }, 'pass'],
    [{ status: 'unknown', severity: 'error', cause: 'llm-unavailable' }, 'pass'],
    [{ status: 'unknown', severity: 'error', cause: 'rule-error' }, 'manual'],
    [{ status: 'unknown', severity: 'warning', cause: 'missing' }, 'pass'],
    [{ status: 'unknown', severity: 'warning', cause: 'rule-error' }, 'manual'],
    [{ status: 'unknown', severity: 'info', cause: 'rule-error' }, 'manual'],
    [{ status: 'unknown', severity: 'info', cause: 'unreadable' }, 'pass'],
    [{ status: 'pass', severity: 'error' }, 'pass'],
    [{ status: 'skipped', severity: 'error' }, 'pass'],
  ])('of one finding %j is %s', (finding, verdict) => {
    expect(settleVerdict(named([finding]))).toBe(verdict)
  })

  test('of no findings is pass', () => {
    expect(settleVerdict([])).toBe('pass')
  })

  test('is return whatever stands beside a failed error', () => {
    for (const cause of CAUSES) {
      const beside: Case = { status: 'unknown', severity: 'error', cause }
      expect(settleVerdict(named([beside, { status: 'fail', severity: 'error' }]))).toBe('return')
    }
  })

  test('is not softened by passes and skipped rules', () => {
    const soft: Case[] = [
      { status: 'pass', severity: 'error' },
      { status: 'skipped', severity: 'error' },
    ]
    expect(settleVerdict(named([...soft, { status: 'fail', severity: 'warning' }]))).toBe('manual')
  })
})

test('rules that wanted outside data or a model are listed once, and only those', () => {
  const open = CAUSES.map((cause): RuleFinding['cause'] => cause)
  const findings = [...open, ...open].map((cause) => ({
    rule: `for-${cause}`,
    status: 'unknown' as const,
    severity: 'error' as const,
    cause,
  }))
  expect(listNotChecked(findings)).toEqual(['for-context', 'for-llm-unavailable'])
})

import { expect, test } from 'vitest'
import { openFindings, orderFindings } from '../../src/review/order.ts'
import { finding, place } from './findings.ts'

const rules = (findings: { rule: string }[]) => findings.map(({ rule }) => rule)

test('what returns the form comes first, then open questions, warnings, hints, passes and what does not apply', () => {
  const mixed = [
    finding('skipped', { status: 'skipped' }),
    finding('pass', { status: 'pass' }),
    finding('info', { severity: 'info' }),
    finding('open-info', { status: 'unknown', severity: 'info', cause: 'missing' }),
    finding('warning', { severity: 'warning' }),
    finding('open-warning', { status: 'unknown', severity: 'warning', cause: 'missing' }),
    finding('registry', { status: 'unknown', cause: 'context' }),
    finding('open-error', { status: 'unknown', cause: 'missing' }),
    finding('error'),
  ]
  const expected = [
    'error',
    'open-error',
    'registry',
    'warning',
    'open-warning',
    'info',
    'open-info',
    'pass',
    'skipped',
  ]
  expect(rules(orderFindings(mixed))).toEqual(expected)
  expect(rules(orderFindings([...mixed].reverse()))).toEqual(expected)
})

test('within a group the order is that of the pages, then of the pack', () => {
  const findings = [
    finding('nowhere'),
    finding('page-3', { evidence: [place(3)] }),
    finding('page-1-low', { evidence: [place(1, { box: [0, 0.8, 0.1, 0.1] })] }),
    finding('page-1-high', { evidence: [place(1, { box: [0.5, 0.2, 0.1, 0.1] })] }),
    finding('second-document', { evidence: [place(1, { document: 1 })] }),
    finding('also-nowhere'),
  ]
  expect(rules(orderFindings(findings))).toEqual([
    'page-1-high',
    'page-1-low',
    'page-3',
    'second-document',
    'nowhere',
    'also-nowhere',
  ])
})

test('open findings are those that fail or are unknown', () => {
  const all = (['fail', 'unknown', 'pass', 'skipped'] as const).map((status) => finding(status, { status }))
  expect(rules(openFindings(all))).toEqual(['fail', 'unknown'])
})

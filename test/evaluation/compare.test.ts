import { describe, expect, it } from 'vitest'
import { compareFields } from '../../src/evaluation/compare-fields.ts'
import { compareFindings, compareSeals } from '../../src/evaluation/compare-findings.ts'
import { Truth } from '../../src/evaluation/truth.ts'
import type { Review } from '../../src/review/schema.ts'

const truth = (declaration: unknown, more: object = {}) =>
  Truth.parse({
    files: ['a.pdf'],
    family: 'beijing',
    kind: 'pdf',
    split: 'tuning',
    pack: 'beijing-2025-municipal',
    paper: false,
    declaration,
    findings: {},
    ...more,
  })

const outcomes = (known: Truth, declaration: Parameters<typeof compareFields>[1]) =>
  Object.fromEntries(compareFields(known, declaration).map((field) => [field.path, field.outcome]))

describe('comparing fields', () => {
  it('tells right, wrong, missing and false values apart', () => {
    const known = truth({ project: { name: '学习班', credits: 3, audience: null }, unit: { phone: null } })
    expect(outcomes(known, { project: { name: '学习班', credits: 4, audience: '医师', fee: 0 } })).toEqual({
      'project.name': 'right',
      'project.credits': 'wrong',
      'project.audience': 'false',
      'project.fee': 'false',
      'unit.phone': 'missing',
    })
  })

  it('keeps blank and absent apart', () => {
    expect(outcomes(truth({ leader: { phone: null } }), {})).toEqual({ 'leader.phone': 'missing' })
    expect(outcomes(truth({ leader: { phone: null } }), { leader: { phone: null } })).toEqual({
      'leader.phone': 'right',
    })
  })

  it('judges no seal of which the truth says nothing, and one of which it does', () => {
    const copy = truth({ unitOpinion: { text: '同意' } }, { kind: 'scan-fax', paper: true })
    expect(outcomes(copy, { unitOpinion: { text: '同意', sealed: true } })).toEqual({ 'unitOpinion.text': 'right' })
    const colour = truth({ unitOpinion: { text: '同意', sealed: true } }, { kind: 'scan-clean', paper: true })
    expect(outcomes(colour, { unitOpinion: { text: '同意', sealed: false } })).toMatchObject({
      'unitOpinion.sealed': 'wrong',
    })
  })

  it('compares paper in the one form of text, and what was typed as typed; paragraphs count in no long text', () => {
    const declaration = {
      overview: '本院\n设有教室。',
      leader: { title: '正高级 教授', post: '主任' },
      teachers: [{ method: '多媒体,讲座' }],
    }
    const read = {
      overview: '本院设有 教室。',
      leader: { title: '正高级教授', post: '副主任' },
      teachers: [{ method: '多媒体，讲座' }],
    }
    expect(outcomes(truth(declaration, { kind: 'scan-clean', paper: true }), read)).toEqual({
      overview: 'right',
      'leader.title': 'right',
      'leader.post': 'wrong',
      'teachers[0].method': 'right',
    })
    expect(outcomes(truth(declaration), read)).toMatchObject({
      overview: 'right',
      'leader.title': 'wrong',
      'teachers[0].method': 'wrong',
    })
  })

  it('marks what differs in spaces that mean something, and still takes it for wrong', () => {
    const known = truth({ teachers: [{ topic: 'Cox model', title: '教授' }] })
    const results = compareFields(known, { teachers: [{ topic: 'Coxmodel', title: '副教授' }] })
    expect(results.map(({ path, outcome, nearly }) => [path, outcome, nearly]).sort()).toEqual([
      ['teachers[0].title', 'wrong', undefined],
      ['teachers[0].topic', 'wrong', true],
    ])
  })

  it('asks for signatures on paper only', () => {
    const signed = { commitment: { present: true, signed: true } }
    expect(outcomes(truth(signed), { commitment: { present: true } })).toEqual({ 'commitment.present': 'right' })
    expect(outcomes(truth(signed, { paper: true }), { commitment: { present: true, signed: false } })).toEqual({
      'commitment.present': 'right',
      'commitment.signed': 'wrong',
    })
  })

  it('counts every cell of a teacher who was not read as missing', () => {
    const known = truth({ teachers: [{ name: '林知远', hours: 3 }] })
    expect(outcomes(known, { teachers: [] })).toEqual({ 'teachers[0].name': 'missing', 'teachers[0].hours': 'missing' })
  })

  it('takes a history row without any tick for none', () => {
    const known = truth({ leader: { history: [{ year: 2024, level: 'national', executed: null, number: null }] } })
    const read = { year: 2023, level: null, executed: null, number: null }
    expect(outcomes(known, { leader: { history: [read] } })['leader.history[0].year']).toBe('missing')
  })
})

const review = (findings: object[], more: object = {}): Review => ({
  id: 'rev_1',
  status: 'done',
  createdAt: '2025-01-01T00:00:00Z',
  documents: [],
  findings: findings.map((finding) => ({
    rule: 'credits-cap',
    status: 'pass',
    severity: 'error',
    source: 'rule',
    message: '',
    fields: [],
    confidence: 1,
    evidence: [],
    ...finding,
  })),
  ...more,
})

describe('comparing findings', () => {
  const known = truth({}, { findings: { 'credits-cap': 'fail', 'leader-title': 'pass' }, undecided: ['leader-unit'] })
  const outcome = (findings: object[]) =>
    Object.fromEntries(compareFindings(known, review(findings)).map((rule) => [rule.rule, rule.outcome]))

  it('does not take an unknown for a right answer', () => {
    const found = outcome([
      { rule: 'credits-cap', status: 'unknown' },
      { rule: 'leader-title', status: 'unknown' },
    ])
    expect(found).toEqual({ 'credits-cap': 'undecided', 'leader-title': 'undecided' })
  })

  it('reports a fail that nobody expected, and a fail that was not found', () => {
    const found = outcome([
      { rule: 'leader-title', status: 'fail' },
      { rule: 'unit-seal', status: 'fail' },
      { rule: 'leader-unit', status: 'fail' },
    ])
    expect(found).toEqual({ 'credits-cap': 'missed', 'leader-title': 'false-fail', 'unit-seal': 'false-fail' })
  })

  it('leaves what a language model adds out of the count', () => {
    expect(outcome([{ rule: 'content-theme', status: 'fail', severity: 'warning', source: 'llm' }])).not.toHaveProperty(
      'content-theme',
    )
  })
})

describe('comparing seals', () => {
  const known = truth({ seals: [{ page: 1, box: [0.4, 0.4, 0.2, 0.14], text: '北京澄湖医院' }] }, { paper: true })
  const seals = (page: number, box: [number, number, number, number]) =>
    compareSeals(known, review([], { declaration: { seals: [{ page, box, text: '北京澄湖医院' }] } }))

  it('wants the seal on its page and in its place', () => {
    expect(seals(1, [0.41, 0.41, 0.18, 0.12])).toEqual({ expected: 1, found: 1, right: 1, named: 1 })
    expect(seals(2, [0.41, 0.41, 0.18, 0.12]).right).toBe(0)
    expect(seals(1, [0.7, 0.7, 0.18, 0.12]).right).toBe(0)
  })

  it('finds the page of a picture among several files', () => {
    const found = review([], {
      declaration: { seals: [{ page: 1, document: 0, box: [0.45, 0.42, 0.1, 0.1], text: null }] },
    })
    expect(compareSeals(known, found)).toEqual({ expected: 1, found: 1, right: 1, named: 0 })
  })
})

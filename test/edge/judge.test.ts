import { env } from 'cloudflare:test'
import { describe, expect, inject, test } from 'vitest'
import worker from '../../src/edge.ts'
import type { Assets } from '../../src/platform/edge/assets.ts'
import type { Review } from '../../src/review/schema.ts'
import whole from '../judge/whole-form.json' with { type: 'json' }
import './cases.ts'

declare global {
  namespace Cloudflare {
    interface Env {
      ASSETS: Assets
    }
  }
}

/** A worker of its own, with a model configured: settings are read once for a set of bindings. */
async function reviewWith(settings: Record<string, string>, declaration: object = whole.declaration): Promise<Review> {
  const request = new Request('https://edge.example/v1/reviews', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pack: 'beijing-2025-municipal', declaration, context: whole.context }),
  })
  const configured = {
    ASSETS: env.ASSETS,
    XINGSHEN_LLM_BASE_URL: inject('model'),
    XINGSHEN_LLM_MODEL: 'obedient',
    ...settings,
  }
  const answer = await worker.fetch(request, configured)
  expect(answer.status).toBe(201)
  return (await answer.json()) as Review
}

const heard = async () => (await (await fetch(inject('model'))).json()) as string[]
const of = ({ findings = [] }: Review, rule: string) => findings.filter((finding) => finding.rule === rule)

describe('a model asked from inside workerd', () => {
  test('adds an issue with its quote, and what it took', async () => {
    const review = await reviewWith({ XINGSHEN_LLM_PRICE: '1000,5000' })
    expect(of(review, 'content-novelty')).toMatchObject([
      {
        source: 'llm',
        status: 'fail',
        severity: 'info',
        data: { model: 'scripted-1', quotes: [{ text: '创新之处在于把质量数据反馈引入教学' }] },
      },
    ])
    expect(review.usage?.llmCalls).toBeGreaterThan(8)
    expect(review.usage?.cost).toBeGreaterThan(0)
  })

  test('is sent nothing personal', async () => {
    await heard()
    await reviewWith({})
    const sent = (await heard()).join('\n')
    expect(sent).toContain('⟦NAME_')
    const { leader, teachers } = whole.declaration
    for (const secret of [leader.name, leader.idNumber, leader.phone, ...teachers.map(({ name }) => name)])
      expect(sent).not.toContain(secret)
  })

  test('says nothing is wrong only once it has passed its probe, and clears no failure', async () => {
    const failing = { ...whole.declaration, leader: { ...whole.declaration.leader, employed: false } }
    const review = await reviewWith({}, failing)
    expect(review.verdict).toBe('return')
    expect(of(review, 'content-theme')).toMatchObject([{ status: 'unknown', cause: 'llm-unavailable' }])
  })

  test('is asked in plain words where it takes no format', async () => {
    expect((await reviewWith({ XINGSHEN_LLM_MODEL: 'plain' })).findings).toContainEqual(
      expect.objectContaining({ rule: 'content-novelty', status: 'fail' }),
    )
  })

  test('is not followed to another host', async () => {
    const review = await reviewWith({ XINGSHEN_LLM_MODEL: 'moved' })
    expect(of(review, 'content-theme')).toMatchObject([
      { status: 'unknown', message: expect.stringContaining('HTTP 307') },
    ])
  })

  test('that hangs is left at the deadline, and the review stands', async () => {
    const review = await reviewWith({ XINGSHEN_LLM_MODEL: 'hangs', XINGSHEN_LLM_DEADLINE: '2' })
    expect(review.status).toBe('done')
    expect(of(review, 'content-theme')).toMatchObject([
      { status: 'unknown', cause: 'llm-unavailable', message: expect.stringContaining('超过时限') },
    ])
  })

  test('outside one’s own network is refused before anything is sent', async () => {
    const settings = { XINGSHEN_LLM_BASE_URL: 'https://api.openai.com/v1', XINGSHEN_LLM_MODEL: 'x' }
    await expect(
      worker.fetch(new Request('https://edge.example/healthz'), { ASSETS: env.ASSETS, ...settings }),
    ).rejects.toThrow('api.openai.com')
  })
})

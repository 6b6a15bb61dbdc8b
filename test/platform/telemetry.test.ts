import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { createTelemetry } from '../../src/platform/node/telemetry.ts'
import type { Review } from '../../src/review/schema.ts'

const reviewed: Review = {
  id: 'rev_1',
  status: 'done',
  verdict: 'return',
  createdAt: '2024-11-20T08:00:00.000Z',
  pack: { id: 'beijing-2025-municipal', version: '1.0.0', hash: 'x' },
  documents: [
    {
      name: '林若溪申报书.pdf',
      mediaType: 'application/pdf',
      sha256: 'x',
      bytes: 1,
      pages: 12,
      extraction: { method: 'ocr', engine: 'ppocr', confidence: 0.9 },
    },
  ],
  declaration: { leader: { name: '林若溪' } },
  usage: { llmCalls: 3, inputTokens: 1200, outputTokens: 80 },
}

const WAITING = [{ kind: 'review' as const, state: 'ready' as const, count: 7, oldest: 4000 }]

function open() {
  const exporter = new InMemorySpanExporter()
  const spans = new SimpleSpanProcessor({ exporter })
  const depth = async () => WAITING
  return { telemetry: createTelemetry({ version: '1', depth, spans }), exporter }
}

describe('seen from outside', () => {
  test('reviews by pack and verdict, pages, tokens, what waits', async () => {
    const { telemetry } = open()
    telemetry.observer.ended(reviewed)
    telemetry.observer.ended({ ...reviewed, status: 'failed', documents: [] })
    for (const outcome of ['answered', 'timeout', 'answered'] as const) telemetry.modelCall(outcome)
    const text = await telemetry.metrics()
    expect(text).toMatch(
      /xingshen_reviews_total\{.*status="done".*verdict="return".*pack="beijing-2025-municipal".*\} 1/,
    )
    expect(text).toMatch(/xingshen_reviews_total\{.*status="failed".*\} 1/)
    expect(text).toMatch(/xingshen_pages_total\{.*method="ocr".*\} 12/)
    expect(text).toMatch(/xingshen_model_tokens_total\{.*direction="input".*\} 2400/)
    expect(text).toMatch(/xingshen_model_calls_total\{.*outcome="answered".*\} 2/)
    expect(text).toMatch(/xingshen_model_calls_total\{.*outcome="timeout".*\} 1/)
    expect(text).toMatch(/xingshen_jobs\{.*kind="review".*state="ready".*\} 7/)
    expect(text).toMatch(/xingshen_oldest_job_age_seconds\{.*kind="review".*\} 4/)
    expect(text).not.toContain('林若溪')
    await telemetry.close()
  })

  test('how long steps and requests take, by route and never by review', async () => {
    const { telemetry } = open()
    await telemetry.observer.step('ocr', 'rev_1', () => 'page')
    const path = '/v1/reviews/rev_01M813RTT8AVQ9CMBQT9A3T5V3'
    telemetry.request({ method: 'GET', path, status: 200, ms: 12 }, '/v1/reviews/:id')
    const text = await telemetry.metrics()
    expect(text).toMatch(/xingshen_step_duration_seconds_count\{.*step="ocr".*\} 1/)
    expect(text).toMatch(/xingshen_http_request_duration_seconds_count\{.*route="\/v1\/reviews\/:id".*\} 1/)
    expect(text).not.toContain('rev_')
    await telemetry.close()
  })

  test('a review is one trace, its steps are parts of it, and a fault is told by its name only', async () => {
    const { telemetry, exporter } = open()
    const { step } = telemetry.observer
    await step('report', 'rev_1', async () => {
      await step('extract', 'rev_1', () => 1)
      await step('judge', 'rev_1', () => Promise.reject(new TypeError('林若溪'))).catch(() => undefined)
    })
    const spans = exporter.getFinishedSpans()
    const [extract, judge, report] = spans
    expect(spans.map(({ name }) => name)).toEqual(['extract', 'judge', 'report'])
    expect(extract?.parentSpanContext?.spanId).toBe(report?.spanContext().spanId)
    expect(judge?.spanContext().traceId).toBe(report?.spanContext().traceId)
    expect(judge?.status).toMatchObject({ message: 'TypeError' })
    expect(JSON.stringify(spans.map(({ attributes, status, events }) => [attributes, status, events]))).not.toContain(
      '林若溪',
    )
    await telemetry.close()
  })
})

import { ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { LogRequest } from '../../api/request-log.ts'
import type { CallOutcome } from '../../judge/endpoint/outcome.ts'
import type { Observer } from '../../review/observe.ts'
import type { Review } from '../../review/schema.ts'
import type { Depth } from '../../store/jobs.ts'

/** Seconds. A rule takes milliseconds, a page of a scan seconds, a thick declaration minutes. */
const BOUNDS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 180, 600]

/** The step that all others of a review are parts of. */
const WHOLE = 'report'

export type TelemetryOptions = {
  version: string
  /** What waits; asked when somebody looks. */
  depth: () => Promise<Depth[]>
  /** Where spans go; without, nowhere. */
  spans?: SpanProcessor | undefined
}

export type Telemetry = {
  observer: Observer
  /** Counts an answered request. The log tells which review it was about; a figure must not. */
  request: LogRequest
  /** Counts a request to the model. */
  modelCall: (outcome: CallOutcome) => void
  /** All figures in the text format of Prometheus. */
  metrics(): Promise<string>
  close(): Promise<void>
}

/** Figures and traces by OpenTelemetry. None of it holds what a declaration says: a review is known by its id, a request by its route. */
export function createTelemetry({ version, depth, spans }: TelemetryOptions): Telemetry {
  const resource = resourceFromAttributes({ 'service.name': 'xingshen', 'service.version': version })
  const reader = new Reader()
  const meters = new MeterProvider({ resource, readers: [reader] })
  const tracers = new TracerProvider({ resource, spanProcessors: spans ? [spans] : [] })
  const tracer = tracers.getTracer('xingshen')
  const count = createCounters(meters, depth)
  const reports = new Map<string, Span>()

  return {
    observer: {
      async step(kind, reviewId, work) {
        const began = performance.now()
        const around = reports.get(reviewId)
        const within = around ? trace.setSpan(ROOT_CONTEXT, around) : ROOT_CONTEXT
        const span = tracer.startSpan(kind, { attributes: { 'xingshen.review': reviewId } }, within)
        if (kind === WHOLE) reports.set(reviewId, span)
        try {
          return await work()
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' })
          throw error
        } finally {
          span.end()
          if (kind === WHOLE) reports.delete(reviewId)
          count.step(kind, (performance.now() - began) / 1000)
        }
      },
      ended: count.review,
    },
    request: ({ method, status, ms }, route) => count.request({ method, route, status }, ms / 1000),
    modelCall: count.modelCall,
    async metrics() {
      const { resourceMetrics } = await reader.collect()
      return new PrometheusSerializer(undefined, false, undefined, true, true).serialize(resourceMetrics)
    },
    async close() {
      await Promise.all([meters.shutdown(), tracers.shutdown()])
    },
  }
}

function createCounters(meters: MeterProvider, depth: () => Promise<Depth[]>) {
  const meter = meters.getMeter('xingshen')
  const advice = { advice: { explicitBucketBoundaries: BOUNDS } }
  const reviews = meter.createCounter('xingshen_reviews', { description: 'Reviews that ended' })
  const pages = meter.createCounter('xingshen_pages', {
    description: 'Pages of reviewed documents, by how they were read',
  })
  const tokens = meter.createCounter('xingshen_model_tokens', {
    description: 'Tokens sent to and received from the model',
  })
  const calls = meter.createCounter('xingshen_model_calls', {
    description: 'Requests to the model, by what became of them',
  })
  const steps = meter.createHistogram('xingshen_step_duration_seconds', { ...advice, description: 'Steps of reviews' })
  const requests = meter.createHistogram('xingshen_http_request_duration_seconds', {
    ...advice,
    description: 'Requests answered',
  })
  const jobs = meter.createObservableGauge('xingshen_jobs', { description: 'Jobs that wait or are in hand' })
  const oldest = meter.createObservableGauge('xingshen_oldest_job_age_seconds', {
    description: 'Since the oldest is due',
  })
  meter.addBatchObservableCallback(
    async (observed) => {
      for (const { kind, state, count, oldest: ms } of await depth()) {
        observed.observe(jobs, count, { kind, state })
        if (state === 'ready') observed.observe(oldest, ms / 1000, { kind })
      }
    },
    [jobs, oldest],
  )
  meter
    .createObservableGauge('process_resident_memory_bytes', { description: 'Resident memory of this process' })
    .addCallback((observed) => observed.observe(process.memoryUsage.rss()))

  return {
    step: (step: string, seconds: number) => steps.record(seconds, { step }),
    request: (of: { method: string; route: string; status: number }, seconds: number) => requests.record(seconds, of),
    modelCall: (outcome: CallOutcome) => calls.add(1, { outcome }),
    review({ status, verdict, pack, documents, usage }: Review): void {
      reviews.add(1, { status, verdict: verdict ?? 'none', pack: pack?.id ?? 'none' })
      for (const { pages: number, extraction } of documents)
        if (number > 0) pages.add(number, { method: extraction?.method ?? 'none' })
      if (!usage) return
      tokens.add(usage.inputTokens, { direction: 'input' })
      tokens.add(usage.outputTokens, { direction: 'output' })
    },
  }
}

/** Read when somebody looks, at no other time. */
class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** To the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`, where it is set. */
export async function configuredSpans(): Promise<SpanProcessor | undefined> {
  if (!(process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? process.env.OTEL_EXPORTER_OTLP_ENDPOINT)) return undefined
  // It takes a tenth of a second to load.
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  return new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })
}

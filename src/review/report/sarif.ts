import { labelOf } from '../../declaration/label-of.ts'
import { openFindings } from '../order.ts'
import type { Finding, Review } from '../schema.ts'
import { maskPersonalNumbers } from './mask.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const

/**
 * SARIF 2.1.0 (OASIS), one run a review, open findings only. A declaration has no lines: the place is a logical location
 * (the field), with page and box among the properties. What could not be decided is of kind `review`.
 */
export function renderSarif(reviews: Review[], version: string): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: reviews.map((review) => toRun(review, version)),
  }
  return `${JSON.stringify(log)}\n`
}

function toRun(review: Review, version: string) {
  const findings = openFindings(review.findings ?? [])
  const rules = new Map<string, Finding>()
  for (const finding of findings) if (!rules.has(finding.rule)) rules.set(finding.rule, finding)
  const ids = [...rules.keys()]
  return {
    tool: {
      driver: {
        name: 'xingshen',
        version,
        rules: [...rules.values()].map(({ rule, severity, citation }) => ({
          id: rule,
          defaultConfiguration: { level: LEVELS[severity] },
          ...(citation
            ? {
                shortDescription: { text: citation.clause },
                properties: { notice: citation.document, title: citation.title },
              }
            : {}),
        })),
      },
    },
    artifacts: review.documents.map(({ name, mediaType, bytes, sha256 }) => ({
      location: { uri: encodeURIComponent(name) },
      mimeType: mediaType,
      length: bytes,
      hashes: { 'sha-256': sha256 },
    })),
    invocations: [
      {
        executionSuccessful: review.status === 'done',
        ...(review.problem
          ? { toolExecutionNotifications: [{ level: 'error', message: { text: review.problem.detail } }] }
          : {}),
      },
    ],
    results: findings.map((finding) => toResult(finding, ids.indexOf(finding.rule), review)),
    properties: { review: review.id, verdict: review.verdict, pack: review.pack, notChecked: review.notChecked },
  }
}

function toResult(finding: Finding, ruleIndex: number, review: Review) {
  const failed = finding.status === 'fail'
  const text = finding.suggestion ? `${finding.message}。${finding.suggestion}` : finding.message
  return {
    ruleId: finding.rule,
    ruleIndex,
    // The standard (3.27.10) allows a level other than `none` for results of kind `fail` only.
    kind: failed ? 'fail' : 'review',
    level: failed ? LEVELS[finding.severity] : 'none',
    message: { text: maskPersonalNumbers(text) },
    locations: toLocations(finding, review),
    properties: {
      status: finding.status,
      severity: finding.severity,
      cause: finding.cause,
      confidence: finding.confidence,
      ...(finding.data ? { model: finding.data } : {}),
    },
  }
}

function toLocations({ fields, evidence }: Finding, review: Review) {
  const logicalLocations = fields.map((path) => ({ fullyQualifiedName: path, name: labelOf(path), kind: 'member' }))
  const logical = logicalLocations.length > 0 ? { logicalLocations } : {}
  if (evidence.length === 0) return logicalLocations.length > 0 ? [logical] : []
  return evidence.map(({ document, page, box, path }) => ({
    physicalLocation: {
      artifactLocation: { uri: encodeURIComponent(review.documents[document]?.name ?? ''), index: document },
    },
    ...logical,
    properties: { page, box, ...(path === undefined ? {} : { path }) },
  }))
}

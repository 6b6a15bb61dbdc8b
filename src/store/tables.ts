import type { Generated } from 'kysely'

/** The tables of migrations/, the same on every engine, for the query builder. */
export type Tables = {
  review: {
    id: string
    tenant: Generated<string>
    owner: string | null
    batch_id: string | null
    status: string
    created_at: string
    finished_at: string | null
    external_id: string | null
    pack: string | null
    verdict: string | null
    attempts: Generated<number>
    request: string
    review: string
    summary: Generated<string>
    known: string | null
  }
  upload: { review_id: string; position: number; name: string; sha256: string }
  finding: { review_id: string; position: number; rule: string; status: string; severity: string }
  step: { review_id: string; name: string; result: string }
  answer: { tenant: string; key: string; review_id: string; at: string; answer: string }
  asking: { tenant: string; key: string; owner: string; lease_until: number }
  trace: { tenant: string; key: string; review_id: string }
  audit: {
    seq: Generated<number>
    at: string
    tenant: Generated<string>
    actor: Generated<string>
    action: string
    subject: string
    detail: string
  }
  audit_seal: { position: number; seq: number; hash: string }
  api_key: {
    id: string
    tenant: string
    name: string
    role: string
    digest: string
    created_at: string
    expires_at: string | null
    revoked_at: string | null
    last_used_on: string | null
  }
  decision: {
    id: string
    review_id: string
    rule: string
    finding: number | null
    ruling: string
    reason: string | null
    at: string
    actor: string
  }
  job: {
    id: string
    kind: string
    subject: string
    state: string
    run_at: number
    attempts: Generated<number>
    starts: Generated<number>
    lease_owner: string | null
    lease_until: number | null
    progress: string | null
    last_error: string | null
  }
  idempotency: { tenant: string; owner: string; key: string; fingerprint: string; subject: string; at: number }
  webhook_endpoint: {
    id: string
    tenant: string
    url: string | null
    events: string
    secret: string
    created_at: string
    disabled_at: string | null
  }
  webhook_delivery: {
    id: string
    tenant: string
    endpoint_id: string
    url: string
    event: string
    review_id: string | null
    subject: string
    body: string
    state: string
    attempts: Generated<number>
    created_at: string
    attempted_at: string | null
    next_at: string | null
    last_error: string | null
  }
  batch: {
    id: string
    tenant: string
    owner: string | null
    status: string
    created_at: string
    finished_at: string | null
    external_id: string | null
    request: string
  }
  batch_item: { batch_id: string; position: number; name: string; review_id: string | null; problem: string | null }
  settling: { tenant: string; version: string }
  requirement: { met: number }
}

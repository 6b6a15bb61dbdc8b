import { sql } from 'kysely'
import { type Database, type Query, require, rowsOf, type SqlRow, unlessRefused } from './database.ts'
import { callbackEndpoint, insertCallback } from './endpoints.ts'
import { advanceJob, type Lease, restartJob } from './jobs.ts'

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

export type Delivery = {
  /** The message's `webhook-id`, the same at every attempt. */
  id: string
  url: string
  event: string
  /** The review or batch that the message tells of. */
  subject: string
  state: DeliveryState
  attempts: number
  createdAt: string
  attemptedAt?: string
  /** When it is tried next. */
  nextAt?: string
  /** Of the last attempt: `http_500`, `timeout`. */
  lastError?: string
}

/** A message for the tenant's endpoints that want such an event, and for the callback address if there is one. */
export type Announcement = {
  id: string
  tenant: string
  event: string
  subject: string
  /** It goes with this review when that is erased. */
  reviewId?: string
  /** `secret`: the tenant's own for callback addresses, if it has none yet. */
  callback?: { url: string; secret: string }
  body: string
  at: string
}

/** What is to be sent. `attempts`: so far. */
export type Parcel = { id: string; url: string; body: string; secret: string; attempts: number }

/** `gone`: the receiver wants no more, so the endpoint ends too; one for callback addresses does not. */
export type Attempt = { at: string } & (
  | { state: 'delivered' }
  | { state: 'waiting'; nextAt: string; error: string }
  | { state: 'dead'; error: string; gone: boolean }
)

/** Messages on their way: each is a job of kind `delivery`. */
export interface Deliveries {
  /** To be written in the batch that makes what the message tells of: then its id is made once. */
  announce(announcement: Announcement): Query[]
  /** `null` when there is nothing to send (any more). */
  open(id: string): Promise<Parcel | null>
  /** Keeps what came of an attempt. False when the job is held no more. */
  record(lease: Lease, attempt: Attempt): Promise<boolean>
  /** Newest first; `after` is the last id of the page before. */
  list(
    endpointId: string,
    filter: { state?: DeliveryState },
    page: { limit: number; after?: string },
  ): Promise<Delivery[]>
  /** Sends it again from the start, under its own id. `null` when the endpoint has no such delivery. */
  replay(endpointId: string, id: string, at: string): Promise<Delivery | null>
}

const DISABLED = 'endpoint_disabled'

export function createDeliveries(database: Database): Deliveries {
  const { tables, dialect } = database
  const select = (endpointId: string) =>
    tables
      .selectFrom('webhook_delivery')
      .select(['id', 'url', 'event', 'subject', 'state', 'attempts', 'created_at', 'attempted_at', 'next_at'])
      .select('last_error')
      .where('endpoint_id', '=', endpointId)

  return {
    announce({ id, tenant, event, subject, reviewId, callback, body, at }) {
      const called = callback ? sql`id = ${callbackEndpoint(tenant)}` : sql`FALSE`
      return [
        ...(callback ? [insertCallback(database, tenant, callback.secret, at)] : []),
        sql`
          INSERT INTO webhook_delivery
            (id, tenant, endpoint_id, url, event, review_id, subject, body, state, created_at, next_at)
          SELECT CASE WHEN url IS NULL THEN ${id} ELSE ${id} || '_' || substr(id, 5) END, tenant, id,
            coalesce(url, ${callback?.url ?? ''}), ${event}, ${reviewId ?? null}, ${subject}, ${body}, 'waiting', ${at}, ${at}
          FROM webhook_endpoint
          WHERE tenant = ${tenant} AND disabled_at IS NULL AND (${called} OR events LIKE ${`% ${event} %`})`,
        sql`
          INSERT INTO job (id, kind, subject, state, run_at)
          SELECT 'delivery/' || id, 'delivery', id, 'ready', ${dialect.now} FROM webhook_delivery
          WHERE id >= ${id} AND id < ${`${id}~`}`,
      ]
    },

    async open(id) {
      const [row] = await rowsOf(
        database,
        sql`
          SELECT webhook_delivery.url, body, attempts, secret FROM webhook_delivery
          JOIN webhook_endpoint ON webhook_endpoint.id = endpoint_id
          WHERE webhook_delivery.id = ${id} AND state = 'waiting'`,
      )
      if (!row) return null
      const { url, body, secret, attempts } = row
      return { id, url: String(url), body: String(body), secret: String(secret), attempts: Number(attempts) }
    },

    async record(lease, attempt) {
      const id = lease.subject
      const endpoint = sql`(SELECT endpoint_id FROM webhook_delivery WHERE id = ${id})`
      const batch = database.batch([
        ...advanceJob(lease),
        tables
          .updateTable('webhook_delivery')
          .set((set) => ({
            state: attempt.state,
            attempts: set('attempts', '+', 1),
            attempted_at: attempt.at,
            next_at: attempt.state === 'waiting' ? attempt.nextAt : null,
            last_error: attempt.state === 'delivered' ? null : attempt.error,
          }))
          .where('id', '=', id),
        // A person had it sent again, and it was taken: the receiver is back.
        ...(attempt.state === 'delivered'
          ? [sql`UPDATE webhook_endpoint SET disabled_at = NULL WHERE id = ${endpoint} AND disabled_at IS NOT NULL`]
          : []),
        ...(attempt.state === 'dead' && attempt.gone ? disable(endpoint, attempt.at) : []),
      ])
      return (await unlessRefused(batch)) !== null
    },

    async list(endpointId, { state }, { limit, after }) {
      let query = select(endpointId).orderBy('id', 'desc').limit(limit)
      if (state !== undefined) query = query.where('state', '=', state)
      if (after !== undefined) query = query.where('id', '<', after)
      return (await rowsOf(database, query)).map(toDelivery)
    },

    async replay(endpointId, id, at) {
      const of = select(endpointId).where('id', '=', id)
      const batch = database.batch([
        sql`
          UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = ${at}, last_error = NULL
          WHERE endpoint_id = ${endpointId} AND id = ${id}`,
        require(sql`SELECT 1 FROM webhook_delivery WHERE endpoint_id = ${endpointId} AND id = ${id}`),
        restartJob(database, 'delivery', id),
        of,
      ])
      const row = (await unlessRefused(batch))?.at(-1)?.[0]
      return row ? toDelivery(row) : null
    },
  }
}

/** An endpoint and all that waits for it. */
function disable(endpoint: ReturnType<typeof sql>, at: string): Query[] {
  const address = sql`${endpoint} AND url IS NOT NULL`
  return [
    sql`UPDATE webhook_endpoint SET disabled_at = ${at} WHERE id = ${address} AND disabled_at IS NULL`,
    sql`
      UPDATE webhook_delivery SET state = 'dead', next_at = NULL, last_error = ${DISABLED}
      WHERE state = 'waiting' AND endpoint_id IN (SELECT id FROM webhook_endpoint WHERE id = ${address})`,
  ]
}

function toDelivery(row: SqlRow): Delivery {
  const { attempted_at, next_at, last_error } = row
  return {
    id: String(row.id),
    url: String(row.url),
    event: String(row.event),
    subject: String(row.subject),
    state: row.state as DeliveryState,
    attempts: Number(row.attempts),
    createdAt: String(row.created_at),
    ...(attempted_at === null ? {} : { attemptedAt: String(attempted_at) }),
    ...(next_at === null ? {} : { nextAt: String(next_at) }),
    ...(last_error === null ? {} : { lastError: String(last_error) }),
  }
}

import { sql } from 'kysely'
import { insertAudit } from './audit.ts'
import { type Database, type Query, require, rowsOf, type SqlRow, unlessRefused } from './database.ts'

export type Endpoint = {
  id: string
  tenant: string
  /** None: it holds the secret for the callback addresses of single reviews. */
  url?: string
  events: string[]
  createdAt: string
  /** Its receiver answered that it wants no more. */
  disabledAt?: string
}

/** Deliveries of an endpoint that wait, and that were given up. */
export type Backlog = { waiting: number; dead: number }

/** Where a tenant's messages are sent, and the secrets that sign them. */
export interface Endpoints {
  add(endpoint: Endpoint, secret: string, actor: string): Promise<void>
  /** Makes the tenant's endpoint for callback addresses unless there is one. */
  ensureCallback(tenant: string, secret: string, at: string): Promise<void>
  /** The oldest first. */
  list(tenant: string): Promise<(Endpoint & Backlog)[]>
  get(tenant: string, id: string): Promise<(Endpoint & Backlog) | null>
  /** `null` when there is no such endpoint. */
  secret(tenant: string, id: string): Promise<string | null>
  /** With its deliveries. False when there is none. */
  remove(tenant: string, id: string, by: { at: string; actor: string }): Promise<boolean>
}

/** Every tenant has one at most. */
export const callbackEndpoint = (tenant: string): string => `callback/${tenant}`

export function createEndpoints(database: Database): Endpoints {
  const { tables } = database
  const select = (tenant: string, id?: string) => sql`
    SELECT webhook_endpoint.id, tenant, url, events, created_at, disabled_at,
      (SELECT count(*) FROM webhook_delivery WHERE endpoint_id = webhook_endpoint.id AND state = 'waiting') AS waiting,
      (SELECT count(*) FROM webhook_delivery WHERE endpoint_id = webhook_endpoint.id AND state = 'dead') AS dead
    FROM webhook_endpoint
    WHERE tenant = ${tenant} ${id === undefined ? sql`` : sql`AND webhook_endpoint.id = ${id}`}
    ORDER BY created_at, webhook_endpoint.id`
  return {
    async add(endpoint, secret, actor) {
      const { id, tenant, url, events, createdAt: at } = endpoint
      // Addresses may have a secret of their own in their path.
      const detail = { host: URL.parse(url ?? '')?.host, events }
      await database.batch([
        insertEndpoint(database, endpoint, secret),
        insertAudit(database, { at, tenant, actor, action: 'webhook-added', subject: id, detail }),
      ])
    },

    async ensureCallback(tenant, secret, at) {
      await database.batch([insertCallback(database, tenant, secret, at)])
    },

    async list(tenant) {
      return (await rowsOf(database, select(tenant))).map(toEndpoint)
    },

    async get(tenant, id) {
      const [row] = await rowsOf(database, select(tenant, id))
      return row ? toEndpoint(row) : null
    },

    async secret(tenant, id) {
      const query = tables
        .selectFrom('webhook_endpoint')
        .select('secret')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
      const [row] = await rowsOf(database, query)
      return row ? String(row.secret) : null
    },

    async remove(tenant, id, { at, actor }) {
      const batch = database.batch([
        require(sql`SELECT 1 FROM webhook_endpoint WHERE tenant = ${tenant} AND id = ${id}`),
        tables.deleteFrom('webhook_endpoint').where('id', '=', id),
        insertAudit(database, { at, tenant, actor, action: 'webhook-removed', subject: id, detail: {} }),
      ])
      return (await unlessRefused(batch)) !== null
    },
  }
}

function insertEndpoint({ tables }: Database, { id, tenant, url, events, createdAt }: Endpoint, secret: string) {
  return tables.insertInto('webhook_endpoint').values({
    id,
    tenant,
    url: url ?? null,
    events: ` ${events.join(' ')} `,
    secret,
    created_at: createdAt,
    disabled_at: null,
  })
}

/** The tenant's endpoint for callback addresses, unless there is one. */
export function insertCallback(database: Database, tenant: string, secret: string, at: string): Query {
  const endpoint = { id: callbackEndpoint(tenant), tenant, events: [], createdAt: at }
  return insertEndpoint(database, endpoint, secret).onConflict((conflict) => conflict.doNothing())
}

function toEndpoint({ id, tenant, url, events, created_at, disabled_at, waiting, dead }: SqlRow): Endpoint & Backlog {
  return {
    id: String(id),
    tenant: String(tenant),
    ...(url === null ? {} : { url: String(url) }),
    events: String(events).split(' ').filter(Boolean),
    createdAt: String(created_at),
    ...(disabled_at === null ? {} : { disabledAt: String(disabled_at) }),
    waiting: Number(waiting),
    dead: Number(dead),
  }
}

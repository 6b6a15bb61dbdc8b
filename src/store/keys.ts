import { sql } from 'kysely'
import type { Role } from '../access/actor.ts'
import { insertAudit } from './audit.ts'
import { type Database, require, rowsOf, unlessRefused } from './database.ts'

/** A key as it is kept: everything but the key itself. `name` says whose it is. Times are ISO 8601, the last use a day (UTC). */
export type ApiKey = {
  id: string
  tenant: string
  name: string
  role: Role
  createdAt: string
  expiresAt?: string
  revokedAt?: string
  lastUsedOn?: string
}

/** Access keys. Every change leaves a line in the audit trail. */
export interface Keys {
  /** `digest`: see `digestOfKey`. */
  add(key: ApiKey & { digest: string }, actor: string): Promise<void>
  find(id: string): Promise<(ApiKey & { digest: string }) | null>
  /** Oldest first; of every tenant when none is named. */
  list(tenant?: string): Promise<ApiKey[]>
  /** False when there is no such key (of that tenant), or it was revoked before. */
  revoke(id: string, by: { at: string; actor: string; tenant?: string }): Promise<boolean>
  noteUse(id: string, day: string): Promise<void>
  /** Whether a key was ever made, revoked ones included. */
  exist(): Promise<boolean>
}

export function createKeys(database: Database): Keys {
  const { tables } = database
  return {
    async add({ digest, ...key }, actor) {
      const { id, tenant, name, role, createdAt, expiresAt = null } = key
      const detail = { role, ...(expiresAt === null ? {} : { expiresAt }) }
      await database.batch([
        tables
          .insertInto('api_key')
          .values({ id, tenant, name, role, digest, created_at: createdAt, expires_at: expiresAt }),
        insertAudit(database, { at: createdAt, tenant, actor, action: 'key-created', subject: id, detail }),
      ])
    },

    async find(id) {
      const [row] = await rowsOf(database, tables.selectFrom('api_key').selectAll().where('id', '=', id))
      return row ? { ...toKey(row), digest: String(row.digest) } : null
    },

    async list(tenant) {
      let query = tables.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('id')
      if (tenant !== undefined) query = query.where('tenant', '=', tenant)
      return (await rowsOf(database, query)).map(toKey)
    },

    async revoke(id, { at, actor, tenant }) {
      const key = await this.find(id)
      if (!key || key.revokedAt !== undefined || (tenant !== undefined && key.tenant !== tenant)) return false
      const rows = await unlessRefused(
        database.batch([
          tables.updateTable('api_key').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null),
          // Changed by this very batch, not before.
          require(sql`SELECT 1 FROM api_key WHERE id = ${id} AND revoked_at = ${at}`),
          insertAudit(database, { at, tenant: key.tenant, actor, action: 'key-revoked', subject: id, detail: {} }),
        ]),
      )
      return rows !== null
    },

    async noteUse(id, day) {
      await database.batch([tables.updateTable('api_key').set({ last_used_on: day }).where('id', '=', id)])
    },

    async exist() {
      return (await rowsOf(database, tables.selectFrom('api_key').select('id').limit(1))).length > 0
    },
  }
}

function toKey(row: Record<string, unknown>): ApiKey {
  const { expires_at, revoked_at, last_used_on } = row
  return {
    id: String(row.id),
    tenant: String(row.tenant),
    name: String(row.name),
    // The table takes no other.
    role: row.role as Role,
    createdAt: String(row.created_at),
    ...(expires_at === null ? {} : { expiresAt: String(expires_at) }),
    ...(revoked_at === null ? {} : { revokedAt: String(revoked_at) }),
    ...(last_used_on === null ? {} : { lastUsedOn: String(last_used_on) }),
  }
}

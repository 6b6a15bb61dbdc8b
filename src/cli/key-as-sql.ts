import type { ApiKey } from '../store/keys.ts'

/**
 * What `keys.add` writes, as SQL text: for a database that only its own tool can reach, as `wrangler d1 execute` reaches D1. `digest`: see
 * `digestOfKey`.
 */
export function keyAsSql({ digest, ...key }: ApiKey & { digest: string }, actor: string): string {
  const { id, tenant, name, role, createdAt, expiresAt } = key
  const detail = JSON.stringify({ role, ...(expiresAt === undefined ? {} : { expiresAt }) })
  return [
    insert('api_key', { id, tenant, name, role, digest, created_at: createdAt, expires_at: expiresAt }),
    insert('audit', { at: createdAt, tenant, actor, action: 'key-created', subject: id, detail }),
  ].join('\n')
}

function insert(table: string, row: Record<string, string | undefined>): string {
  const values = Object.values(row).map((value) => (value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`))
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${values.join(', ')});`
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Migration = { name: string; script: string; checksum: string }

/** `NNNN.sql` of an engine, in order. */
export function readMigrations(engine: 'sqlite' | 'postgres'): Migration[] {
  const folder = fileURLToPath(new URL(`../../store/migrations/${engine}/`, import.meta.url))
  const names = readdirSync(folder).filter((name) => /^\d{4}\.sql$/.test(name))
  return names.sort().map((name) => {
    const script = readFileSync(join(folder, name), 'utf8')
    return { name, script, checksum: createHash('sha256').update(script).digest('hex') }
  })
}

/**
 * Those not yet applied. Throws when a newer version has written here, or when a file was changed after it had been applied: never a
 * silent drift.
 */
export function pendingMigrations(migrations: Migration[], applied: Map<string, string>): Migration[] {
  for (const name of applied.keys())
    if (!migrations.some((migration) => migration.name === name))
      throw new Error(`the data was written by a newer version (migration ${name})`)
  return migrations.filter(({ name, checksum }) => {
    const known = applied.get(name)
    if (known !== undefined && known !== checksum)
      throw new Error(`migration ${name} was changed after it had been applied`)
    return known === undefined
  })
}

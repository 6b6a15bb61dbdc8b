import { sql } from 'kysely'
import { type Database, type Query, rowsOf, type SqlRow } from './database.ts'
import type { Tables } from './tables.ts'

/** A table's row as it is carried from one store to another. */
export type Carried = { table: CarriedTable; row: SqlRow }

/** What each row is found by, in an order in which rows can be put back: what refers to another stands after it. */
const KEYS = {
  review: ['id'],
  upload: ['review_id', 'position'],
  finding: ['review_id', 'position'],
  step: ['review_id', 'name'],
  answer: ['tenant', 'key'],
  trace: ['tenant', 'key', 'review_id'],
  audit: ['seq'],
  audit_seal: ['position'],
  api_key: ['id'],
  decision: ['id'],
  batch: ['id'],
  batch_item: ['batch_id', 'position'],
  idempotency: ['tenant', 'owner', 'key'],
  webhook_endpoint: ['id'],
  webhook_delivery: ['id'],
  job: ['id'],
} satisfies Partial<Record<keyof Tables, string[]>>

export type CarriedTable = keyof typeof KEYS

export const CARRIED_TABLES = Object.keys(KEYS) as CarriedTable[]

/** Hold nothing that outlives a running process. */
export const LEFT_BEHIND = ['asking', 'settling', 'requirement'] satisfies (keyof Tables)[]

const ROWS = 200

/** Every row of every table, some at a time: of one moment only where `database` is. */
export async function* exportRows(database: Database): AsyncGenerator<Carried> {
  for (const table of CARRIED_TABLES) {
    let last: SqlRow | undefined
    do {
      const rows = await rowsOf(database, pageOf(table, last))
      for (const row of rows) yield { table, row }
      last = rows.length === ROWS ? rows.at(-1) : undefined
    } while (last)
  }
}

/** Whether nothing was ever kept here. */
export async function isEmpty(database: Database): Promise<boolean> {
  for (const table of CARRIED_TABLES) {
    const rows = await rowsOf(database, sql`SELECT 1 AS found FROM ${sql.table(table)} LIMIT 1`)
    if (rows.length > 0) return false
  }
  return true
}

/** Puts rows into an empty store, in the order in which they were given out. Work that was in hand is ready again. */
export async function importRows(database: Database, rows: AsyncIterable<Carried>): Promise<void> {
  let waiting: Query[] = []
  const write = async () => {
    if (waiting.length > 0) await database.batch(waiting)
    waiting = []
  }
  for await (const { table, row } of rows) {
    waiting.push(insert(table, row))
    if (waiting.length === ROWS) await write()
  }
  waiting.push(
    sql`UPDATE job SET state = 'ready', lease_owner = NULL, lease_until = NULL WHERE state = 'active'`,
    ...database.dialect.goOnCounting('audit', 'seq'),
  )
  await write()
}

function pageOf(table: CarriedTable, last: SqlRow | undefined): Query {
  const columns = KEYS[table].map((column) => sql.ref(column))
  const key = sql.join(columns)
  const after = last && sql`WHERE (${key}) > (${sql.join(KEYS[table].map((column) => last[column]))})`
  return sql`SELECT * FROM ${sql.table(table)} ${after ?? sql``} ORDER BY ${key} LIMIT ${ROWS}`
}

function insert(table: CarriedTable, row: SqlRow): Query {
  const columns = Object.keys(row)
  return sql`
    INSERT INTO ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    VALUES (${sql.join(columns.map((column) => row[column]))})`
}

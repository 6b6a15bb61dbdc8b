import { type RawBuilder, sql } from 'kysely'

/** The few things that SQLite (D1 too) and PostgreSQL do not say alike. */
export type Dialect = {
  readonly engine: 'sqlite' | 'postgres'
  /** To stand after FROM: a table `each` with the strings as `value`. One parameter however many there are: D1 takes 100. */
  strings(values: readonly string[]): RawBuilder<unknown>
  /**
   * To stand after FROM: a table `each` with `position` from 0 and `value`, of which `each.value ->> 'key'` is a text; cast what is to
   * be a number.
   */
  objects(values: readonly object[]): RawBuilder<unknown>
  /** To stand after a SELECT: its rows stay as they are until the batch ends. SQLite's batches stand alone anyway. */
  readonly locked: RawBuilder<unknown>
  /** The database's own clock: whole milliseconds since 1970. Machines' clocks differ. */
  readonly now: RawBuilder<number>
  /** After rows with numbers of their own were put in: the next one's number follows theirs. SQLite sees to it itself. */
  goOnCounting(table: string, column: string): RawBuilder<unknown>[]
}

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  strings: (values) => sql`json_each(${storable(values)}) AS each`,
  objects: (values) => sql`(SELECT key AS position, value FROM json_each(${storable(values)})) AS each`,
  locked: sql``,
  now: sql<number>`CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  goOnCounting: () => [],
}

export const postgresDialect: Dialect = {
  engine: 'postgres',
  strings: (values) => sql`(SELECT value FROM jsonb_array_elements_text(${storable(values)}::jsonb)) AS each`,
  objects: (values) => sql`(
    SELECT CAST(ordinality - 1 AS INTEGER) AS position, value
    FROM jsonb_array_elements(${storable(values)}::jsonb) WITH ORDINALITY) AS each`,
  locked: sql`FOR NO KEY UPDATE`,
  now: sql<number>`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`,
  goOnCounting: (table, column) => [
    sql`
      SELECT setval(pg_get_serial_sequence(${table}, ${column}), (SELECT coalesce(max(${sql.ref(column)}), 0) + 1 FROM ${sql.table(table)}), false)`,
  ],
}

/** PostgreSQL takes neither NUL nor half a surrogate pair; what is stored is the same on every engine. */
const storable = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  )

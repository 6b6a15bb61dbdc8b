import { sql } from 'kysely'
import { type Database, parse, type Query, require, rowsOf, type SqlRow } from './database.ts'

/** What can be worked on; who does it registers a handler. */
export const JOB_KINDS = ['review', 'batch', 'delivery'] as const
export type JobKind = (typeof JOB_KINDS)[number]

export type JobState = 'ready' | 'active' | 'done' | 'failed' | 'cancelled'

export type Progress = { step: string; done: number; total: number }

/** A job in hand. `owner` and `attempts` are its fence: who was taken for dead cannot write any more. */
export type Lease = {
  id: string
  kind: JobKind
  subject: string
  owner: string
  attempts: number
  /** Times it was taken, this one too, since something of it was last stored. */
  starts: number
}

export type Due = { id: string; kind: JobKind }

/** How many jobs of a kind wait or are in hand; `oldest`: milliseconds for which the first of them has been due. */
export type Depth = { kind: JobKind; state: 'ready' | 'active'; count: number; oldest: number }

/** Work that outlives the process that does it. Times are the database's own. */
export interface Jobs {
  /** Takes a job that is ready and due for `leaseMs`; `null` when there is none (any more). */
  claim(id: string, owner: string, leaseMs: number): Promise<Lease | null>
  /** False when it is held no more: it was cancelled, or taken for dead. */
  renew(lease: Lease, leaseMs: number, progress?: Progress): Promise<boolean>
  /** Puts it back, due in `delayMs`. `interrupted`: for no fault of its own, as at a shutdown. False as in `renew`. */
  release(lease: Lease, delayMs: number, why: { error: string } | { interrupted: true }): Promise<boolean>
  complete(lease: Lease): Promise<boolean>
  fail(lease: Lease, error: string): Promise<boolean>
  /** Jobs whose holder is gone, or with `all` every job in hand, are ready again; those taken for dead before wait longer each time. */
  expire(options?: { all: boolean }): Promise<Due[]>
  /** Ready and due, the oldest first. */
  due(kind: JobKind, limit: number): Promise<Due[]>
  depth(): Promise<Depth[]>
}

/** What is written together with other things. */
export const jobId = (kind: JobKind, subject: string): string => `${kind}/${subject}`

/** Longest wait of a job that was lost again and again, in milliseconds. */
const MOST_BACKOFF = 60_000

export function createJobs(database: Database): Jobs {
  const { tables, dialect } = database
  const held = async (query: Query) => (await rowsOf(database, query)).length === 1
  return {
    async claim(id, owner, leaseMs) {
      const [row] = await rowsOf(
        database,
        sql`
          UPDATE job SET state = 'active', attempts = attempts + 1, starts = starts + 1, last_error = NULL,
            lease_owner = ${owner}, lease_until = ${dialect.now} + ${leaseMs}
          WHERE id = ${id} AND state = 'ready' AND run_at <= ${dialect.now}
          RETURNING id, kind, subject, attempts, starts`,
      )
      return row ? { ...toDue(row), ...toCounts(row), subject: String(row.subject), owner } : null
    },

    renew: (lease, leaseMs, progress) =>
      held(sql`
        UPDATE job SET lease_until = ${dialect.now} + ${leaseMs}
          ${progress ? sql`, progress = ${JSON.stringify(progress)}` : sql``}
        WHERE ${isHeld(lease)} RETURNING id`),

    release: (lease, delayMs, why) =>
      held(sql`
        UPDATE job SET state = 'ready', lease_owner = NULL, lease_until = NULL,
          run_at = ${delayMs > 0 ? sql`${dialect.now} + ${delayMs}` : sql`run_at`},
          ${'error' in why ? sql`last_error = ${why.error}` : sql`starts = starts - 1`}
        WHERE ${isHeld(lease)} RETURNING id`),

    complete: (lease) => held(endJob(lease, 'done')),

    fail: (lease, error) => held(endJob(lease, 'failed', error)),

    async expire({ all } = { all: false }) {
      const rows = await rowsOf(
        database,
        sql`
          UPDATE job SET state = 'ready', lease_owner = NULL, lease_until = NULL, last_error = 'lost',
            run_at = CASE WHEN starts < 2 THEN run_at
              WHEN starts > 6 THEN ${dialect.now} + ${MOST_BACKOFF}
              ELSE ${dialect.now} + 500 * (1 << starts) END
          WHERE state = 'active' ${all ? sql`` : sql`AND lease_until <= ${dialect.now}`}
          RETURNING id, kind`,
      )
      return rows.map(toDue)
    },

    async due(kind, limit) {
      const query = tables
        .selectFrom('job')
        .select(['id', 'kind'])
        .where('kind', '=', kind)
        .where('state', '=', 'ready')
        .where('run_at', '<=', dialect.now)
        .orderBy('run_at')
        .orderBy('id')
        .limit(limit)
      return (await rowsOf(database, query)).map(toDue)
    },

    async depth() {
      const rows = await rowsOf(
        database,
        sql`
          SELECT kind, state, CAST(count(*) AS INTEGER) AS count, ${dialect.now} - min(run_at) AS oldest FROM job
          WHERE state IN ('ready', 'active') GROUP BY kind, state ORDER BY kind, state`,
      )
      return rows.map(({ kind, state, count, oldest }) => ({
        kind: kind as JobKind,
        state: state as Depth['state'],
        count: Number(count),
        oldest: Math.max(0, Number(oldest)),
      }))
    },
  }
}

/** A new job, due in `delayMs`, to be written together with what it is about. */
export function insertJob({ dialect }: Database, kind: JobKind, subject: string, delayMs = 0): Query {
  return sql`
    INSERT INTO job (id, kind, subject, state, run_at)
    VALUES (${jobId(kind, subject)}, ${kind}, ${subject}, 'ready', ${dialect.now} + ${delayMs})`
}

/** A job that has ended is to be done again from the start. */
export function restartJob({ dialect }: Database, kind: JobKind, subject: string): Query {
  return sql`
    UPDATE job SET state = 'ready', run_at = ${dialect.now}, starts = 0, progress = NULL, last_error = NULL,
      lease_owner = NULL, lease_until = NULL
    WHERE id = ${jobId(kind, subject)}`
}

/** Ends a job that nobody need hold. */
export function cancelJob(kind: JobKind, subject: string): Query {
  return sql`
    UPDATE job SET state = 'cancelled', lease_owner = NULL, lease_until = NULL
    WHERE id = ${jobId(kind, subject)} AND state IN ('ready', 'active')`
}

export function deleteJob({ tables }: Database, kind: JobKind, subject: string): Query {
  return tables.deleteFrom('job').where('id', '=', jobId(kind, subject))
}

/** Ends a job together with what came of it; the batch is refused when it is held no more. To stand first in its batch. */
export function finishJob(lease: Lease, state: 'done' | 'failed' = 'done'): Query[] {
  return [
    endJob(lease, state),
    require(sql`
      SELECT 1 FROM job
      WHERE id = ${lease.id} AND state = ${state} AND lease_owner = ${lease.owner} AND attempts = ${lease.attempts}`),
  ]
}

/** Writes together with this only what the holder of the job may write. To stand first in its batch. */
export function advanceJob(lease: Lease, progress?: Progress): Query[] {
  return [
    sql`
      UPDATE job SET starts = 0 ${progress ? sql`, progress = ${JSON.stringify(progress)}` : sql``}
      WHERE ${isHeld(lease)}`,
    require(sql`SELECT 1 FROM job WHERE ${isHeld(lease)}`),
  ]
}

const endJob = (lease: Lease, state: 'done' | 'failed', error?: string): Query => sql`
  UPDATE job SET state = ${state}, lease_until = NULL, last_error = ${error ?? null}
  WHERE ${isHeld(lease)} RETURNING id`

const isHeld = ({ id, owner, attempts }: Lease) =>
  sql`id = ${id} AND state = 'active' AND lease_owner = ${owner} AND attempts = ${attempts}`

const toDue = ({ id, kind }: SqlRow): Due => ({ id: String(id), kind: kind as JobKind })

const toCounts = ({ attempts, starts }: SqlRow) => ({ attempts: Number(attempts), starts: Number(starts) })

export const toProgress = (json: unknown): Progress | null => (json === null ? null : parse<Progress>(json))

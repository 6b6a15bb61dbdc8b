import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres } from '../../src/platform/node/postgres.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'

/** Where Debian and others put the server's programs. */
const PLACES = [
  '/usr/lib/postgresql/17/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/15/bin',
  '/usr/local/bin',
]

const programs = PLACES.find((place) => ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(place, name))))

/** Whether this machine has PostgreSQL; without, its tests are skipped and say so. */
export const hasPostgres = programs !== undefined

export type Cluster = {
  /** An empty database of its own. */
  createDatabase(): Promise<string>
  stop(): void
}

/** A PostgreSQL of one's own in a temporary folder, reached over a socket there; nothing listens on the network. */
export function startPostgres(): Cluster {
  if (!programs) throw new Error('PostgreSQL is not installed here')
  const folder = mkdtempSync(join(tmpdir(), 'xingshen-pg-'))
  const user = ownerOf(folder)
  const data = join(folder, 'data')
  const run = (name: string, ...args: string[]) =>
    execFileSync(join(programs, name), args, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  run('initdb', '-D', data, '-U', 'xingshen', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N')
  const options = `-k ${folder} -c listen_addresses= -c max_connections=200 -c fsync=off -c full_page_writes=off`
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start')
  const urlOf = (database: string) => `postgres://xingshen@localhost/${database}?host=${encodeURIComponent(folder)}`
  let made = 0
  return {
    async createDatabase() {
      const name = `test_${process.pid}_${++made}`
      const { default: pg } = await import('pg')
      const client = new pg.Client({ connectionString: urlOf('postgres') })
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return urlOf(name)
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A store in an empty database of the cluster. */
export async function openPostgresStore(cluster: Cluster) {
  const database = await openPostgres({ url: await cluster.createDatabase(), connections: 8 })
  return { store: createStore(createDatabase(database, 'postgres')), close: () => database.close() }
}

/** PostgreSQL refuses to run as root: then the folder is given to Debian's `postgres`, or to nobody. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (name: string) => Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout)
  const uid = idOf('postgres') || 65_534
  chownSync(folder, uid, uid)
  return { uid, gid: uid }
}

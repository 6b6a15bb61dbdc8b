import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Database, SqlRow } from '../../store/database.ts'
import { CARRIED_TABLES, type Carried, exportRows, importRows, isEmpty } from '../../store/transfer.ts'
import { createFileBlobs } from './file-blobs.ts'
import { makeFolder } from './make-folder.ts'
import { readMigrations } from './migrations.ts'
import type { Storage } from './storage.ts'

const Manifest = z.object({
  /** The newest migration that the rows are shaped by. */
  migration: z.string(),
  rows: z.number(),
  blobs: z.number(),
})
type Manifest = z.infer<typeof Manifest>

export class ArchiveError extends Error {}

/**
 * Writes all that is kept into an empty or new folder: `manifest.json`, `rows.ndjson` and `blobs/`. The manifest is written last: a
 * folder without one is not whole. Rows are those of one moment; a file that is erased meanwhile ends it. Throws `ArchiveError`.
 */
export async function writeArchive({ frozen, blobs }: Storage, folder: string): Promise<Manifest> {
  makeFolder(resolve(folder))
  if ((await readdir(folder)).length > 0) throw new ArchiveError(`${folder} 不是空目录。`)
  const manifest: Manifest = { migration: newestMigration(), rows: 0, blobs: 0 }
  const needed = new Set<string>()
  async function* lines(database: Database) {
    for await (const { table, row } of exportRows(database)) {
      manifest.rows++
      if (table === 'upload') needed.add(String(row.sha256))
      yield `${JSON.stringify({ table, row })}\n`
    }
  }
  await frozen(async (database) => {
    await pipeline(Readable.from(lines(database)), createWriteStream(join(folder, 'rows.ndjson'), { mode: 0o600 }))
  })
  const kept = createFileBlobs(join(folder, 'blobs'))
  for (const sha256 of needed) {
    const bytes = await blobs.get(sha256)
    if (!bytes) throw new ArchiveError(`上传的文件 ${sha256} 在存储中缺失，导出未完成。`)
    await kept.put(bytes)
    manifest.blobs++
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
  return manifest
}

/** Puts an archive into an empty storage; reviews that were under way go on there. Throws `ArchiveError`. */
export async function readArchive({ database, blobs }: Storage, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  if (manifest.migration !== newestMigration())
    throw new ArchiveError('导出的数据与本程序的版本不同；请用写出它的版本导入后再升级。')
  if (!(await isEmpty(database))) throw new ArchiveError('目标存储中已有数据；只能导入到空的存储。')
  const kept = createFileBlobs(join(folder, 'blobs'))
  let found = 0
  for await (const sha256 of kept.list()) {
    const bytes = await kept.get(sha256)
    if (!bytes || (await blobs.put(bytes)) !== sha256) throw new ArchiveError(`文件 ${sha256} 已损坏，导入未完成。`)
    found++
  }
  if (found !== manifest.blobs) throw new ArchiveError(`应有 ${manifest.blobs} 个文件，实有 ${found} 个，导入未完成。`)
  // Rows come last: what they name is there.
  await importRows(database, readRows(folder, manifest.rows))
  return manifest
}

async function* readRows(folder: string, expected: number): AsyncGenerator<Carried> {
  const tables: readonly string[] = CARRIED_TABLES
  let found = 0
  for await (const line of createInterface({ input: createReadStream(join(folder, 'rows.ndjson')) })) {
    const carried = JSON.parse(line) as { table: string; row: SqlRow }
    if (!tables.includes(carried.table)) throw new ArchiveError(`不认识的数据表“${carried.table}”。`)
    found++
    yield carried as Carried
  }
  if (found !== expected) throw new ArchiveError(`应有 ${expected} 行，实有 ${found} 行。`)
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '')
  try {
    return Manifest.parse(JSON.parse(text))
  } catch {
    throw new ArchiveError(`${folder} 不是完整的导出目录（缺少 manifest.json 或内容有误）。`)
  }
}

function newestMigration(): string {
  return readMigrations('sqlite').at(-1)?.name ?? ''
}

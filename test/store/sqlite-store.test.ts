import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataFolderInUse, openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { by, review } from './contract/made.ts'
import { describeBlobs, describeStore } from './store-contract.ts'

const openFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-store-'))
  const { store, blobs, close } = openDataFolder(folder)
  return {
    store,
    blobs,
    async close() {
      close()
      await rm(folder, { recursive: true })
    },
  }
}

describeStore('the store in a data folder', openFolder)
describeBlobs('blobs in a data folder', openFolder)

describe('a data folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xingshen-data-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('keeps reviews over a restart', async () => {
    const first = openDataFolder(folder)
    await first.store.reviews.accept(review(1), by())
    first.close()
    const second = openDataFolder(folder)
    expect(await second.store.reviews.get('rev_0001')).toEqual(review(1))
    second.close()
  })

  test('belongs to one process, and is free again when that process was killed', async () => {
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { openDataFolder } from ${JSON.stringify(new URL('../../src/platform/node/sqlite-store.ts', import.meta.url).href)}
       openDataFolder(${JSON.stringify(folder)}); console.log('open'); setInterval(() => {}, 1000)`,
    ])
    await once(holder.stdout, 'data')
    expect(() => openDataFolder(folder)).toThrow(DataFolderInUse)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    openDataFolder(folder).close()
  })

  test('leaves no trace of an erased declaration on disk', async () => {
    const data = openDataFolder(folder)
    const secret = 'leader-named-in-the-declaration'
    const told = review(1, { declaration: { leader: { name: secret } } })
    await data.store.reviews.accept(told, by({ request: { declaration: secret } }))
    const holding = async () => {
      const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))))
      return files.filter((bytes) => bytes.includes(secret)).length
    }
    expect(await holding()).toBeGreaterThan(0)
    await data.store.reviews.erase('rev_0001', '2024-11-20T08:00:00.000Z')
    expect(await holding()).toBe(0)
    data.close()
  })

  test('the audit trail can be neither changed nor deleted', async () => {
    const data = openDataFolder(folder)
    await data.store.reviews.accept(review(1), by())
    data.close()
    const database = new DatabaseSync(join(folder, 'xingshen.db'))
    expect(() => database.exec("UPDATE audit SET action = 'x'")).toThrow(/append-only/)
    expect(() => database.exec('DELETE FROM audit')).toThrow(/append-only/)
    database.close()
  })

  test('refuses data that a newer version wrote', async () => {
    openDataFolder(folder).close()
    const database = new DatabaseSync(join(folder, 'xingshen.db'))
    database.exec("INSERT INTO migration VALUES ('9999.sql', '', '')")
    database.close()
    expect(() => openDataFolder(folder)).toThrow(/9999/)
  })

  test('sweeps up an upload that was cut off half way', async () => {
    const { blobs, close } = openDataFolder(folder)
    const sha256 = await blobs.put(new Uint8Array([1, 2, 3]))
    const half = join(folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.half`)
    await writeFile(half, 'x')
    expect(await Array.fromAsync(blobs.list())).toEqual([sha256])
    await expect(readFile(half)).rejects.toThrow()
    close()
  })
})

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs } from '../../store/store.ts'

const SHA256 = /^[0-9a-f]{64}$/

/** In a folder of several machines a file this young may be one whose review is being accepted just now. Milliseconds. */
const YOUNG = 24 * 60 * 60 * 1000

/**
 * Uploads as files `ab/cd/<sha256>` under `folder`. A file is either there whole or not at all. Of a `shared` folder `list` leaves out
 * what was put within the last day.
 */
export function createFileBlobs(folder: string, { shared = false } = {}): Blobs {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  const foldersOf = (path: string) => [dirname(path), dirname(dirname(path)), folder]
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(sha256)
      if (!shared && (await sizeOf(path)) === bytes.length) return sha256
      await mkdir(dirname(path), { recursive: true })
      const temporary = `${path}.${randomUUID()}`
      try {
        await writeDurably(temporary, bytes)
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await Promise.all(foldersOf(path).map(syncFolder))
      return sha256
    },
    async get(sha256) {
      if (!SHA256.test(sha256)) return null
      try {
        return new Uint8Array(await readFile(pathOf(sha256)))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    has: async (sha256) => SHA256.test(sha256) && (await sizeOf(pathOf(sha256))) !== null,
    async delete(sha256) {
      if (SHA256.test(sha256)) await rm(pathOf(sha256), { force: true })
    },
    async *list() {
      let names: string[]
      try {
        names = await readdir(folder, { recursive: true })
      } catch (error) {
        if (isMissing(error)) return
        throw error
      }
      for (const name of names) {
        if (shared && (await isYoung(join(folder, name)))) continue
        const last = name.slice(-64)
        if (SHA256.test(last) && name === join(last.slice(0, 2), last.slice(2, 4), last)) yield last
        else if (/^[0-9a-f]{64}\./.test(name.split(/[\\/]/).at(-1) ?? '')) await rm(join(folder, name), { force: true })
      }
    },
  }
}

async function isYoung(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs < YOUNG
  } catch (error) {
    if (isMissing(error)) return true
    throw error
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; it writes names through by itself.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

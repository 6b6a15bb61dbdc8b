import type { File } from '../documents/ports.ts'
import type { Blobs, Store } from '../store/store.ts'
import type { Upload } from '../store/uploads.ts'

export type KeepingUploads = ReturnType<typeof createKeepingUploads>

/** Files of which is asked at once whether a row names them. */
const MOST = 1000

/**
 * Files and the rows that name them. A file is shared by all who handed in the same bytes, and the last of them may be erased here or on
 * another machine just while somebody hands it in again: each side looks once more after it has written.
 */
export function createKeepingUploads({ blobs, store }: { blobs: Blobs; store: Pick<Store, 'uploads'> }) {
  /** Deletes files whose last row is gone. */
  async function drop(sha256s: string[]): Promise<void> {
    for (const sha256 of sha256s) {
      const bytes = await blobs.get(sha256)
      await blobs.delete(sha256)
      if (bytes && (await store.uploads.needed([sha256])).length > 0) await blobs.put(bytes)
    }
  }

  async function dropUnneeded(stored: string[]): Promise<void> {
    const needed = new Set(await store.uploads.needed(stored))
    await drop(stored.filter((sha256) => !needed.has(sha256)))
  }

  return {
    /** Keeps the files, then lets `accept` write their rows: whatever ends the process, a row has its file. */
    async keep(files: File[], accept: (uploads: Upload[]) => Promise<unknown>): Promise<void> {
      const uploads: Upload[] = []
      for (const { name, bytes } of files) uploads.push({ name, sha256: await blobs.put(bytes) })
      await accept(uploads)
      for (const [index, { sha256 }] of uploads.entries()) {
        const file = files[index]
        if (file && !(await blobs.has(sha256))) await blobs.put(file.bytes)
      }
    },

    drop,

    /** Deletes files that no row names: their process died between the two. Other processes may be taking files meanwhile. */
    async sweep(): Promise<void> {
      let stored: string[] = []
      for await (const sha256 of blobs.list()) {
        if (stored.push(sha256) < MOST) continue
        await dropUnneeded(stored)
        stored = []
      }
      await dropUnneeded(stored)
    },
  }
}

import type { File } from '../documents/ports.ts'
import type { Blobs, Store } from '../store/store.ts'
import type { Upload } from '../store/uploads.ts'

export type KeepingUploads = ReturnType<typeof createKeepingUploads>

/**
 * Files and the rows that name them. A file is shared by all who handed in the same bytes, and the last of them may be erased here or on
 * another machine just while somebody hands it in again: each side looks once more after it has written.
 */
export function createKeepingUploads({ blobs, store }: { blobs: Blobs; store: Pick<Store, 'uploads'> }) {
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

    /** Deletes files whose last row is gone. */
    async drop(sha256s: string[]): Promise<void> {
      for (const sha256 of sha256s) {
        const bytes = await blobs.get(sha256)
        await blobs.delete(sha256)
        if (bytes && (await store.uploads.needed([sha256])).length > 0) await blobs.put(bytes)
      }
    },

    /** Deletes files that no row names: their process died between the two. For a start at which no other process takes any. */
    async sweep(): Promise<void> {
      const stored = await Array.fromAsync(blobs.list())
      const needed = new Set(await store.uploads.needed(stored))
      for (const sha256 of stored) if (!needed.has(sha256)) await blobs.delete(sha256)
    },
  }
}

import type { Blobs } from '../../store/store.ts'

/** What of Cloudflare's R2 is used. */
export type R2 = {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
  head(key: string): Promise<object | null>
  put(key: string, value: Uint8Array): Promise<unknown>
  delete(key: string): Promise<void>
  list(options: { prefix: string; cursor?: string }): Promise<{
    objects: { key: string }[]
    truncated: boolean
    cursor?: string
  }>
}

const PREFIX = 'blobs/'
const SHA256 = /^[0-9a-f]{64}$/

/** Uploads as objects `blobs/<sha256>` of a bucket. */
export function createR2Blobs(bucket: R2): Blobs {
  return {
    async put(bytes) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()))
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
      await bucket.put(PREFIX + sha256, bytes)
      return sha256
    },
    async get(sha256) {
      const found = SHA256.test(sha256) ? await bucket.get(PREFIX + sha256) : null
      return found ? new Uint8Array(await found.arrayBuffer()) : null
    },
    has: async (sha256) => SHA256.test(sha256) && (await bucket.head(PREFIX + sha256)) !== null,
    async delete(sha256) {
      if (SHA256.test(sha256)) await bucket.delete(PREFIX + sha256)
    },
    async *list() {
      let cursor: string | undefined
      do {
        const page = await bucket.list({ prefix: PREFIX, ...(cursor === undefined ? {} : { cursor }) })
        for (const { key } of page.objects) yield key.slice(PREFIX.length)
        cursor = page.truncated ? page.cursor : undefined
      } while (cursor !== undefined)
    },
  }
}

import { createHash } from 'node:crypto'
import { S3mini } from 's3mini'
import type { Blobs } from '../../store/store.ts'

export type S3Settings = {
  /** With the bucket: `https://s3.example.org/xingshen`. */
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** A blob this young may be one whose review is being accepted just now by another machine. Milliseconds. */
const YOUNG = 24 * 60 * 60 * 1000

/** A request that takes longer is given up, in milliseconds. */
const TIMEOUT = 60_000

const FOLDER = 'blobs/'

/** Uploads in a bucket of an S3-compatible store, as `blobs/ab/cd/<sha256>`. `list` leaves out what was put within the last day. */
export function createS3Blobs(settings: S3Settings): Blobs {
  const bucket = new S3mini({ ...settings, requestAbortTimeout: TIMEOUT })
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await bucket.putObject(keyOf(sha256), bytes, 'application/octet-stream')
      return sha256
    },
    async get(sha256) {
      const bytes = await bucket.getObjectArrayBuffer(keyOf(sha256))
      return bytes ? new Uint8Array(bytes) : null
    },
    has: async (sha256) => (await bucket.objectExists(keyOf(sha256))) === true,
    async delete(sha256) {
      await bucket.deleteObject(keyOf(sha256))
    },
    async *list() {
      let from: string | undefined
      do {
        const page = await bucket.listObjectsPaged(undefined, FOLDER, 1000, from)
        if (!page?.objects) throw new Error('the bucket does not exist')
        for (const { Key, LastModified } of page.objects) {
          const sha256 = Key.slice(-64)
          if (Key === keyOf(sha256) && Date.now() - new Date(LastModified).getTime() > YOUNG) yield sha256
        }
        from = page.nextContinuationToken
      } while (from)
    },
  }
}

const keyOf = (sha256: string) => `${FOLDER}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`

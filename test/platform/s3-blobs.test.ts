import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createS3Blobs } from '../../src/platform/node/s3-blobs.ts'

const DAY = 24 * 60 * 60 * 1000

describe('uploads in an S3-compatible store', () => {
  let folder: string
  let server: InstanceType<typeof S3rver>
  let endpoint: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xingshen-s3-'))
    server = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: folder,
      configureBuckets: [{ name: 'uploads' }],
    })
    endpoint = `http://127.0.0.1:${(await server.run()).port}`
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const open = (bucket = 'uploads') =>
    createS3Blobs({
      endpoint: `${endpoint}/${bucket}`,
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    })
  const bytes = (text: string) => new TextEncoder().encode(text)

  test('gives back what was put, by the hash of its bytes', async () => {
    const blobs = open()
    const sha256 = await blobs.put(bytes('申报书'))
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await blobs.get(sha256)).toEqual(bytes('申报书'))
    expect(await blobs.has(sha256)).toBe(true)
    expect(await blobs.put(bytes('申报书'))).toBe(sha256)
  })

  test('takes a scan of 30 MB', async () => {
    const scan = new Uint8Array(30_000_000).fill(7)
    const blobs = open()
    expect((await blobs.get(await blobs.put(scan)))?.length).toBe(scan.length)
  })

  test('has nothing that was never put, or was deleted', async () => {
    const blobs = open()
    expect(await blobs.get('0'.repeat(64))).toBeNull()
    expect(await blobs.has('0'.repeat(64))).toBe(false)
    const sha256 = await blobs.put(bytes('gone'))
    await blobs.delete(sha256)
    await blobs.delete(sha256)
    expect(await blobs.get(sha256)).toBeNull()
  })

  test('lists for sweeping only what was put more than a day ago', async () => {
    const blobs = open()
    const sha256 = await blobs.put(bytes('old'))
    expect(await Array.fromAsync(blobs.list())).not.toContain(sha256)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAY + 60_000 })
    expect(await Array.fromAsync(blobs.list())).toContain(sha256)
  })

  test('a bucket that is not there is an error, not an empty store', async () => {
    await expect(open('nowhere').put(bytes('x'))).rejects.toThrow(/NoSuchBucket|404/)
    await expect(Array.fromAsync(open('nowhere').list())).rejects.toThrow(/bucket/)
  })
})

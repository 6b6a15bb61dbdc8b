import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOCAL } from '../../src/access/actor.ts'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import { createApp } from '../../src/api/app.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { createLeaseQueue } from '../../src/jobs/lease-queue.ts'
import { scalarFromFile } from '../../src/platform/node/scalar.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { createReviewService } from '../../src/review/service.ts'
import { openWebhooks } from '../../src/webhooks/open.ts'
import type { Post } from '../../src/webhooks/outcome.ts'
import { readAllowedTargets } from '../../src/webhooks/targets.ts'
import { createTestReviewer } from '../review/service-under-test.ts'

export type TestApp = Awaited<ReturnType<typeof openTestApp>>

/** The whole interface over a data folder of its own; `post` stands for the network. */
export async function openTestApp(options: { reader?: PageReader; post?: Post; allow?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-api-'))
  const { store, blobs, pages, close } = openDataFolder(folder)
  const { post = async () => ({ status: 204 }), allow } = options
  const clock = () => new Date()
  const allowed = readAllowedTargets(allow)
  const log = { logFault: () => {}, logRequest: () => {} }
  const open = () => {
    const { reviewer, reader } = createTestReviewer(options.reader)
    const queue = createLeaseQueue(store.jobs, 20)
    const { webhooks, whenBatchFinished, ...delivering } = openWebhooks({ store, queue, allowed, post, clock })
    const { batches, audit } = store
    const service = createReviewService({
      ...{ reviewer, reader, store, blobs, pages, clock, log: log.logFault, queue, ...delivering },
      batching: { batches, audit, whenBatchFinished },
    })
    const access = { keys: store.keys, addressOf: () => undefined, clock }
    const { idempotency } = store
    const parts = { ...log, version: '9.9.9', access, idempotency, webhooks, reference: scalarFromFile }
    const metrics = async () => ''
    return { service, app: createApp({ service, metrics, ...parts }) }
  }
  const first = open()
  await first.service.start({ alone: true })
  return {
    ...first,
    store,
    /** What another process on the same store would serve. */
    open,
    /** An access key of a tenant. */
    async addKey(tenant: string, role: 'applicant' | 'admin' = 'admin'): Promise<string> {
      const { id, key } = await createKey()
      const digest = await digestOfKey(key)
      await store.keys.add({ id, tenant, name: '试', role, createdAt: clock().toISOString(), digest }, LOCAL.keyId)
      return key
    },
    async close() {
      await first.service.close()
      close()
      await rm(folder, { recursive: true })
    },
  }
}

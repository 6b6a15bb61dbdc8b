import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { PageReader } from '../../src/documents/ports.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import type { Fault } from '../../src/review/fault.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import { createReviewService, type ReviewServiceDeps } from '../../src/review/service.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'

/** One small pack, `try-2025`, so that these tests do not change with the notices. */
export const packs = loadPacks(packSourceFromFolder(fileURLToPath(new URL('./rules/', import.meta.url))))

export const compliant = {
  project: { name: '社区高血压试用培训班', enrollment: 200, year: 2025 },
  unit: { name: '临川市第一医院' },
  leader: { name: '林若溪', employed: true },
}

export const noReader: PageReader = {
  open: () => Promise.reject(new Error('nothing is to be read here')),
  ocrPage: () => Promise.reject(new Error('nothing is to be read here')),
}

export function createTestReviewer(reader: PageReader = noReader) {
  const faults: Fault[] = []
  const clock = () => new Date('2024-11-20T08:00:00Z')
  const reviewer = createReviewer({ packs, reader, clock, log: (fault) => faults.push(fault) })
  return { reviewer, faults, clock, reader }
}

export async function createTestService(reader?: PageReader, more: Partial<ReviewServiceDeps> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-service-'))
  let data = openDataFolder(folder)
  /** Changes what is stored, as no part of the store would. */
  const query = (sql: string) => {
    const database = new DatabaseSync(join(folder, 'xingshen.db'), { timeout: 5000 })
    database.exec(sql)
    database.close()
  }
  const open = (withReader = reader, others: Partial<ReviewServiceDeps> = {}) => {
    const { reviewer, faults, ...deps } = createTestReviewer(withReader)
    const log = (fault: Fault) => void faults.push(fault)
    const service = createReviewService({
      ...deps,
      clock: () => new Date(),
      reviewer,
      ...data,
      batching: data.store,
      log,
      ...more,
      ...others,
    })
    return { service, store: data.store, blobs: data.blobs, faults, query }
  }
  const first = open()
  await first.service.start({ alone: true })
  return {
    ...first,
    /** A further service over the same store. */
    another: open,
    /** Closes the data folder and opens it again, as a new process would. */
    restart(withReader?: PageReader, others?: Partial<ReviewServiceDeps>) {
      data.close()
      data = openDataFolder(folder)
      return open(withReader, others)
    },
    async close() {
      data.close()
      await rm(folder, { recursive: true })
    },
  }
}

import { afterEach, expect, test, vi } from 'vitest'
import { startUpkeep } from '../../src/cli/upkeep.ts'
import { openSqlite } from '../../src/platform/node/sqlite.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'

const HOUR = 3_600_000

afterEach(() => {
  vi.useRealTimers()
})

test('files that belong to no review are swept up at the start and every hour; a bucket that is away is told and asked again', async () => {
  vi.useFakeTimers()
  const lines: object[] = []
  let swept = 0
  const sweepUploads = async () => {
    if (++swept === 1) throw new Error('the bucket is away')
  }
  const store = createStore(createDatabase(openSqlite(':memory:'), 'sqlite'))
  const upkeep = startUpkeep({ store, sweepUploads, log: (line) => lines.push(line) })
  await vi.advanceTimersByTimeAsync(2 * HOUR)
  expect(swept).toBe(3)
  expect(lines).toHaveLength(1)
  await upkeep.stop()
  await vi.advanceTimersByTimeAsync(2 * HOUR)
  expect(swept).toBe(3)
})

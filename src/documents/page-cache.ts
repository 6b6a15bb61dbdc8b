import type { Page } from './model.ts'
import type { PageCache, PageReader } from './ports.ts'

/** Pages kept in memory at most; one is about 200 kB. */
const KEPT = 200

/** Pages read in the life of this process. */
export function memoryPageCache(kept = KEPT): PageCache {
  const pages = new Map<string, { page: Page; owner: string }>()
  return {
    get: async (key) => pages.get(key)?.page ?? null,
    async put(key, page, owner) {
      pages.delete(key)
      pages.set(key, { page, owner })
      for (const oldest of pages.keys()) {
        if (pages.size <= kept) break
        pages.delete(oldest)
      }
    },
    async forget(owner) {
      for (const [key, { owner: whose }] of pages) if (whose === owner) pages.delete(key)
    },
  }
}

/** The same reader, reading no page twice; what it reads belongs to `owner`, who keeps nothing once `signal` is aborted. */
export function readThroughCache(
  reader: PageReader,
  cache: PageCache,
  owner: string,
  signal?: AbortSignal,
): PageReader {
  const { pageKey } = reader
  if (!pageKey) return reader
  return {
    open: (file) => reader.open(file),
    pageKey,
    async ocrPage(file, number) {
      const key = await pageKey(file, number)
      const known = await cache.get(key)
      if (known) return { ...known, number }
      const page = await reader.ocrPage(file, number)
      if (!signal?.aborted) await cache.put(key, page, owner)
      return page
    },
  }
}

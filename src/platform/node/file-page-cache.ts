import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '../../documents/model.ts'
import type { PageCache } from '../../documents/ports.ts'

/** Pages kept at most; one is about 200 kB. */
const KEPT = 2000
const NAME = /^[\w-]+$/

/** Pages as files `OWNER/KEY.json` under `folder`, so that a review's pages go with its folder. */
export function createFilePageCache(folder: string, kept = KEPT): PageCache {
  let found: Promise<Map<string, string>> | undefined
  const paths = () => {
    found ??= findPages(folder)
    return found
  }
  return {
    async get(key) {
      const path = (await paths()).get(key)
      if (!path) return null
      try {
        return JSON.parse(await readFile(path, 'utf8')) as Page
      } catch {
        // Erased or damaged meanwhile: it is read again.
        ;(await paths()).delete(key)
        return null
      }
    },
    async put(key, page, owner) {
      if (!NAME.test(key) || !NAME.test(owner)) throw new RangeError('neither may be a path')
      const known = await paths()
      const path = join(folder, owner, `${key}.json`)
      await mkdir(join(folder, owner), { recursive: true })
      const temporary = `${path}.${randomUUID()}`
      await writeFile(temporary, JSON.stringify(page), { mode: 0o600 })
      await rename(temporary, path)
      const before = known.get(key)
      if (before && before !== path) await rm(before, { force: true })
      known.delete(key)
      known.set(key, path)
      for (const [oldest, place] of known) {
        if (known.size <= kept) break
        known.delete(oldest)
        await rm(place, { force: true })
      }
    },
    async forget(owner) {
      if (!NAME.test(owner)) return
      const known = await paths()
      const inside = join(folder, owner, '/')
      for (const [key, path] of known) if (path.startsWith(inside)) known.delete(key)
      await rm(join(folder, owner), { recursive: true, force: true })
    },
  }
}

/** The pages there, oldest first. */
async function findPages(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const pages: { key: string; path: string; at: number }[] = []
  for (const name of names) {
    const key = /([^\\/]+)\.json$/.exec(name)?.[1]
    const path = join(folder, name)
    if (key) pages.push({ key, path, at: (await stat(path)).mtimeMs })
  }
  return new Map(pages.sort((a, b) => a.at - b.at).map(({ key, path }) => [key, path]))
}

import { readFile } from 'node:fs/promises'

/** CPU time since the machine started, in clock ticks; `stolen`: what its host gave to others. Linux only, as all measuring here. */
async function ticks(): Promise<{ all: number; idle: number; stolen: number }> {
  const [, ...fields] = ((await readFile('/proc/stat', 'utf8')).split('\n')[0] ?? '').split(/\s+/)
  const counts = fields.slice(0, 8).map(Number)
  return { all: counts.reduce((sum, count) => sum + count, 0), idle: counts[3] ?? 0, stolen: counts[7] ?? 0 }
}

/** What became of the machine's CPU time until the returned function is called, as shares (0–1): a figure from a machine that was not ours says little. */
export async function watchMachine(): Promise<() => Promise<{ idle: number; stolen: number }>> {
  const before = await ticks()
  return async () => {
    const after = await ticks()
    const all = Math.max(after.all - before.all, 1)
    return { idle: (after.idle - before.idle) / all, stolen: (after.stolen - before.stolen) / all }
  }
}

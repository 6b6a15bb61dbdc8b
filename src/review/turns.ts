/** At most `count` pieces of work at a time, in the order in which they came. */
export function createTurns(count: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (busy >= count) await new Promise<void>((resolve) => waiting.push(resolve))
      else busy++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else busy--
      }
    },
  }
}

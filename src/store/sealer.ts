import type { Audit } from './audit.ts'
import type { Head } from './audit-chain.ts'

/** Lines sealed in one batch. */
const MOST = 500

/**
 * Seals what was written since the last time; calls while it is at work are answered by one more run. `onHead` is told of the end of
 * the chain whenever it has moved.
 */
export function createSealer(audit: Audit, onHead: (head: Head) => void = () => {}) {
  let last: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  async function run(everything: boolean): Promise<void> {
    for (let full = true; full; ) {
      const { sealed, head } = await audit.seal(MOST, everything)
      if (sealed > 0) onHead(head)
      full = sealed === MOST
    }
  }

  /** Resolves when all is sealed that was written before the call. `everything`: lines of any age, as at the start. */
  return function seal({ everything = false } = {}): Promise<void> {
    next ??= last.then(() => {
      next = undefined
      return run(everything)
    })
    last = next.catch(() => {})
    return next
  }
}

import type { Scope, Store } from '../store/store.ts'
import { isFinished } from './finished.ts'
import type { Review } from './schema.ts'

/** Milliseconds between two looks at a review that another process has in hand. */
const LOOK = 500

/** Reviews as they come along, in whatever process they run. */
export function createFollowing(reviews: Store['reviews']) {
  const waiting = new Map<string, Set<() => void>>()
  let closed = false

  /** Resolves at the next change in this process, or after so many milliseconds. */
  function change(id: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        waiting.get(id)?.delete(wake)
        if (waiting.get(id)?.size === 0) waiting.delete(id)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      waiting.set(id, (waiting.get(id) ?? new Set()).add(wake))
      signal?.addEventListener('abort', wake)
    })
  }

  return {
    /** A review has changed in this process. */
    notify(id: string): void {
      for (const wake of [...(waiting.get(id) ?? [])]) wake()
    },

    /** Nobody is kept waiting any more. */
    close(): void {
      closed = true
      for (const id of [...waiting.keys()]) this.notify(id)
    },

    /** The review as it stands after at most `milliseconds`, sooner when it is finished; `null` when there is none. */
    async wait(id: string, milliseconds: number, scope: Scope): Promise<Review | null> {
      const until = Date.now() + milliseconds
      for (;;) {
        const review = await reviews.get(id, scope)
        const left = until - Date.now()
        if (!review || isFinished(review) || left <= 0 || closed) return review
        await change(id, Math.min(left, LOOK))
      }
    },

    /** The review now and at every change of its status or progress, until it is finished, erased, or this process is to stop. */
    async *changes(id: string, scope: Scope, signal?: AbortSignal): AsyncGenerator<Review> {
      let shown = ''
      while (!signal?.aborted && !closed) {
        const review = await reviews.get(id, scope)
        if (!review) return
        const { status, progress } = review
        const now = JSON.stringify({ status, progress })
        if (now !== shown) yield review
        if (isFinished(review)) return
        shown = now
        await change(id, LOOK, signal)
      }
    },
  }
}

import { flushCompileCache } from 'node:module'
import { Problem } from '../../problem.ts'
import type { CallMessage, Reply } from './process-pool.ts'

/** `shared` is what the parent handed over with this call or an earlier one. */
export type Answer = (payload: unknown, shared: unknown) => Promise<unknown>

/** Milliseconds after which a child has loaded most of its modules. */
const SETTLED = 10_000

/**
 * Answers the parent's calls in a child process, one at a time. A failure outside of a call's own course (pdf.js leaves
 * promises that nobody awaits) fails the call in hand. Ends with the parent.
 */
export function serveCalls(answers: Record<string, Answer>): void {
  let current = 0
  let held: unknown = null

  const send = (reply: Reply) => {
    if (current !== reply.id) return
    current = 0
    process.send?.(reply)
  }
  const fail = (id: number, error: unknown, spoilt: boolean) => {
    const problem = error instanceof Problem ? error : null
    const name = error instanceof Error ? error.name : 'Error'
    send({ id, ok: false, name, code: problem?.code, detail: problem?.message ?? '', spoilt })
  }

  process.on('message', async (message) => {
    const { id, name, payload, shared } = message as CallMessage
    current = id
    if (shared) held = shared
    try {
      const answer = answers[name]
      if (!answer) throw new RangeError('no such call')
      send({ id, ok: true, value: await answer(payload, held) })
    } catch (error) {
      fail(id, error, false)
    }
  })
  // A child is killed, so it would never write what it has compiled.
  setTimeout(flushCompileCache, SETTLED).unref()
  process.on('unhandledRejection', (error) => fail(current, error, true))
  process.on('uncaughtException', (error) => fail(current, error, true))
  process.on('disconnect', () => process.exit(0))
}

import { type Actor, scopeOf } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { Query } from '../store/database.ts'
import type { Idempotency, Intent } from '../store/idempotency.ts'

/** `repeated`: the same had been asked for before under this key. */
export type Asked<T> = { made: T; repeated: boolean }

/**
 * Makes a thing once for each intent, however often it is asked for: `make` writes the claim in the batch that makes the thing with that
 * id, `find` gives back what was made before. Throws `Problem`: `idempotency_conflict` when something else was asked for under this key.
 */
export async function makeOnce<T>(
  idempotency: Idempotency | undefined,
  actor: Actor,
  intent: Intent | undefined,
  { make, find }: { make: (claim: (id: string) => Query[]) => Promise<T>; find: (id: string) => Promise<T> },
): Promise<Asked<T>> {
  if (!intent || !idempotency) return { made: await make(() => []), repeated: false }
  const scope = scopeOf(actor)
  const repeat = async () => {
    const known = await idempotency.find(scope, intent.key)
    if (!known) return null
    if (known.fingerprint === intent.fingerprint) return { made: await find(known.subject), repeated: true }
    throw new Problem('idempotency_conflict', '这个 Idempotency-Key 已用于另一项内容不同的请求。新的请求请换一个键。')
  }
  const before = await repeat()
  if (before) return before
  try {
    return { made: await make((id) => idempotency.claim(scope, intent, id)), repeated: false }
  } catch (error) {
    // The same request may have come in twice at once.
    const meanwhile = await repeat()
    if (meanwhile) return meanwhile
    throw error
  }
}

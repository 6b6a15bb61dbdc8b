/**
 * `find` with its answers kept, for what rules and declarations ask again and again. Emptied when `limit` answers are held, so that
 * it never grows with the number of reviews. Answers are shared: nobody may change them.
 */
export function remember<Key, Answer>(limit: number, find: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const answer = find(key)
    if (known.size >= limit) known.clear()
    known.set(key, answer)
    return answer
  }
}

/** `find` with its answer kept as long as `subject` itself: what several rules ask of one part of one declaration. */
export function rememberOf<Subject extends object, Answer>(
  find: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new WeakMap<Subject, Answer>()
  return (subject) => {
    const found = known.get(subject)
    if (found !== undefined) return found
    const answer = find(subject)
    known.set(subject, answer)
    return answer
  }
}

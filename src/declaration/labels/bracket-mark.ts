const MARK = '\\(([√✓✔]?)\\)'
const [MARK_LAST, MARK_FIRST] = [new RegExp(`${MARK}$`), new RegExp(`^${MARK}`)]

/**
 * Brackets to be ticked beside a flag: `京津冀互认项目（√）`, or ahead of it. Between two claims the bracket belongs to the one that
 * it touches, else to the one before it where the text ends with such a bracket.
 */
export function bracketMark(
  text: string,
  folded: string,
  at: number[],
  start: number,
  end: number,
): 'behind' | 'ticked' | 'empty' | null {
  const before = MARK_LAST.exec(folded.slice(0, start))
  // `否（ ） 京津冀互认项目`: the bracket is the word's before it.
  const isFree =
    before &&
    (before.index === 0 || MARK_FIRST.test(folded) || /[\s,;、，；。]/.test(text[(at[before.index] ?? 0) - 1] ?? ''))
  const ahead = isFree ? before : null
  const isBehind = MARK_FIRST.test(folded.slice(end))
  const [gapAhead, gapBehind] = [start, end].map((unit) => /\s/.test(text[(at[unit] ?? 0) - 1] ?? ''))
  const takesBehind = isBehind && (!ahead || (gapAhead === gapBehind ? MARK_LAST.test(folded) : gapAhead))
  if (takesBehind) return 'behind'
  return ahead ? (ahead[1] ? 'ticked' : 'empty') : null
}

/** A bracket to be ticked, or ticked: `（　）`, `（√）`. */
export const startsWithMark = (folded: string): boolean => MARK_FIRST.test(folded)

import disciplines from '../../../rules/lists/disciplines.json' with { type: 'json' }
import { distance, foldText } from '../text/fold.ts'

const PAIRS = disciplines.flatMap(({ name, children }) =>
  children.map((child) => ({ second: name, third: child.name })),
)
/** Characters that a seal or a rule beside the words may have left at either end. */
const STRAY = 2

/**
 * The one pair of the closed list that a scan's text holds although the dash between its halves was lost. `doubtful`: the
 * reading is weak, so a slip in the first half and stray characters at the ends are forgiven too. null where none or several fit.
 */
export function findListedPair(text: string, doubtful: boolean): { second: string; third: string } | null {
  // What closes the label's bracket is none of the value.
  const folded = foldText(text).replace(/^[^\p{L}\d(]+/u, '')
  const found = PAIRS.filter(({ second, third }) => {
    const at = folded.lastIndexOf(third)
    if (at < 2) return false
    const head = folded.slice(0, at).replace(/[-_./、,:|]+$/, '')
    const tail = folded.slice(at + third.length)
    if (!doubtful) return head === second && tail === ''
    if (tail.length > STRAY) return false
    return (
      (head.endsWith(second) && head.length - second.length <= STRAY) ||
      (second.length >= 4 && distance(head, second, 1) <= 1)
    )
  })
  const longest = Math.max(...found.map(({ second, third }) => second.length + third.length))
  const best = found.filter(({ second, third }) => second.length + third.length === longest)
  return best.length === 1 ? (best[0] ?? null) : null
}

const NAMES = new Set(PAIRS.flatMap(({ second, third }) => [second, third]).map(foldText))

export const isListedDiscipline = (text: string | undefined): boolean => NAMES.has(foldText(text ?? ''))

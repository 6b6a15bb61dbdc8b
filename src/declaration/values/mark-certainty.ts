import { confidenceOf, type Slice, textOfSlice } from '../text/passage.ts'

const MARK = /[☐☑☒□■√✓✔○◯●◉⊙◎×✗✕]|(?<=[(（[【［]\s?)[xXvV](?=\s?[)）\]】］])/g
/** What a pen or a key ticks with is read less surely than it is seen that something stands there. */
const TICK = /[√✓✔×✗✕xXvV]/
const SEEN = { from: 0.4, certainty: 0.86 }

/** A box left empty beside the only ticked one is read surely enough whatever it was taken for. */
const EMPTY = { mark: /[☐□○◯◎]/, certainty: 0.82 }

/** How certain the least certain mark of a choice is: its words are few and known, and what else stands there is no matter. */
export function certaintyOfMarks(slice: Slice): number {
  const text = textOfSlice(slice)
  const marks = [...text.matchAll(MARK)].map(({ 0: mark, index }) => {
    const from = slice.from + index
    const certainty = confidenceOf({ ...slice, from, to: from + 1 })
    const isSeen = TICK.test(mark) && certainty >= SEEN.from
    return { isEmpty: EMPTY.mark.test(mark), certainty: isSeen ? Math.max(certainty, SEEN.certainty) : certainty }
  })
  if (marks.length === 0) return confidenceOf(slice)
  const [ticked, ...others] = marks.filter(({ isEmpty }) => !isEmpty)
  const isTold = ticked !== undefined && others.length === 0 && ticked.certainty >= SEEN.certainty
  return Math.min(
    ...marks.map(({ isEmpty, certainty }) => (isEmpty && isTold ? Math.max(certainty, EMPTY.certainty) : certainty)),
  )
}

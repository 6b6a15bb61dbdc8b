import { confidenceOf, type Slice, textOfSlice } from '../text/passage.ts'

const MARK = /[☐☑☒□■√✓✔○◯●◉⊙◎×✗✕]|(?<=[(（[【［]\s?)[xXvV](?=\s?[)）\]】］])/g
/** What a pen or a key ticks with is read less surely than it is seen that something stands there. */
const TICK = /[√✓✔×✗✕xXvV]/
const SEEN = { from: 0.4, certainty: 0.86 }

/** How certain the least certain mark of a choice is: its words are few and known, and what else stands there is no matter. */
export function certaintyOfMarks(slice: Slice): number {
  const text = textOfSlice(slice)
  const marks = [...text.matchAll(MARK)].map(({ 0: mark, index }) => {
    const from = slice.from + index
    const certainty = confidenceOf({ ...slice, from, to: from + 1 })
    return TICK.test(mark) && certainty >= SEEN.from ? Math.max(certainty, SEEN.certainty) : certainty
  })
  return marks.length === 0 ? confidenceOf(slice) : Math.min(...marks)
}

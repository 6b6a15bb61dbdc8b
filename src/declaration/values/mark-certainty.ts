import { confidenceOf, type Slice, textOfSlice } from '../text/passage.ts'

const MARK = /[☐☑☒□■√✓✔○◯●◉⊙◎×✗✕]/g

/** How certain the least certain mark of a choice is: its words are few and known, and what else stands there is no matter. */
export function certaintyOfMarks(slice: Slice): number {
  const marks = [...textOfSlice(slice).matchAll(MARK)].map(({ index }) => slice.from + index)
  if (marks.length === 0) return confidenceOf(slice)
  return Math.min(...marks.map((from) => confidenceOf({ ...slice, from, to: from + 1 })))
}

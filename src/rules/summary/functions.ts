import type { CelFunction } from '../engine/function.ts'
import { summaryCountsAgree } from './counts.ts'
import { summaryFilledIn, summaryRowsDistinct } from './entries.ts'
import { summaryMatchesDeclarations } from './match.ts'
import { summarySharesAgree } from './shares.ts'

/** What is asked of summary sheets (汇总表). */
export const summaryFunctions: CelFunction[] = [
  {
    signature: 'summaryCountsAgree(Form): Outcome',
    about: 'Totals, their parts, the rows listed and the rows of sums agree.',
    call: summaryCountsAgree,
  },
  {
    signature: 'summarySharesAgree(Form): Outcome',
    about: 'The percentages follow from the counts.',
    call: summarySharesAgree,
  },
  {
    signature: 'summaryFilledIn(Form): Outcome',
    about: 'Nothing that the sheets ask is blank.',
    call: summaryFilledIn,
  },
  {
    signature: 'summaryRowsDistinct(Form): Outcome',
    about: 'No project stands twice and the serial numbers run on.',
    call: summaryRowsDistinct,
  },
  {
    signature: 'summaryMatchesDeclarations(Form): Outcome',
    about: 'Each line and each declaration given beside the sheet have each other, and say the same.',
    call: summaryMatchesDeclarations,
  },
]

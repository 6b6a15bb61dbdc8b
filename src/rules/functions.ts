import { acrossFunctions } from './across/functions.ts'
import { domainFunctions } from './domain/functions.ts'
import { onlineFunctions } from './domain/online/functions.ts'
import type { CelFunction } from './engine/function.ts'
import { creditFunctions } from './engine/functions/credits.ts'
import { hourFunctions } from './engine/functions/hours.ts'
import { leaderFunctions } from './engine/functions/leader.ts'
import { outcomeFunctions } from './engine/functions/outcomes.ts'
import { sessionFunctions } from './engine/functions/sessions.ts'
import { shareFunctions } from './engine/functions/shares.ts'
import { titleFunctions } from './engine/functions/titles.ts'
import { wordFunctions } from './engine/functions/words.ts'
import { summaryFunctions } from './summary/functions.ts'

/** Every function that a check may call. */
export const functions: CelFunction[] = [
  ...outcomeFunctions,
  ...shareFunctions,
  ...titleFunctions,
  ...hourFunctions,
  ...creditFunctions,
  ...sessionFunctions,
  ...leaderFunctions,
  ...wordFunctions,
  ...domainFunctions,
  ...onlineFunctions,
  ...acrossFunctions,
  ...summaryFunctions,
]

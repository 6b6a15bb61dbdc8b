import type { CelFunction } from '../../engine/function.ts'
import { hasOnlineRecord, paperMatchesOnline } from './paper-online.ts'

/** Paper against the record filled in online. */
export const onlineFunctions: CelFunction[] = [
  { signature: 'hasOnlineRecord(Form): bool', about: 'An online record came with the paper.', call: hasOnlineRecord },
  {
    signature: 'paperMatchesOnline(Form): Outcome',
    about: 'The paper says what the online record says, value by value.',
    call: paperMatchesOnline,
  },
]

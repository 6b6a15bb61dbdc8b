import type { CelFunction } from '../engine/function.ts'
import { hasTimesBesideOthers, teachersBookedOnce } from './booked.ts'

/** What only several declarations tell together. */
export const acrossFunctions: CelFunction[] = [
  {
    signature: 'hasTimesBesideOthers(Form): bool',
    about: 'The form says when it is taught, and other declarations of the batch or of the store were read.',
    call: hasTimesBesideOthers,
  },
  {
    signature: 'teachersBookedOnce(Form): Outcome',
    about: 'No teacher is booked by two projects at the same hour.',
    call: teachersBookedOnce,
  },
]

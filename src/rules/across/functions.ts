import type { CelFunction } from '../engine/function.ts'
import { hasOtherDeclarations, teachersBookedOnce } from './booked.ts'

/** What only several declarations tell together. */
export const acrossFunctions: CelFunction[] = [
  {
    signature: 'hasOtherDeclarations(Form): bool',
    about: 'Other declarations of the batch or of the store were read.',
    call: hasOtherDeclarations,
  },
  {
    signature: 'teachersBookedOnce(Form): Outcome',
    about: 'No teacher stands in the schedules of two projects at the same hour.',
    call: teachersBookedOnce,
  },
]

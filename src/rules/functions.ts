import { domainFunctions } from './domain/functions.ts'
import type { CelFunction } from './engine/function.ts'
import { outcomeFunctions } from './engine/functions/outcomes.ts'

/** Every function that a check may call. */
export const functions: CelFunction[] = [...outcomeFunctions, ...domainFunctions]

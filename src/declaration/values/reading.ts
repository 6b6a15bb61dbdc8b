import type { Slice } from '../text/passage.ts'

/**
 * `certainty` below 1: guessed from what is left of the text. `rests`: how certain the marks and words are that the value
 * rests on, where the rest of the text does not matter. `value` undefined: there is text, but it cannot be read as what it should be. `also`:
 * values of other paths in the same text.
 */
export type Read = {
  value: unknown
  repaired?: boolean
  certainty?: number
  rests?: number
  also?: Record<string, unknown>
}

export const BLANK: Read = { value: null }
export const UNREADABLE: Read = { value: undefined }

export type Reader = (slice: Slice, scanned: boolean) => Read

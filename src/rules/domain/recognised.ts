/**
 * Below this, a value comes from recognition: its least certain character tells. A text layer is read with certainty, lowered only a
 * little where the label beside it is worded unlike any known one.
 */
const PRINT = 0.95

/** Whether a value read with this confidence may hold misread characters. */
export const isRecognised = (confidence: number): boolean => confidence < PRINT

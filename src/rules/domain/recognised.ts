/**
 * Below this, a value comes from recognition: its least certain character tells. A text layer is read with certainty, lowered only a
 * little where the label beside it is worded unlike any known one.
 */
const PRINT = 0.95

/** Whether a value read with this confidence may hold misread characters. */
export const isRecognised = (confidence: number): boolean => confidence < PRINT

/** No count of the characters on a scan is surer, however surely they were read: a line may be missing. Less than `PRINT`, so that it counts as recognised. */
export const COUNTED_ON_SCANS = PRINT - 0.01

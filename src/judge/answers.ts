/**
 * Answers already given, by a digest of all that was asked: prompt, model, parameters and the redacted fields. They hold
 * placeholders where the form has personal data.
 */
export interface Answers {
  /**
   * The answer that is kept, else what `ask` gives, which then is kept. Of several that want to know the same at the same time one
   * asks, the others wait for its answer; where it fails, the next one asks. Rejects when `signal` is aborted while waiting.
   */
  once(key: string, ask: () => Promise<string>, signal: AbortSignal): Promise<string>
}

/** Nothing is kept. */
export const noAnswers: Answers = { once: (_, ask) => ask() }

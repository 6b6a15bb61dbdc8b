/**
 * Answers already given, by a digest of all that was asked: prompt, model, parameters and the redacted fields. They hold
 * placeholders where the form has personal data.
 */
export interface Answers {
  get(key: string): Promise<string | null>
  put(key: string, answer: string): Promise<void>
}

/** Nothing is kept. */
export const noAnswers: Answers = { get: async () => null, put: async () => {} }

import { ModelFailure } from './failure.ts'

/** Tokens, and what they cost by the configured price. */
export type Spent = { llmCalls: number; inputTokens: number; outputTokens: number }

/** The most tokens a Chinese character takes with the tokenizers measured (0.51–0.81): for budgets, and where an endpoint does not say what it used. */
const TOKENS_A_CHARACTER = 0.85

/** The most tokens that so many characters take. */
export const tokensOf = (characters: number): number => Math.ceil(characters * TOKENS_A_CHARACTER)

/** Counts what one document spends and refuses what would go over its `budget` (tokens in and out). */
export function createMeter(budget: number) {
  const spent: Spent = { llmCalls: 0, inputTokens: 0, outputTokens: 0 }
  let reserved = 0
  return {
    spent,
    /** Sets the most that a request can take aside; gives back what settles it. Throws `ModelFailure('budget')`. */
    reserve(characters: number, maxTokens: number): (used?: { input: number; output: number }) => void {
      const most = tokensOf(characters) + maxTokens
      if (spent.inputTokens + spent.outputTokens + reserved + most > budget) throw new ModelFailure('budget')
      reserved += most
      spent.llmCalls++
      return (used) => {
        reserved -= most
        // A request that failed on the way may have been billed; nobody tells.
        spent.inputTokens += used?.input ?? 0
        spent.outputTokens += used?.output ?? 0
      }
    },
  }
}

export type Meter = ReturnType<typeof createMeter>

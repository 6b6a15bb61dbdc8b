import type { Severity } from '../../finding.ts'
import { and, fail, not, type Outcome, or, outcomeOf, unknown } from '../../outcome.ts'
import type { Exact } from '../exact.ts'
import type { CelFunction } from '../function.ts'
import type { Share } from '../share.ts'

/** How checks put outcomes together. */
export const outcomeFunctions: CelFunction[] = [
  {
    signature: 'Share.atLeast(Number): Outcome',
    about: '不低于: fails only when the best case fails, passes only when the worst case passes; the bound is in.',
    call: (share: Share, bound: Exact) => share.atLeast(bound),
  },
  {
    signature: 'Share.atLeastEither(Number, Number): Outcome',
    about:
      '不低于 a bound that may also be the lower one (0: not), because the notice is damaged there: between them it stays open.',
    call: (share: Share, bound: Exact, lower: Exact) => share.atLeastEither(bound, lower),
  },
  {
    signature: 'Share.atMost(Number): Outcome',
    about: '不超过: the mirror of atLeast.',
    call: (share: Share, bound: Exact) => share.atMost(bound),
  },
  {
    signature: 'allOf(list<Outcome>): Outcome',
    about: 'Three-valued and.',
    call: (outcomes: Outcome[]) => and(...outcomes),
  },
  {
    signature: 'anyOf(list<Outcome>): Outcome',
    about: 'Three-valued or.',
    call: (outcomes: Outcome[]) => or(...outcomes),
  },
  { signature: 'negate(Outcome): Outcome', about: 'Three-valued not.', call: (outcome: Outcome) => not(outcome) },
  {
    signature: 'outcome(bool): Outcome',
    about: 'A plain answer as an outcome.',
    call: (answer: boolean) => outcomeOf(answer),
  },
  {
    signature: 'failing(string, string): Outcome',
    about: 'A failure with a message of its own (the variant) and a severity it does not exceed.',
    call: (variant: string, severity: Severity) => fail({}, [], { variant, severity }),
  },
  {
    signature: 'undecided(string): Outcome',
    about: 'Unknown, for the cause given.',
    call: (cause: NonNullable<Outcome['cause']>) => unknown(cause),
  },
  {
    signature: 'passOrAsk(Outcome, string): Outcome',
    about: 'What does not pass is left to a person, in the words of the variant given.',
    call: (outcome: Outcome, variant: string): Outcome =>
      outcome.status === 'pass' ? outcome : unknown('context', outcome.facts, outcome.fields, { variant }),
  },
]

import { noAnswers } from '../../judge/answers.ts'
import { check } from '../../judge/check.ts'
import { createMeter } from '../../judge/endpoint/meter.ts'
import { knownPersonal, lackingInputs } from '../../judge/fields.ts'
import type { Judge } from '../../judge/judge.ts'
import type { Opinion } from '../../judge/opinion.ts'
import { createRedactor } from '../../judge/privacy/redact.ts'
import type { LabelledCase } from './cases.ts'

export type Heard = { rung?: string; mended?: boolean }

/** What the model said of one case. `right`: one of the answers expected, and by a code expected. */
export type CaseResult = {
  case: LabelledCase
  answer: 'issue' | 'ok' | 'unsure' | 'none'
  right: boolean
  opinion: Opinion | null
  heard: Heard[]
  spent: { llmCalls: number; inputTokens: number; outputTokens: number }
  seconds: number
}

const ANSWERS = { issue: 'issue', fine: 'ok', unsure: 'unsure', none: 'none', lacking: 'unsure' } as const

/** Asks every case's own question; `onCase` is told of each as it comes. */
export async function askCases(
  judge: Judge,
  cases: LabelledCase[],
  onCase: (result: CaseResult, done: number) => void = () => {},
): Promise<CaseResult[]> {
  let done = 0
  return Promise.all(
    cases.map(async (one) => {
      const result = await askCase(judge, one)
      onCase(result, ++done)
      return result
    }),
  )
}

async function askCase({ model, prompts, settings }: Judge, one: LabelledCase): Promise<CaseResult> {
  const prompt = prompts.get(one.rule)
  if (!prompt) throw new Error(`there is no prompt for ${one.rule}`)
  const { declaration } = one
  const meter = createMeter(settings.budget)
  const heard: Heard[] = []
  const begun = performance.now()
  const opinion =
    lackingInputs(declaration, prompt.needs).length > 0
      ? null
      : await check(
          prompt,
          { declaration, readings: {} },
          {
            model,
            redactor: createRedactor(knownPersonal(declaration)),
            meter,
            answers: noAnswers,
            // Cases wait for one another at a slow model: only a request that hangs is given up.
            signal: new AbortController().signal,
            onAnswer: (answer) => heard.push(answer),
          },
        )
  const answer = opinion ? ANSWERS[opinion.answer] : 'unsure'
  return {
    case: one,
    answer,
    right: answer !== 'none' && one.expect.includes(answer) && hasExpectedCode(opinion, one),
    opinion,
    heard,
    spent: meter.spent,
    seconds: (performance.now() - begun) / 1000,
  }
}

const hasExpectedCode = (opinion: Opinion | null, { codes }: LabelledCase): boolean =>
  opinion?.answer !== 'issue' || codes.length === 0 || opinion.issues.some(({ code }) => codes.includes(code))

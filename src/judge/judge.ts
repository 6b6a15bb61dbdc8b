import type { Declaration, Readings } from '../declaration/schema.ts'
import type { RuleFinding } from '../rules/finding.ts'
import { type Answers, noAnswers } from './answers.ts'
import { type Asking, check } from './check.ts'
import { ModelFailure } from './endpoint/failure.ts'
import { isOwnNetwork } from './endpoint/hosts.ts'
import { createMeter } from './endpoint/meter.ts'
import { createModel, type Model, type ModelDeps } from './endpoint/model.ts'
import { systemClock } from './endpoint/pace.ts'
import { knownPersonal, lackingInputs } from './fields.ts'
import { type PageWords, type Proposal, proposeValues, wantedPaths } from './help/propose.ts'
import { addOpinions, awaitsModel } from './merge.ts'
import type { Opinion } from './opinion.ts'
import { createRedactor } from './privacy/redact.ts'
import type { Prompt, Prompts } from './prompts/prompt.ts'
import type { LlmSettings } from './settings.ts'

/** `cost` in yuan, where a price is configured. `ungrounded`: issues left out because their quotes do not stand in the form. */
export type Usage = { llmCalls: number; inputTokens: number; outputTokens: number; cost?: number; ungrounded?: number }

export type Judgement = { findings: RuleFinding[]; opinions: Opinion[]; proposals: Proposal[]; usage: Usage }

/** `pages`: the words of the documents, for the reading help alone. */
export type JudgeInput = { declaration: Declaration; readings: Readings; found: RuleFinding[]; pages: PageWords[] }

export type JudgeRun = { answers?: Answers; signal?: AbortSignal; onAnswer?: Asking['onAnswer'] }

export type Judge = {
  readonly settings: LlmSettings
  readonly model: Model
  readonly prompts: Prompts
  /** What a model adds to what the rules found. Never throws for anything the endpoint does. */
  judge(input: JudgeInput, run?: JudgeRun): Promise<Judgement>
}

export type JudgeDeps = ModelDeps & {
  settings: LlmSettings
  prompts: Prompts
  /** Whether the model has passed its probe: otherwise only its issues are shown. */
  isProbed: boolean
  /** For the reading help. */
  help?: Prompt
}

/** Throws `ModelFailure('host')` when the endpoint may not be sent anything. */
export function createJudge({ settings, prompts, isProbed, help, ...deps }: JudgeDeps): Judge {
  const model = createModel(settings, deps)
  return {
    settings,
    model,
    prompts,
    async judge({ declaration, readings, found, pages }, { answers = noAnswers, signal, onAnswer } = {}) {
      const meter = createMeter(settings.budget)
      const deadline = AbortSignal.timeout(settings.deadlineMs)
      const asking: Asking = {
        model,
        redactor: createRedactor(knownPersonal(declaration)),
        meter,
        answers,
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
        until: (deps.clock ?? systemClock).now() + settings.deadlineMs,
        ...(onAnswer ? { onAnswer } : {}),
      }
      const asked = [...prompts.values()].filter((prompt) => isAskedFor(prompt.id, found))
      const opinions = await Promise.all(
        asked.map((prompt) => {
          const missing = lackingInputs(declaration, prompt.needs)
          return missing.length > 0 ? lacking(prompt, missing) : check(prompt, { declaration, readings }, asking)
        }),
      )
      const proposals = help && canHelp(settings) ? await propose(help, { readings, found, pages }, asking) : []
      const isAddressed = found.some(
        ({ rule, status, severity }) => rule === 'prompt-injection' && status === 'fail' && severity !== 'info',
      )
      const ungrounded = opinions.reduce((sum, opinion) => sum + opinion.ungrounded, 0)
      return {
        findings: addOpinions(found, opinions, { isProbed, isAddressed }),
        opinions,
        proposals,
        usage: { ...meter.spent, ...costOf(meter.spent, settings), ...(ungrounded > 0 ? { ungrounded } : {}) },
      }
    },
  }
}

/** Pages hold names that nobody has read yet and that cannot be replaced: they stay within one's own network. */
const canHelp = ({ readingHelp, baseUrl }: LlmSettings): boolean =>
  readingHelp && isOwnNetwork(new URL(baseUrl).hostname)

async function propose(
  help: Prompt,
  { readings, found, pages }: Pick<JudgeInput, 'readings' | 'found' | 'pages'>,
  asking: Asking,
): Promise<Proposal[]> {
  try {
    return await proposeValues(help, wantedPaths(found, readings), pages, asking)
  } catch (error) {
    if (error instanceof ModelFailure) return []
    throw error
  }
}

/** The pack has the rule, it applies, and what it rests on could be read. */
const isAskedFor = (rule: string, found: RuleFinding[]): boolean =>
  found.some(
    (finding) =>
      finding.rule === rule && (finding.status === 'pass' || finding.status === 'fail' || awaitsModel(finding)),
  )

const lacking = ({ id, version, hash }: Prompt, missing: string[]): Opinion => ({
  rule: id,
  prompt: `${id}@${version}`,
  promptHash: hash,
  model: '',
  ungrounded: 0,
  answer: 'lacking',
  missing,
})

function costOf({ inputTokens, outputTokens }: Usage, { price }: LlmSettings): { cost?: number } {
  if (!price) return {}
  const yuan = (inputTokens * price.input + outputTokens * price.output) / 1_000_000
  return { cost: Math.round(yuan * 10_000) / 10_000 }
}

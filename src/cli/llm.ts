import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { askCases, type CaseResult } from '../evaluation/llm/ask-cases.ts'
import { type LabelledCase, readCases } from '../evaluation/llm/cases.ts'
import { costOf, figuresByRule, figuresOf, passes, THRESHOLDS } from '../evaluation/llm/figures.ts'
import { printFigures, printMisses } from '../evaluation/llm/print.ts'
import type { Judge } from '../judge/judge.ts'
import { reasonOf } from '../judge/merge.ts'
import { type ProbeRecord, promptsDigest } from '../judge/probe/record.ts'
import { openNodeJudge } from '../node.ts'
import { makeFolder } from '../platform/node/make-folder.ts'
import { configuredLlm, probePath } from './llm-settings.ts'
import { parseArguments, UsageError } from './usage.ts'

const CASES = fileURLToPath(new URL('../../samples/judge/', import.meta.url))

/** `xingshen llm probe`: asks the configured model what is known, prints the figures and keeps whether it passed. */
export async function runLlm(args: string[]): Promise<number> {
  const { positionals, values } = parseArguments(args, {
    json: { type: 'boolean' },
    verbose: { type: 'boolean' },
    data: { type: 'string' },
  })
  if (positionals.join(' ') !== 'probe') throw new UsageError('应写作 llm probe。')
  const judge = await requireJudge()
  const results = await ask(
    judge,
    (await readCases(CASES)).filter(({ probe }) => probe),
  )
  const figures = figuresOf(results)
  const passed = passes(figures)
  report(results, judge, values)
  // A wrong key or a server that is down says nothing of the model: what was found before stands.
  if (figures.unanswered === figures.cases) {
    if (!values.json) console.log('模型没有应答，自测结果没有记录。')
    return 1
  }
  const record: ProbeRecord = {
    host: judge.model.host,
    model: judge.model.name,
    prompts: await promptsDigest(judge.prompts),
    at: new Date().toISOString(),
    passed,
  }
  const path = probePath(values.data)
  makeFolder(dirname(path))
  await writeFile(path, `${JSON.stringify(record)}\n`)
  if (!values.json) console.log(`结果已存入 ${path}`)
  return passed ? 0 : 1
}

/** `xingshen eval --llm [DIR]`: every labelled case, figures by check. */
export async function evaluateLlm(folder = CASES, values: { json?: boolean; verbose?: boolean } = {}): Promise<number> {
  const judge = await requireJudge()
  const results = await ask(judge, await readCases(folder))
  report(results, judge, values)
  return results.some(({ answer }) => answer === 'none') ? 1 : 0
}

async function requireJudge(): Promise<Judge> {
  const llm = await configuredLlm()
  if (llm) return openNodeJudge(llm)
  throw new UsageError('没有配置语言模型：请设置 XINGSHEN_LLM_BASE_URL 和 XINGSHEN_LLM_MODEL。')
}

const ask = (judge: Judge, cases: LabelledCase[]): Promise<CaseResult[]> =>
  askCases(judge, cases, (result, done) =>
    process.stderr.write(
      `${done}/${cases.length} ${result.case.rule} ${result.case.name}：${answerOf(result)}${result.right ? '' : ' ✗'} ${result.seconds.toFixed(1)} s\n`,
    ),
  )

const answerOf = ({ answer, opinion }: CaseResult): string =>
  opinion?.answer === 'none' ? `${answer}（${reasonOf(opinion)}）` : answer

function report(results: CaseResult[], judge: Judge, { json, verbose }: { json?: boolean; verbose?: boolean }): void {
  if (json) {
    const { model, settings } = judge
    const misses = results
      .filter(({ right }) => !right)
      .map(({ case: { rule, name }, answer }) => ({ rule, name, answer }))
    const all = figuresOf(results)
    const figures = {
      model: model.name,
      host: model.host,
      passed: passes(all),
      thresholds: THRESHOLDS,
      cost: costOf(all, settings.price),
      all,
      byRule: figuresByRule(results),
      misses,
    }
    console.log(JSON.stringify(figures, null, 2))
    return
  }
  console.log(printFigures(results, judge))
  if (verbose) console.log(printMisses(results))
}

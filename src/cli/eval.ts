import { parseArguments, UsageError } from './usage.ts'

/**
 * `xingshen eval DIR [--json] [--verbose] [--only WORD]…`: reviews samples with a known truth and prints the figures;
 * `eval --llm [DIR]` asks the configured model the labelled cases instead.
 */
export async function runEval(args: string[]): Promise<number> {
  const { positionals, values } = parseArguments(args, {
    json: { type: 'boolean' },
    verbose: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    llm: { type: 'boolean' },
  })
  const [folder, ...rest] = positionals
  if (values.llm && rest.length === 0) return (await import('./llm.ts')).evaluateLlm(folder, values)
  if (folder === undefined || rest.length > 0) throw new UsageError('应写作 eval DIR。')
  const { createNodeDeps } = await import('../node.ts')
  const deps = createNodeDeps({ log: (fault) => process.stderr.write(`${JSON.stringify(fault)}\n`) })
  try {
    const { evaluate } = await import('../evaluation/run.ts')
    return await evaluate(folder, deps, values)
  } finally {
    await deps.close()
  }
}

#!/usr/bin/env node
import { Stopped } from './cli/stopped.ts'
import { USAGE, UsageError } from './cli/usage.ts'

/** Not 0–3, which tell the verdict: the command line could not be understood (EX_USAGE). */
const EXIT_USAGE = 64
/** As `serve` and `data` end when they are stopped by what they find. */
const EXIT_STOPPED = 1
/** A fault of ours or of the rules (EX_SOFTWARE). */
const EXIT_SOFTWARE = 70

/** Each command is loaded only when it is asked for. */
const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  review: async (args) => (await import('./cli/review.ts')).runReview(args),
  serve: async (args) => (await import('./cli/serve.ts')).runServe(args),
  packs: async (args) => (await import('./cli/packs.ts')).runPacks(args),
  llm: async (args) => (await import('./cli/llm.ts')).runLlm(args),
  keys: async (args) => (await import('./cli/keys.ts')).runKeys(args),
  audit: async (args) => (await import('./cli/audit.ts')).runAudit(args),
  data: async (args) => (await import('./cli/data.ts')).runData(args),
  eval: async (args) => (await import('./cli/eval.ts')).runEval(args),
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    const { VERSION } = await import('./cli/version.ts')
    console.log(VERSION)
    return 0
  }
  if (name === '--help' || name === '-h' || name === 'help' || args.includes('--help') || args.includes('-h')) {
    console.log(USAGE)
    return 0
  }
  const command = name === undefined ? undefined : COMMANDS[name]
  if (!command) throw new UsageError(name === undefined ? '请写明命令。' : `没有“${name}”这个命令。`)
  return command(args)
}

async function explain(error: unknown): Promise<number> {
  if (error instanceof UsageError) {
    // What is wrong shall not scroll away above all that could be asked.
    console.error(`xingshen: ${error.message}\n用法见 xingshen --help`)
    return EXIT_USAGE
  }
  if (error instanceof Stopped) {
    console.error(`xingshen: ${error.message}`)
    return EXIT_STOPPED
  }
  const { PackError } = await import('./rules/engine/yaml.ts')
  console.error(error instanceof PackError ? `xingshen: 规则文件有误。\n${error.message}` : error)
  return EXIT_SOFTWARE
}

// The reader of a pipe may leave early: `xingshen packs | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = await explain(error)
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LlmConfigError, readLlmSettings } from '../judge/settings.ts'
import type { LlmChoice } from '../node.ts'
import { UsageError } from './usage.ts'

/** Where a data folder keeps what the last probe of a model found. */
export const probePath = (folder = process.env.XINGSHEN_DATA ?? './.data'): string => join(folder, 'llm-probe.json')

/** The model of `XINGSHEN_LLM_*`; `null` when none is configured. Throws `UsageError` on a wrong configuration. */
export async function configuredLlm(folder?: string): Promise<LlmChoice | null> {
  try {
    const settings = readLlmSettings(process.env)
    return settings && { settings, probe: await readFile(probePath(folder), 'utf8').catch(() => null) }
  } catch (error) {
    if (error instanceof LlmConfigError) throw new UsageError(error.message)
    throw error
  }
}

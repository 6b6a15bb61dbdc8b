import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LlmConfigError, readLlmSettings, readVisionSettings } from '../judge/settings.ts'
import type { LlmChoice } from '../node.ts'
import { UsageError } from './usage.ts'

/** Where a data folder keeps what the last probe of a model found. */
export const probePath = (folder = process.env.XINGSHEN_DATA ?? './.data'): string => join(folder, 'llm-probe.json')

/** The model of `XINGSHEN_LLM_*`; `null` when none is configured. Throws `UsageError` on a wrong configuration. */
export async function configuredLlm(folder?: string): Promise<LlmChoice | null> {
  const settings = explained(() => readLlmSettings(process.env))
  return settings && { settings, probe: await readFile(probePath(folder), 'utf8').catch(() => null) }
}

/** Throws `UsageError` when `--ocr vision` is asked for and no vision model is configured. */
export function assertVision(ocr: string): void {
  if (ocr === 'vision') explained(() => readVisionSettings(process.env))
}

function explained<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof LlmConfigError) throw new UsageError(error.message)
    throw error
  }
}

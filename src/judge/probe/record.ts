import { z } from 'zod'
import { type Prompts, sha256 } from '../prompts/prompt.ts'
import type { LlmSettings } from '../settings.ts'

/** What a probe found, kept so that the service knows whether the model's “nothing to point at” may be shown. */
export const ProbeRecord = z.object({
  host: z.string(),
  model: z.string(),
  /** Of all prompts: changed prompts must be probed again. */
  prompts: z.string(),
  at: z.string(),
  passed: z.boolean(),
})
export type ProbeRecord = z.infer<typeof ProbeRecord>

export async function promptsDigest(prompts: Prompts): Promise<string> {
  return sha256(
    [...prompts.values()]
      .map(({ id, hash }) => `${id} ${hash}`)
      .sort()
      .join('\n'),
  )
}

/** Whether this very model at this very host has passed with these very prompts. */
export async function isProbed(text: string | null, settings: LlmSettings, prompts: Prompts): Promise<boolean> {
  if (text === null) return false
  const record = ProbeRecord.safeParse(parseJson(text))
  if (!record.success) return false
  const { host, model, prompts: digest, passed } = record.data
  const isSame = host === new URL(settings.baseUrl).host && model === settings.model
  return passed && isSame && digest === (await promptsDigest(prompts))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

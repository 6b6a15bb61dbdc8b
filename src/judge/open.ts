import type { ModelDeps } from './endpoint/model.ts'
import { createJudge, type Judge } from './judge.ts'
import { isProbed } from './probe/record.ts'
import { loadHelpPrompt, loadPrompts } from './prompts/prompt.ts'
import type { LlmSettings } from './settings.ts'

/** `files`: the prompts by name. `probe`: the text of the last probe's record. */
export type JudgeSource = { settings: LlmSettings; files: ReadonlyMap<string, string>; probe: string | null } & Pick<
  ModelDeps,
  'onCall'
>

/** A judge over prompt files. Throws `PromptError` when one of them has a fault. */
export async function openJudge({ settings, files, probe, ...deps }: JudgeSource): Promise<Judge> {
  const prompts = await loadPrompts(files)
  return createJudge({
    settings,
    prompts,
    help: await loadHelpPrompt(files),
    ...deps,
    isProbed: await isProbed(probe, settings, prompts),
  })
}

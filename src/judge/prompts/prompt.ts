import { parse } from 'yaml'
import { z } from 'zod'

/** The head of a prompt's file. */
const Head = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string(),
  /** Paths of the declaration that are sent; `teachers[].topic` is that cell of every row, `teachers[leader].topic` of the leader's own. */
  inputs: z.array(z.string()).default([]),
  /** Without these nothing is asked. */
  needs: z.array(z.string()).default([]),
  /** Kinds of issue, with what each means. */
  codes: z.record(z.string().regex(/^[A-Z]+(_[A-Z]+)*$/), z.string()).default({}),
  params: z
    .strictObject({
      maxTokens: z.number().int().positive().default(1600),
      /** Answers asked for; all must agree. */
      samples: z.number().int().positive().default(1),
      /** Rows of a table sent at a time. */
      chunk: z.number().int().positive().optional(),
    })
    .prefault({}),
})

/** `system`: all that the model is told beside the data. `hash`: SHA-256 of it, hex. */
export type Prompt = z.infer<typeof Head> & { body: string; system: string; hash: string }

/** The prompts by the rule they serve. */
export type Prompts = ReadonlyMap<string, Prompt>

/** Told to every check, before the check's own prompt. */
export const COMMON = 'common'
/** Serves no rule: it helps reading. */
const HELP = 'reading-help'

export class PromptError extends Error {}

/**
 * Reads the Markdown files of `prompts/` (name without folder → text). Only YAML is read from the head, never code.
 * Throws `PromptError` on a file that is not as it should be.
 */
export async function loadPrompts(files: ReadonlyMap<string, string>): Promise<Prompts> {
  const parsed = [...files].filter(([name]) => name.endsWith('.md')).map(([name, text]) => parsePrompt(name, text))
  const common = parsed.find(({ id }) => id === COMMON)
  if (!common) throw new PromptError(`prompts/${COMMON}.md is missing`)
  const prompts = parsed
    .filter(({ id }) => id !== COMMON && id !== HELP)
    .map(async (prompt) => {
      const system = [common.body, `# 本项检查：${prompt.title}`, prompt.body, codeList(prompt.codes)].join('\n\n')
      return { ...prompt, system, hash: await sha256(system) }
    })
  return new Map((await Promise.all(prompts)).map((prompt) => [prompt.id, prompt]))
}

/** The prompt of the reading help. Throws `PromptError`. */
export async function loadHelpPrompt(files: ReadonlyMap<string, string>): Promise<Prompt> {
  const prompt = parsePrompt(`${HELP}.md`, files.get(`${HELP}.md`) ?? '')
  return { ...prompt, system: prompt.body, hash: await sha256(prompt.body) }
}

/** Head and body of one file. Throws `PromptError`. */
export function parsePrompt(name: string, text: string): Omit<Prompt, 'system' | 'hash'> {
  const [, yaml, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (yaml === undefined || body === undefined) throw new PromptError(`${name} has no head`)
  const head = Head.safeParse(parse(yaml))
  if (!head.success) throw new PromptError(`${name}: ${z.prettifyError(head.error)}`)
  if (name !== `${head.data.id}.md`) throw new PromptError(`${name} calls itself ${head.data.id}`)
  const unmentioned = head.data.needs.filter((path) => !head.data.inputs.includes(path))
  if (unmentioned.length > 0) throw new PromptError(`${name} needs ${unmentioned} but does not take it in`)
  if (head.data.id !== COMMON && head.data.id !== HELP && Object.keys(head.data.codes).length === 0)
    throw new PromptError(`${name} has no codes`)
  return { ...head.data, body: body.trim() }
}

const codeList = (codes: Record<string, string>): string =>
  ['可用的 code：', ...Object.entries(codes).map(([code, meaning]) => `- ${code}：${meaning}`)].join('\n')

/** Lower-case hex. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

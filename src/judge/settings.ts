import { z } from 'zod'
import { isAllowedAddress, isOwnNetwork } from './endpoint/hosts.ts'

/** Where the model is and how much may be asked of it. */
export type LlmSettings = {
  baseUrl: string
  model: string
  apiKey: string
  /** Hosts outside one's own network and mainland China's known vendors that may be sent text of a form. */
  hosts: string[]
  /** For one request, milliseconds. */
  timeoutMs: number
  /** For one document, milliseconds. */
  deadlineMs: number
  /** Requests at a time, and begun in a minute. */
  concurrency: number
  perMinute: number
  /** Tokens in and out that one document may take. */
  budget: number
  /** Yuan for a million tokens in and out. */
  price: { input: number; output: number } | null
  /** Further keys of every request, such as `{"enable_thinking": false}`. */
  extra: Record<string, unknown>
  /** The model proposes values for what could not be read. */
  readingHelp: boolean
}

/** What is wrong with the configuration, in a sentence for whoever runs the service. */
export class LlmConfigError extends Error {}

const Amount = z.coerce.number().positive()
const Whole = z.coerce.number().int().positive()

const Env = z.object({
  XINGSHEN_LLM_BASE_URL: z.url({ protocol: /^https?$/ }),
  XINGSHEN_LLM_MODEL: z.string().min(1),
  XINGSHEN_LLM_API_KEY: z.string().default(''),
  XINGSHEN_LLM_HOSTS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,，]+/).filter(Boolean)),
  XINGSHEN_LLM_TIMEOUT: Amount.default(90),
  XINGSHEN_LLM_DEADLINE: Amount.default(180),
  XINGSHEN_LLM_CONCURRENCY: Whole.default(2),
  XINGSHEN_LLM_PER_MINUTE: Whole.default(120),
  XINGSHEN_LLM_TOKENS: Whole.default(120_000),
  XINGSHEN_LLM_PRICE: z
    .string()
    .regex(/^\d+(\.\d+)?[,，]\s*\d+(\.\d+)?$/)
    .transform((text) => text.split(/[,，]/).map(Number))
    .optional(),
  XINGSHEN_LLM_EXTRA: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('应为 JSON 对象')
        return z.NEVER
      }
    })
    .pipe(z.record(z.string(), z.unknown()))
    .default({}),
  XINGSHEN_LLM_READING_HELP: z.stringbool().default(false),
})

/**
 * The settings of `XINGSHEN_LLM_*`; `null` when no endpoint is configured: then no model is asked. Throws `LlmConfigError` on a half
 * or wrong configuration and on a host that may not be sent anything.
 */
export function readLlmSettings(env: Record<string, string | undefined>): LlmSettings | null {
  const given = Object.fromEntries(
    Object.keys(Env.shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])),
  )
  if (!('XINGSHEN_LLM_BASE_URL' in given) && !('XINGSHEN_LLM_MODEL' in given)) return null
  const parsed = Env.safeParse(given)
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))]
    throw new LlmConfigError(`语言模型的配置有误：${names.join('、')} 没有填写或写法不对。`)
  }
  const set = parsed.data
  const [input = 0, output = 0] = set.XINGSHEN_LLM_PRICE ?? []
  if (!isAllowedAddress(set.XINGSHEN_LLM_BASE_URL, set.XINGSHEN_LLM_HOSTS)) {
    const host = new URL(set.XINGSHEN_LLM_BASE_URL).hostname
    throw new LlmConfigError(
      `不能把申报书的文字发送到 ${host}：须是本机、内网，或以 https 访问且列入 XINGSHEN_LLM_HOSTS 的主机。`,
    )
  }
  return {
    baseUrl: set.XINGSHEN_LLM_BASE_URL.replace(/\/+$/, ''),
    model: set.XINGSHEN_LLM_MODEL,
    apiKey: set.XINGSHEN_LLM_API_KEY,
    hosts: set.XINGSHEN_LLM_HOSTS,
    timeoutMs: set.XINGSHEN_LLM_TIMEOUT * 1000,
    deadlineMs: set.XINGSHEN_LLM_DEADLINE * 1000,
    concurrency: set.XINGSHEN_LLM_CONCURRENCY,
    perMinute: set.XINGSHEN_LLM_PER_MINUTE,
    budget: set.XINGSHEN_LLM_TOKENS,
    price: set.XINGSHEN_LLM_PRICE ? { input, output } : null,
    extra: set.XINGSHEN_LLM_EXTRA,
    readingHelp: set.XINGSHEN_LLM_READING_HELP,
  }
}

/**
 * The settings of `XINGSHEN_OCR_*`, a vision endpoint that reads lines of scans. A picture of a form cannot be rid of names: only hosts of
 * one's own network are asked. Throws `LlmConfigError`.
 */
export function readVisionSettings(env: Record<string, string | undefined>): LlmSettings {
  const settings = readLlmSettings({
    XINGSHEN_LLM_BASE_URL: env.XINGSHEN_OCR_BASE_URL,
    XINGSHEN_LLM_MODEL: env.XINGSHEN_OCR_MODEL,
    XINGSHEN_LLM_API_KEY: env.XINGSHEN_OCR_API_KEY,
    XINGSHEN_LLM_PER_MINUTE: '10000',
  })
  if (!settings) throw new LlmConfigError('没有配置视觉模型：请设置 XINGSHEN_OCR_BASE_URL 和 XINGSHEN_OCR_MODEL。')
  if (!isOwnNetwork(new URL(settings.baseUrl).hostname))
    throw new LlmConfigError('申报书的图像含有个人信息，只能交给本机或内网的视觉模型识别。')
  return settings
}

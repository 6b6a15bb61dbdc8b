import type { Review } from '../schema.ts'

/** Which model was asked, and what it took. */
export function describeModel({ findings = [], usage }: Review): string | null {
  const models = [...new Set(findings.flatMap(({ data }) => (data?.model ? [data.model] : [])))]
  if (models.length === 0 && !usage?.llmCalls) return null
  const { llmCalls = 0, inputTokens = 0, outputTokens = 0, cost } = usage ?? {}
  const took =
    llmCalls === 0
      ? '沿用以前对同样文字的回答'
      : `${llmCalls} 次请求，输入 ${inputTokens}、输出 ${outputTokens} 词元${cost === undefined ? '' : `，约 ${cost} 元`}`
  return [models.join('、') || '没有可用的回答', took].join('：')
}

/** What a model said that cannot be shown. */
export const tellUngrounded = ({ usage }: Review): string[] =>
  usage?.ungrounded ? [`语言模型另提出 ${usage.ungrounded} 处疑问，所引文字不在申报书中，未予列出。`] : []

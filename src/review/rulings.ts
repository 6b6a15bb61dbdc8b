import { z } from 'zod'
import { Problem } from '../problem.ts'
import { isFinished } from './finished.ts'
import { parseAs, parseJson } from './request.ts'
import { type Review, Ruling } from './schema.ts'

const LONGEST_REASON = 2000

/** Body of `POST /v1/reviews/{id}/decisions`. */
export const RulingRequest = z
  .strictObject({
    rule: z.string().min(1).max(200),
    /** Where a rule has several findings: the place of the one meant among the review's `findings`, from 0. */
    finding: z.number().int().nonnegative().optional(),
    ruling: Ruling,
    reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
  })
  .refine(({ ruling, reason }) => ruling !== 'overrule' || reason !== undefined, {
    path: ['reason'],
    error: '不予采纳时须写明理由',
  })
  .meta({ id: 'RulingRequest' })
export type RulingRequest = z.infer<typeof RulingRequest>

/** Throws `Problem('invalid_declaration')`. */
export const parseRuling = (text: string): RulingRequest => parseAs(RulingRequest, parseJson(text))

/** Throws `Problem`: `busy` while the review is under way, `invalid_declaration` when it has no such finding. */
export function assertRulable({ status, findings = [] }: Review, { rule, finding }: RulingRequest): void {
  if (!isFinished({ status })) throw new Problem('busy', '审查尚未完成，完成后才能裁定。')
  if (finding === undefined && !findings.some((one) => one.rule === rule))
    throw refuse('/rule', '这份审查没有这条规则的结果')
  if (finding !== undefined && findings[finding]?.rule !== rule)
    throw refuse('/finding', '这份审查的该位置不是这条规则的结果')
}

function refuse(pointer: string, detail: string): Problem {
  return new Problem('invalid_declaration', `请求内容不符合格式：${detail}`, { errors: [{ pointer, detail }] })
}

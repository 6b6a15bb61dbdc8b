import { z } from 'zod'
import { normaliseDeclaration } from '../declaration/normalise.ts'
import { Declaration } from '../declaration/schema.ts'
import { Problem } from '../problem.ts'
import { Context } from '../rules/context.ts'
import { plainly, toError } from './issues.ts'

/** What a caller may ask for beside the documents (contract §2). */
export const ReviewOptions = z.object({
  pack: z.string().min(1).max(200).optional(),
  context: Context.optional(),
  /** Review under the rules and windows of that day. */
  asOf: z.iso.date().optional(),
  externalId: z.string().min(1).max(200).optional(),
  /** The review of which this is another run: it is no second declaration of the project. */
  rerunOf: z.string().min(1).max(200).optional(),
  /** Where to send word when the review is finished. Whether anything may be sent there is for whoever sends to say. */
  callbackUrl: z.string().min(1).max(2000).optional(),
})

/** Body of `POST /v1/reviews/{id}/reruns`: what is asked for otherwise than the first time. */
export const RerunRequest = ReviewOptions.pick({ pack: true, asOf: true, callbackUrl: true }).meta({
  id: 'RerunRequest',
})
export type RerunRequest = z.infer<typeof RerunRequest>

/** What the applicant filled in online, or a declaration system's own record. */
export type ReviewOptions = z.infer<typeof ReviewOptions> & { declaration?: Declaration }

/** Body of `POST /v1/reviews` as `application/json`; the declaration itself is parsed by `normaliseDeclaration`. */
export const ReviewRequest = ReviewOptions.extend({ declaration: Declaration }).meta({ id: 'ReviewRequest' })
export type ReviewRequest = z.infer<typeof ReviewRequest>

/**
 * Parses the options and, where given, the declaration. Throws `Problem('invalid_declaration')` with a JSON pointer for every
 * wrong place.
 */
export function parseReviewOptions(json: unknown): ReviewOptions {
  const { declaration, ...rest } = recordOf(json)
  const parsed = ReviewOptions.safeParse(rest, plainly)
  const form = declaration === undefined ? {} : parseDeclaration(declaration)
  const errors = [...(parsed.success ? [] : parsed.error.issues.map(toError)), ...(form.errors ?? [])]
  if (!parsed.success || form.errors) throw refuse(errors)
  return { ...parsed.data, ...(form.declaration ? { declaration: form.declaration } : {}) }
}

type Errors = NonNullable<Problem['errors']>

function parseDeclaration(json: unknown): { declaration?: Declaration; errors?: Errors } {
  try {
    return { declaration: normaliseDeclaration(json) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = error.errors?.length ? error.errors : [{ pointer: '', detail: error.message }]
    return { errors: errors.map((each) => ({ ...each, pointer: `/declaration${each.pointer}` })) }
  }
}

/** As `parseReviewOptions`; a declaration must be there. */
export function parseReviewRequest(json: unknown): ReviewOptions & { declaration: Declaration } {
  const { declaration, ...rest } = parseReviewOptions(json)
  if (declaration !== undefined) return { ...rest, declaration }
  throw refuse([{ pointer: '/declaration', detail: '缺少申报数据 declaration' }])
}

/** Parses a body that may be empty. Throws `Problem('invalid_declaration')`. */
export function parseRerun(text: string): RerunRequest {
  return parseAs(RerunRequest, text.trim() ? parseJson(text) : {})
}

/** Throws `Problem('invalid_declaration')` with a JSON pointer for every wrong place. */
export function parseAs<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const parsed = schema.safeParse(json, plainly)
  if (parsed.success) return parsed.data
  throw refuse(parsed.error.issues.map(toError))
}

/** Parses JSON that came in as text; `pointer` says what it is part of. */
export function parseJson(text: string, pointer = ''): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // The engine's message quotes the text, which may hold personal data.
    const place =
      error instanceof SyntaxError ? /position \d+( \(line \d+ column \d+\))?/.exec(error.message)?.[0] : null
    throw refuse([{ pointer, detail: place ? `不是有效的 JSON（${place}）` : '不是有效的 JSON' }])
  }
}

function recordOf(json: unknown): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json }
  throw refuse([{ pointer: '', detail: '应为一个 JSON 对象' }])
}

function refuse(errors: Errors): Problem {
  const [first] = errors
  const more = errors.length > 1 ? `等 ${errors.length} 处` : ''
  return new Problem('invalid_declaration', `请求内容不符合格式：${first?.detail ?? ''}${more}`, { errors })
}

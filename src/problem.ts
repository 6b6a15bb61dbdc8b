import { z } from 'zod'

/** Every way in which a request or a document can be refused: its HTTP status and what a secretary reads (contract §2). */
export const PROBLEMS = {
  unsupported_media_type: { status: 415, title: '不支持的文件类型' },
  too_large: { status: 413, title: '文件过大' },
  encrypted_document: { status: 422, title: '文件已加密' },
  corrupt_document: { status: 422, title: '文件无法打开' },
  too_many_pages: { status: 422, title: '页数过多' },
  invalid_declaration: { status: 422, title: '申报数据不符合格式' },
  unknown_pack: { status: 422, title: '无法确定适用的规则包' },
  unauthorized: { status: 401, title: '未登录' },
  forbidden: { status: 403, title: '无权操作' },
  not_found: { status: 404, title: '不存在' },
  rate_limited: { status: 429, title: '请求过于频繁' },
  idempotency_conflict: { status: 409, title: '幂等键冲突' },
  cancelled: { status: 409, title: '审查已取消' },
  busy: { status: 503, title: '服务繁忙' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

/** One place in the input that is wrong; `pointer` is an RFC 6901 JSON pointer. */
const ProblemDetailError = z.object({ pointer: z.string(), detail: z.string() })

/** RFC 9457 problem details with the contract's stable `code`. */
export const ProblemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(codes),
    detail: z.string(),
    errors: z.array(ProblemDetailError).optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemDetails = z.infer<typeof ProblemDetails>

/** The one error class: `detail` is a sentence for a person and never holds personal data from a document. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly errors: ProblemDetails['errors']

  constructor(code: ProblemCode, detail: string, options: { errors?: ProblemDetails['errors']; cause?: unknown } = {}) {
    super(detail, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.errors = options.errors
  }

  get status(): number {
    return PROBLEMS[this.code].status
  }

  toDetails(): ProblemDetails {
    const { status, title } = PROBLEMS[this.code]
    return {
      type: `urn:xingshen:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
    }
  }
}

import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import { isFinished } from '../review/finished.ts'
import { makeOnce } from '../review/once.ts'
import { parseJson, parseRerun, parseReviewRequest } from '../review/request.ts'
import type { ReviewInput } from '../review/reviewer.ts'
import type { Review } from '../review/schema.ts'
import type { ReviewService } from '../review/service.ts'
import type { Idempotency } from '../store/idempotency.ts'
import type { ApiEnv } from './auth.ts'
import { readIntent } from './intent.ts'
import { parseQuery, preferredWait, WaitQuery } from './query.ts'
import { readUpload } from './upload.ts'

export type SubmissionDeps = {
  service: ReviewService
  /** Without, a request with an `Idempotency-Key` is refused rather than its promise broken. */
  idempotency?: Idempotency | undefined
  /** Throws `Problem('invalid_declaration')` for a callback address to which nothing is sent. */
  assertCallback: (url: string) => void
}

/** What is asked for: `input` may have to be fetched first. */
type Wanted = { operation: string; content: ReviewInput; input?: () => Promise<ReviewInput>; wait: number }

/** Takes in what `POST /v1/reviews` hands over, and reruns: each once for its `Idempotency-Key`. */
export function createSubmissions({ service, idempotency, assertCallback }: SubmissionDeps) {
  async function submit(c: Context<ApiEnv>, { operation, content, input, wait }: Wanted): Promise<Review> {
    if (content.callbackUrl !== undefined) assertCallback(content.callbackUrl)
    const actor = c.get('actor')
    const { files, ...options } = content
    const intent = await readIntent(c, operation, options, files)
    if (intent && !idempotency) throw noKeys()
    const { made, repeated } = await makeOnce(idempotency, actor, intent, {
      async make(claim) {
        const also = ({ id }: Review) => claim(id)
        const { files, ...options } = input ? await input() : content
        return files.length === 0
          ? service.reviewJson(actor, options, { also })
          : service.submit(actor, { ...options, files }, { also })
      },
      find: (id) => service.get(actor, id),
    })
    if (repeated) c.header('Idempotent-Replayed', 'true')
    return isFinished(made) ? made : service.get(actor, made.id, wait)
  }

  return {
    async fromRequest(c: Context<ApiEnv>): Promise<Review> {
      const { wait } = parseQuery(WaitQuery, c.req.query())
      const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
      if (type === 'multipart/form-data') {
        const preferred = preferredWait(c.req.header('Prefer'))
        if (wait === undefined && preferred !== undefined) c.header('Preference-Applied', `wait=${preferred}`)
        await service.assertRoom()
        return submit(c, { operation: 'review', content: await readUpload(c), wait: wait ?? preferred ?? 0 })
      }
      if (type !== 'application/json') throw wrongType(type)
      const options = parseReviewRequest(parseJson(await c.req.text()))
      return submit(c, { operation: 'review', content: { ...options, files: [] }, wait: 0 })
    },

    /** What is left out of the body stays as it was asked for the first time. */
    async again(c: Context<ApiEnv>, id: string): Promise<Review> {
      const { wait = 0 } = parseQuery(WaitQuery, c.req.query())
      const asked = parseRerun(await c.req.text())
      await service.assertRoom()
      const input = async () => ({ ...(await service.inputOf(c.get('actor'), id)), ...asked })
      return submit(c, { operation: `rerun ${id}`, content: { ...asked, files: [] }, input, wait })
    },
  }
}

/** Without a store for them. */
export function noKeys(): Problem {
  const detail = '这个服务没有可以记住 Idempotency-Key 的存储，请去掉这个请求头'
  return new Problem('invalid_declaration', detail, { errors: [{ pointer: '', detail }] })
}

function wrongType(type: string): Problem {
  const got = type ? `收到的是 ${type.slice(0, 100)}` : '请求没有写明 Content-Type'
  return new Problem(
    'unsupported_media_type',
    `请用 multipart/form-data 上传文件，或用 application/json 提交申报数据；${got}。`,
  )
}

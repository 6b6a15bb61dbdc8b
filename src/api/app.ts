import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '../problem.ts'
import type { LogFault } from '../review/fault.ts'
import type { ReviewService } from '../review/service.ts'
import { describeApi } from './openapi.ts'
import { packRoutes } from './packs.ts'
import { answerProblem } from './problems.ts'
import { type LogRequest, requestLog } from './request-log.ts'
import { reviewRoutes } from './reviews.ts'
import { sameSite } from './same-site.ts'

export type AppDeps = {
  service: ReviewService
  version: string
  logFault: LogFault
  logRequest: LogRequest
  /** Of a whole request, in bytes. */
  maxBody?: number
}

/** The HTTP interface of contract §2. */
export function createApp({ service, version, logFault, logRequest, maxBody = 100 * 1024 * 1024 }: AppDeps): Hono {
  const app = new Hono()
  const tooLarge = new Problem(
    'too_large',
    `一次上传不能超过 ${Math.floor(maxBody / 1024 / 1024)} MB。请压缩图片或降低扫描分辨率后重新上传。`,
  )
  let api: object | undefined

  app.onError((error, c) => answerProblem(c, error, logFault))
  app.notFound((c) => answerProblem(c, new Problem('not_found', '没有这个地址。接口说明见 /openapi.json。'), logFault))
  app.use(requestLog(logRequest))
  app.use(async (c, next) => {
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
  })
  app.use('/v1/*', sameSite())
  app.use('/v1/*', bodyLimit({ maxSize: maxBody, onError: (c) => answerProblem(c, tooLarge, logFault) }))

  app.route('/v1/reviews', reviewRoutes(service))
  app.route('/v1/packs', packRoutes(service.packs))
  app.get('/healthz', (c) => c.json({ status: 'ok', version }))
  app.get('/readyz', async (c) => {
    await service.assertReady()
    return c.json({ status: 'ready', packs: service.packs.packs.size })
  })
  app.get('/openapi.json', (c) => {
    api ??= describeApi(version)
    return c.json(api)
  })
  return app
}

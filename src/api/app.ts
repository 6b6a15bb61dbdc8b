import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { LOCAL } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { LogFault } from '../review/fault.ts'
import type { Retention } from '../review/retention.ts'
import type { ReviewService } from '../review/service.ts'
import type { Idempotency } from '../store/idempotency.ts'
import type { WebhookService } from '../webhooks/service.ts'
import { forgetAnswered } from './answered.ts'
import { type AccessDeps, type ApiEnv, authenticate } from './auth.ts'
import { batchRoutes } from './batches.ts'
import { decisionRoutes } from './decisions.ts'
import { keyRoutes } from './keys.ts'
import { describeApi } from './openapi.ts'
import { packRoutes } from './packs.ts'
import { type ProbeDeps, probeRoutes } from './probes.ts'
import { answerMethod, answerProblem } from './problems.ts'
import { type ReferenceProgram, referenceRoutes } from './reference.ts'
import { type LogRequest, requestLog } from './request-log.ts'
import { reviewRoutes } from './reviews.ts'
import { requireRole } from './roles.ts'
import { sameSite } from './same-site.ts'
import { webhookRoutes } from './webhooks.ts'

export type AppDeps = {
  service: ReviewService
  version: string
  logFault: LogFault
  logRequest: LogRequest
  /** Without, everybody who reaches the service is its admin. */
  access?: AccessDeps
  /** Without, reviews stay after their answer. */
  retention?: Retention
  /** Without, requests with an `Idempotency-Key` are refused. */
  idempotency?: Idempotency
  /** Without, nothing is sent to others. */
  webhooks?: WebhookService
  /** Figures in the text format of Prometheus; without, there is nothing at `/metrics`. */
  metrics?: () => Promise<string>
  /** Without, there is no page at `/docs`. */
  reference?: ReferenceProgram
  /** Of a whole request, in bytes. */
  maxBody?: number
}

/** The HTTP interface of contract §2. */
export function createApp(deps: AppDeps): Hono<ApiEnv> {
  const {
    service,
    version,
    logFault,
    logRequest,
    access,
    retention,
    idempotency,
    webhooks,
    metrics,
    reference,
    maxBody = 100 * 1024 * 1024,
  } = deps
  const app = new Hono<ApiEnv>()
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
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerMethod }))
  app.use('/v1/*', sameSite())
  for (const path of ['/v1/*', '/metrics']) {
    app.use(path, access ? authenticate(access) : everybodyIsAdmin)
    app.use(path, requireRole())
  }
  if (retention) app.use('/v1/reviews/*', forgetAnswered(retention))
  app.use('/v1/*', bodyLimit({ maxSize: maxBody, onError: (c) => answerProblem(c, tooLarge, logFault) }))

  const assertCallback = webhooks ? (url: string) => webhooks.assertTarget(url, '/callbackUrl') : refuseCallback
  app.route('/v1/reviews', reviewRoutes({ service, idempotency, assertCallback }))
  app.route('/v1/reviews', decisionRoutes(service))
  if (service.batches) {
    const { batches } = service
    app.route('/v1/batches', batchRoutes({ service, batches, idempotency, assertCallback, retention }))
  }
  if (access) app.route('/v1/keys', keyRoutes(access))
  if (webhooks) app.route('/v1/webhooks', webhookRoutes(webhooks))
  app.route('/v1/packs', packRoutes(service.packs))
  app.route('/', probeRoutes({ service, version, ...(metrics ? { metrics } : {}) }))
  app.get('/openapi.json', (c) => {
    api ??= describeApi(version)
    return c.json(api)
  })
  if (reference) app.route('/docs', referenceRoutes(reference))
  return app
}

function refuseCallback(): never {
  const detail = '这个服务不推送结果。请去掉 callbackUrl，用 GET /v1/reviews/{id} 查询或用 ?wait= 等待结果'
  throw new Problem('invalid_declaration', detail, { errors: [{ pointer: '/callbackUrl', detail }] })
}

const everybodyIsAdmin: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set('actor', LOCAL)
  await next()
}

/** What a process answers that only works: the same probes, no interface. */
export function createProbeApp({ access, logFault, ...probes }: ProbeAppDeps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  app.onError((error, c) => answerProblem(c, error, logFault))
  app.use('/metrics', authenticate(access), requireRole())
  app.route('/', probeRoutes(probes))
  return app
}

export type ProbeAppDeps = ProbeDeps & { access: AccessDeps; logFault: LogFault }

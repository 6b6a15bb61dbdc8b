import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import { parseAs, parseJson } from '../review/request.ts'
import { DELIVERY_ID, ENDPOINT_ID } from '../webhooks/ids.ts'
import { Delivery, WebhookRequest } from '../webhooks/schema.ts'
import type { WebhookService } from '../webhooks/service.ts'
import type { ApiEnv } from './auth.ts'
import { linkNext } from './link.ts'
import { PageQuery, parseQuery } from './query.ts'
import { type QueryOf, takes } from './takes.ts'

const DeliveryQuery = PageQuery.extend({
  state: Delivery.shape.state.optional(),
  cursor: z.string().regex(DELIVERY_ID).optional(),
})

/** `/v1/webhooks`: where a tenant's messages go, and what became of them. */
export function webhookRoutes(webhooks: WebhookService) {
  return new Hono<ApiEnv>()
    .post('/', takes<{ json: z.input<typeof WebhookRequest> }>(), async (c) => {
      const made = await webhooks.add(c.get('actor'), parseAs(WebhookRequest, parseJson(await c.req.text())))
      c.header('Location', `/v1/webhooks/${made.id}`)
      c.header('Cache-Control', 'no-store')
      return c.json(made, 201)
    })
    .get('/', async (c) => c.json({ webhooks: await webhooks.list(c.get('actor')) }))
    .get('/:id', async (c) => c.json(await webhooks.get(c.get('actor'), idOf(c.req.param('id')))))
    .get('/:id/secret', async (c) => {
      c.header('Cache-Control', 'no-store')
      return c.json({ secret: await webhooks.secret(c.get('actor'), idOf(c.req.param('id'))) })
    })
    .delete('/:id', async (c) => {
      await webhooks.remove(c.get('actor'), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .get('/:id/deliveries', takes<{ query?: QueryOf<typeof DeliveryQuery> }>(), async (c) => {
      const { limit, cursor, state } = parseQuery(DeliveryQuery, c.req.query())
      const list = await webhooks.deliveries(
        c.get('actor'),
        idOf(c.req.param('id')),
        state === undefined ? {} : { state },
        { limit: limit + 1, ...(cursor === undefined ? {} : { after: cursor }) },
      )
      const deliveries = list.slice(0, limit)
      return c.json({ deliveries, next: linkNext(c, list.length > limit ? deliveries.at(-1)?.id : undefined) })
    })
    .post('/:id/deliveries/:delivery/replay', async (c) => {
      const { id, delivery } = c.req.param()
      return c.json(await webhooks.replay(c.get('actor'), idOf(id), delivery), 202)
    })
}

/** What is no id of ours is no endpoint. */
function idOf(text: string): string {
  if (ENDPOINT_ID.test(text)) return text
  throw new Problem('not_found', '没有这个推送地址，或已被删除。')
}

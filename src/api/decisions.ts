import { Hono } from 'hono'
import { parseRuling } from '../review/rulings.ts'
import type { ReviewService } from '../review/service.ts'
import type { ApiEnv } from './auth.ts'

/** `/v1/reviews/{id}/decisions`: what people rule on findings. */
export function decisionRoutes(service: ReviewService): Hono<ApiEnv> {
  return new Hono<ApiEnv>()
    .get('/:id/decisions', async (c) => {
      const { decisions = [] } = await service.get(c.get('actor'), c.req.param('id'))
      return c.json({ decisions })
    })
    .post('/:id/decisions', async (c) => {
      const decision = await service.decide(c.get('actor'), c.req.param('id'), parseRuling(await c.req.text()))
      return c.json(decision, 201)
    })
}

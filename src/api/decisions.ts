import { Hono } from 'hono'
import { parseRuling, type RulingRequest } from '../review/rulings.ts'
import type { ReviewService } from '../review/service.ts'
import type { ApiEnv } from './auth.ts'
import { takes } from './takes.ts'

/** `/v1/reviews/{id}/decisions`: what people rule on findings. */
export function decisionRoutes(service: ReviewService) {
  return new Hono<ApiEnv>()
    .get('/:id/decisions', async (c) => {
      const { decisions = [] } = await service.get(c.get('actor'), c.req.param('id'))
      return c.json({ decisions })
    })
    .post('/:id/decisions', takes<{ json: RulingRequest }>(), async (c) => {
      const decision = await service.decide(c.get('actor'), c.req.param('id'), parseRuling(await c.req.text()))
      return c.json(decision, 201)
    })
}

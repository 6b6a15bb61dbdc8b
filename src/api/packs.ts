import { Hono } from 'hono'
import { Problem } from '../problem.ts'
import { lookUpPack } from '../review/packs.ts'
import { describePack } from '../rules/engine/describe.ts'
import { hashPack } from '../rules/engine/hash.ts'
import type { Packs } from '../rules/engine/load.ts'

/** `/v1/packs`: which notices can be reviewed, and every rule, parameter and clause of one. */
export function packRoutes({ packs }: Packs) {
  return new Hono()
    .get('/', (c) => {
      const list = [...packs.values()].map(describePack).map(({ rules, summaryRules: _rules, ledger: _, ...pack }) => ({
        ...pack,
        rules: rules.length,
      }))
      return c.json({ packs: list })
    })
    .get('/:id', async (c) => {
      const pack = lookUpPack({ packs }, c.req.param('id'))
      if (!pack) throw new Problem('not_found', '没有这个规则包。')
      return c.json({ ...describePack(pack), hash: await hashPack(pack) })
    })
}

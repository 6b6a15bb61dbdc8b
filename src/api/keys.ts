import { Hono } from 'hono'
import { z } from 'zod'
import { ROLES } from '../access/actor.ts'
import { createKey, digestOfKey } from '../access/key.ts'
import { Problem } from '../problem.ts'
import { parseAs, parseJson } from '../review/request.ts'
import type { ApiKey, Keys } from '../store/keys.ts'
import type { ApiEnv } from './auth.ts'
import { takes } from './takes.ts'

/** Body of `POST /v1/keys`. */
export const KeyRequest = z
  .strictObject({
    role: z.enum(ROLES),
    /** Whose it is. */
    name: z.string().trim().min(1).max(100),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((time) => new Date(time).toISOString())
      .optional(),
  })
  .meta({ id: 'KeyRequest' })

/** `/v1/keys`: an admin's keys of the own tenant. The first key of all is made at the command line. */
export function keyRoutes({ keys, clock }: { keys: Keys; clock: () => Date }) {
  return new Hono<ApiEnv>()
    .get('/', async (c) => c.json({ keys: (await keys.list(c.get('actor').tenant)).map(withoutTenant) }))
    .post('/', takes<{ json: z.input<typeof KeyRequest> }>(), async (c) => {
      const { role, name, expiresAt } = parseAs(KeyRequest, parseJson(await c.req.text()))
      const { tenant, keyId } = c.get('actor')
      const { id, key } = await createKey()
      const createdAt = clock().toISOString()
      const kept: ApiKey = { id, tenant, name, role, createdAt, ...(expiresAt ? { expiresAt } : {}) }
      await keys.add({ ...kept, digest: await digestOfKey(key) }, keyId)
      c.header('Cache-Control', 'no-store')
      return c.json({ ...withoutTenant(kept), key }, 201)
    })
    .delete('/:id', async (c) => {
      const { tenant, keyId } = c.get('actor')
      const revoked = await keys.revoke(c.req.param('id'), { at: clock().toISOString(), actor: keyId, tenant })
      if (!revoked) throw new Problem('not_found', '没有这个密钥，或已停用。')
      return c.body(null, 204)
    })
}

const withoutTenant = ({ tenant: _, ...key }: ApiKey) => key

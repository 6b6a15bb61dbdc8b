import type { Actor } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { Delivery, DeliveryState } from '../store/deliveries.ts'
import { type Backlog, callbackEndpoint, type Endpoint } from '../store/endpoints.ts'
import type { Store } from '../store/store.ts'
import { CALLBACK, createEndpointId } from './ids.ts'
import type { Webhook, WebhookRequest } from './schema.ts'
import { createSecret } from './sign.ts'
import { type AllowedTargets, faultOfTarget, type TargetFault } from './targets.ts'

/** More would be a list of receivers kept in the wrong place. */
const MOST_ENDPOINTS = 20

const FAULTS: Record<TargetFault, string> = {
  not_a_url: '不是完整的网址，应以 https:// 开头',
  not_https: '须为 https:// 地址；内网的 http:// 地址须由管理员用 XINGSHEN_WEBHOOK_ALLOW 放行',
  has_credentials: '网址中不能带用户名或密码',
  address_not_public: '不能指向本机、内网或云平台元数据地址；确有需要时由管理员用 XINGSHEN_WEBHOOK_ALLOW 放行',
}

export type WebhookService = ReturnType<typeof createWebhookService>

export type WebhookServiceDeps = {
  store: Pick<Store, 'endpoints' | 'deliveries'>
  allowed: AllowedTargets
  clock: () => Date
  /** A message is to be sent at once. */
  wake: (deliveryId: string) => Promise<void>
}

/** Where a tenant's messages go and what became of them. Every method throws `Problem('not_found')` for what is not the tenant's. */
export function createWebhookService({ store, allowed, clock, wake }: WebhookServiceDeps) {
  const { endpoints, deliveries } = store

  /** The endpoint for callback addresses is made when somebody first asks for it. */
  async function resolve(tenant: string, id: string): Promise<string> {
    if (id !== CALLBACK) return id
    await endpoints.ensureCallback(tenant, createSecret(), clock().toISOString())
    return callbackEndpoint(tenant)
  }

  async function find(tenant: string, id: string): Promise<Endpoint & Backlog> {
    const endpoint = await endpoints.get(tenant, await resolve(tenant, id))
    if (endpoint) return endpoint
    throw new Problem('not_found', '没有这个推送地址，或已被删除。')
  }

  return {
    /** Throws `Problem('invalid_declaration')` with the pointer of an address to which nothing may be sent. */
    assertTarget(url: string, pointer: string): void {
      const fault = faultOfTarget(url, allowed)
      if (fault) throw refuse(pointer, FAULTS[fault])
    },

    /** Gives back the secret, too. Throws `Problem('invalid_declaration')`. */
    async add({ tenant, keyId }: Actor, { url, events }: WebhookRequest): Promise<Webhook & { secret: string }> {
      this.assertTarget(url, '/url')
      const existing = (await endpoints.list(tenant)).filter((each) => each.url !== undefined)
      if (existing.length >= MOST_ENDPOINTS) throw refuse('', `推送地址最多 ${MOST_ENDPOINTS} 个，请先删除不用的`)
      const now = clock()
      const endpoint = {
        id: createEndpointId(now),
        tenant,
        url,
        events: [...new Set(events)],
        createdAt: now.toISOString(),
      }
      const secret = createSecret()
      await endpoints.add(endpoint, secret, keyId)
      return { ...shown({ ...endpoint, waiting: 0, dead: 0 }), secret }
    },

    async list({ tenant }: Actor): Promise<Webhook[]> {
      return (await endpoints.list(tenant)).map(shown)
    },

    async get({ tenant }: Actor, id: string): Promise<Webhook> {
      return shown(await find(tenant, id))
    },

    async secret({ tenant }: Actor, id: string): Promise<string> {
      const secret = await endpoints.secret(tenant, (await find(tenant, id)).id)
      if (secret !== null) return secret
      throw new Problem('not_found', '没有这个推送地址，或已被删除。')
    },

    /** With `callback`: the next callback is signed with a new secret. */
    async remove({ tenant, keyId }: Actor, id: string): Promise<void> {
      const by = { at: clock().toISOString(), actor: keyId }
      await endpoints.remove(tenant, (await find(tenant, id)).id, by)
    },

    async deliveries(
      { tenant }: Actor,
      id: string,
      filter: { state?: DeliveryState },
      page: { limit: number; after?: string },
    ): Promise<Delivery[]> {
      return deliveries.list((await find(tenant, id)).id, filter, page)
    },

    async replay({ tenant }: Actor, id: string, deliveryId: string): Promise<Delivery> {
      const endpoint = await find(tenant, id)
      const delivery = await deliveries.replay(endpoint.id, deliveryId, clock().toISOString())
      if (!delivery) throw new Problem('not_found', '这个推送地址没有这条消息。')
      await wake(deliveryId)
      return delivery
    },
  }
}

function shown({ id, url, events, createdAt, disabledAt, waiting, dead }: Endpoint & Backlog): Webhook {
  return {
    id: url === undefined ? CALLBACK : id,
    ...(url === undefined ? {} : { url }),
    events,
    createdAt,
    ...(disabledAt === undefined ? {} : { disabledAt }),
    waiting,
    dead,
  }
}

function refuse(pointer: string, detail: string): Problem {
  return new Problem('invalid_declaration', `请求内容不符合格式：${detail}`, { errors: [{ pointer, detail }] })
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Announcement } from '../../../src/store/deliveries.ts'
import { callbackEndpoint } from '../../../src/store/endpoints.ts'
import { jobId } from '../../../src/store/jobs.ts'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, done, idOf, LEASE, type OpenStore, review, take } from './made.ts'

const LATER = '2024-11-20T08:05:00.000Z'

export function describeDeliveries(openStore: OpenStore): void {
  describe('messages', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    const endpoint = (id: string, events: string[], tenant = 'default') =>
      store.endpoints.add(
        { id, tenant, url: `https://${id}.example`, events, createdAt: AT },
        `secret of ${id}`,
        'local',
      )
    const announcement = (number: number, more: Partial<Announcement> = {}): Announcement => ({
      id: `msg_${number}`,
      tenant: 'default',
      event: 'review.done',
      subject: idOf(number),
      reviewId: idOf(number),
      body: '{}',
      at: AT,
      ...more,
    })
    const finish = async (number: number, more: Partial<Announcement> = {}) => {
      await store.reviews.accept(review(number), by())
      const also = store.deliveries.announce(announcement(number, more))
      return store.reviews.finish(await take(store, number), done(number), { also })
    }
    const claim = async (id: string) => {
      const lease = await store.jobs.claim(jobId('delivery', id), 'sender', LEASE)
      if (!lease) throw new Error('there is no such job to take')
      return lease
    }
    const list = (id: string) => store.deliveries.list(id, {}, { limit: 10 })

    test('are made for every endpoint of the tenant that wants such an event, each with its job', async () => {
      await endpoint('whe_a', ['review.done', 'review.failed'])
      await endpoint('whe_b', ['review.done'])
      await endpoint('whe_c', ['review.failed'])
      await endpoint('whe_d', ['review.done'], 'north')
      expect(await finish(1)).toBe(true)
      expect(await list('whe_a')).toEqual([
        {
          id: 'msg_1_a',
          url: 'https://whe_a.example',
          event: 'review.done',
          subject: 'rev_0001',
          state: 'waiting',
          attempts: 0,
          createdAt: AT,
          nextAt: AT,
        },
      ])
      expect(await list('whe_b')).toMatchObject([{ id: 'msg_1_b' }])
      expect(await list('whe_c')).toEqual([])
      expect(await list('whe_d')).toEqual([])
      const due = await store.jobs.due('delivery', 10)
      expect(due.map(({ id }) => id).sort()).toEqual(['delivery/msg_1_a', 'delivery/msg_1_b'])
      expect(await store.deliveries.open('msg_1_a')).toEqual({
        id: 'msg_1_a',
        url: 'https://whe_a.example',
        body: '{}',
        secret: 'secret of whe_a',
        attempts: 0,
      })
    })

    test('are not made when the review is not finished by this', async () => {
      await endpoint('whe_a', ['review.done'])
      await store.reviews.accept(review(1), by())
      const lost = await take(store, 1, 'dead', 0)
      await store.jobs.expire()
      const lease = await take(store, 1, 'alive')
      const also = () => store.deliveries.announce(announcement(1, { id: `msg_${crypto.randomUUID()}` }))
      expect(await store.reviews.finish(lost, done(1), { also: also() })).toBe(false)
      expect(await store.reviews.finish(lease, done(1), { also: also() })).toBe(true)
      expect(await store.reviews.finish(lease, done(1), { also: also() })).toBe(false)
      expect(await list('whe_a')).toHaveLength(1)
    })

    test('to a callback address are signed with the tenant’s own secret, which is made once', async () => {
      await store.endpoints.ensureCallback('default', 'first', AT)
      await store.endpoints.ensureCallback('default', 'second', AT)
      await store.endpoints.ensureCallback('north', 'other', AT)
      await finish(1, { callback: { url: 'https://caller.example/hook', secret: 'third' } })
      await finish(2)
      expect(await list(callbackEndpoint('default'))).toMatchObject([
        { id: 'msg_1', url: 'https://caller.example/hook' },
      ])
      expect(await store.deliveries.open('msg_1')).toMatchObject({
        url: 'https://caller.example/hook',
        secret: 'first',
      })
      expect(await list(callbackEndpoint('north'))).toEqual([])
    })

    test('keep what came of each attempt, until they are delivered or given up', async () => {
      await endpoint('whe_a', ['review.done'])
      await finish(1)
      await finish(2)
      const first = await claim('msg_1_a')
      const waiting = { at: AT, state: 'waiting', nextAt: LATER, error: 'http_500' } as const
      expect(await store.deliveries.record(first, waiting)).toBe(true)
      expect(await list('whe_a')).toMatchObject([
        { id: 'msg_2_a', attempts: 0 },
        { id: 'msg_1_a', state: 'waiting', attempts: 1, attemptedAt: AT, nextAt: LATER, lastError: 'http_500' },
      ])
      expect((await store.deliveries.open('msg_1_a'))?.attempts).toBe(1)
      expect(await store.deliveries.record(first, { at: LATER, state: 'delivered' })).toBe(true)
      expect(await store.deliveries.open('msg_1_a')).toBeNull()
      const second = await claim('msg_2_a')
      await store.deliveries.record(second, { at: LATER, state: 'dead', error: 'timeout', gone: false })
      const dead = await store.deliveries.list('whe_a', { state: 'dead' }, { limit: 10 })
      expect(dead.map(({ id, lastError, nextAt }) => [id, lastError, nextAt])).toEqual([
        ['msg_2_a', 'timeout', undefined],
      ])
      expect(await store.endpoints.get('default', 'whe_a')).toMatchObject({ waiting: 0, dead: 1 })
      await store.jobs.complete(second)
      expect(await store.deliveries.record(second, { at: LATER, state: 'delivered' })).toBe(false)
    })

    test('are listed page by page, the newest first', async () => {
      await endpoint('whe_a', ['review.done'])
      for (const number of [1, 2, 3]) await finish(number)
      const page = await store.deliveries.list('whe_a', {}, { limit: 2 })
      expect(page.map(({ id }) => id)).toEqual(['msg_3_a', 'msg_2_a'])
      const next = await store.deliveries.list('whe_a', {}, { limit: 2, after: 'msg_2_a' })
      expect(next.map(({ id }) => id)).toEqual(['msg_1_a'])
    })

    test('are sent again under their own id when a person asks for it', async () => {
      await endpoint('whe_a', ['review.done'])
      await endpoint('whe_b', ['review.done'])
      await finish(1)
      const lease = await claim('msg_1_a')
      await store.deliveries.record(lease, { at: AT, state: 'dead', error: 'timeout', gone: false })
      await store.jobs.complete(lease)
      expect(await store.deliveries.replay('whe_b', 'msg_1_a', LATER)).toBeNull()
      expect(await store.deliveries.open('msg_1_a')).toBeNull()
      expect(await store.deliveries.replay('whe_a', 'msg_1_a', LATER)).toMatchObject({
        id: 'msg_1_a',
        state: 'waiting',
        attempts: 0,
        nextAt: LATER,
      })
      await claim('msg_1_a')
      expect(await store.deliveries.open('msg_1_a')).not.toBeNull()
    })

    test('end with an endpoint that wants no more, until one sent again is taken', async () => {
      await endpoint('whe_a', ['review.done'])
      await endpoint('whe_b', ['review.done'])
      await finish(1)
      await finish(2)
      await store.deliveries.record(await claim('msg_1_a'), { at: AT, state: 'dead', error: 'http_410', gone: true })
      expect(await list('whe_a')).toMatchObject([
        { id: 'msg_2_a', state: 'dead', lastError: 'endpoint_disabled' },
        { id: 'msg_1_a', state: 'dead', lastError: 'http_410' },
      ])
      expect(await store.endpoints.get('default', 'whe_a')).toMatchObject({ disabledAt: AT, dead: 2 })
      await finish(3)
      expect(await list('whe_a')).toHaveLength(2)
      expect(await list('whe_b')).toHaveLength(3)
      await store.deliveries.replay('whe_a', 'msg_2_a', LATER)
      await store.deliveries.record(await claim('msg_2_a'), { at: LATER, state: 'delivered' })
      expect(await store.endpoints.get('default', 'whe_a')).not.toHaveProperty('disabledAt')
    })

    test('to a callback address need nothing made beforehand', async () => {
      await finish(1, { callback: { url: 'https://a.example', secret: 'new' } })
      expect(await store.deliveries.open('msg_1')).toMatchObject({ secret: 'new' })
      expect(await store.endpoints.secret('default', callbackEndpoint('default'))).toBe('new')
    })

    test('to one callback address that wants no more do not end the others', async () => {
      await finish(1, { callback: { url: 'https://a.example', secret: 's' } })
      await finish(2, { callback: { url: 'https://b.example', secret: 's' } })
      await store.deliveries.record(await claim('msg_1'), { at: AT, state: 'dead', error: 'http_410', gone: true })
      expect(await store.deliveries.open('msg_2')).not.toBeNull()
      expect(await store.endpoints.get('default', callbackEndpoint('default'))).not.toHaveProperty('disabledAt')
    })

    test('go with their endpoint and with their review', async () => {
      await endpoint('whe_a', ['review.done'])
      await endpoint('whe_b', ['review.done'])
      await finish(1)
      await finish(2)
      expect(await store.endpoints.remove('north', 'whe_a', { at: AT, actor: 'local' })).toBe(false)
      expect(await store.endpoints.remove('default', 'whe_a', { at: LATER, actor: 'xs_1' })).toBe(true)
      expect(await store.deliveries.open('msg_1_a')).toBeNull()
      expect(await store.audit.of('whe_a')).toMatchObject([
        { action: 'webhook-added', actor: 'local', detail: { host: 'whe_a.example', events: ['review.done'] } },
        { action: 'webhook-removed', actor: 'xs_1', at: LATER },
      ])
      await store.reviews.erase('rev_0001', AT)
      expect((await list('whe_b')).map(({ id }) => id)).toEqual(['msg_2_b'])
    })
  })

  describe('endpoints', () => {
    test('are each tenant’s own, with their secrets', async () => {
      const { store, close } = await openStore()
      const made = { url: 'https://a.example', events: ['review.done', 'batch.done'], createdAt: AT }
      await store.endpoints.add({ id: 'whe_1', tenant: 'default', ...made }, 's1', 'local')
      await store.endpoints.add({ id: 'whe_2', tenant: 'north', ...made }, 's2', 'local')
      const first = { id: 'whe_1', tenant: 'default', ...made, waiting: 0, dead: 0 }
      expect(await store.endpoints.list('default')).toEqual([first])
      expect(await store.endpoints.get('default', 'whe_1')).toEqual(first)
      expect(await store.endpoints.get('default', 'whe_2')).toBeNull()
      expect(await store.endpoints.secret('default', 'whe_1')).toBe('s1')
      expect(await store.endpoints.secret('default', 'whe_2')).toBeNull()
      await close()
    })
  })
}

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ProblemDetails } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import { compliant } from '../review/service-under-test.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

let opened: TestApp
beforeEach(async () => {
  opened = await openTestApp()
})
afterEach(() => opened.close())

type Page = { reviews: Review[]; next: string | null }

async function review(externalId: string, declaration: object = compliant): Promise<string> {
  const body = JSON.stringify({ declaration, externalId })
  const headers = { 'Content-Type': 'application/json' }
  const response = await opened.app.request('/v1/reviews', { method: 'POST', headers, body })
  return ((await response.json()) as Review).id
}

/** All pages from this address on, as their `Link` headers lead. */
async function follow(
  address: string | undefined,
  between: () => Promise<unknown> = async () => {},
): Promise<Review[]> {
  if (address === undefined) return []
  const response = await opened.app.request(address)
  const { reviews, next } = (await response.json()) as Page
  const link = response.headers.get('Link') ?? ''
  expect(link === '').toBe(next === null)
  await between()
  return [...reviews, ...(await follow(/^<([^>]+)>; rel="next"$/.exec(link)?.[1], between))]
}

test('a list is whole however many arrive while it is read', async () => {
  const ids: string[] = []
  for (let number = 0; number < 9; number++) ids.unshift(await review(`E-${number}`))
  const read = await follow('/v1/reviews?limit=2', () => review('later'))
  expect(read.map(({ id }) => id)).toEqual(ids)
})

test('the next page keeps the filters', async () => {
  const returned = { ...compliant, leader: { employed: false } }
  for (let number = 0; number < 5; number++) await review('E 1&2', number % 2 === 0 ? returned : compliant)
  const read = await follow('/v1/reviews?limit=1&verdict=return&externalId=E%201%262&from=2000-01-01')
  expect(read.map(({ verdict }) => verdict)).toEqual(['return', 'return', 'return'])
})

test('reviews are found by their batch', async () => {
  const batched = await opened.service.reviewJson(
    { tenant: 'default', keyId: 'local', role: 'admin' },
    { declaration: compliant },
    { batchId: 'bat_1' },
  )
  await review('E-1')
  expect((await follow('/v1/reviews?batch=bat_1')).map(({ id }) => id)).toEqual([batched.id])
  expect(await follow('/v1/reviews?batch=bat_2')).toEqual([])
})

test('what is no cursor is refused', async () => {
  const response = await opened.app.request('/v1/reviews?cursor=2')
  expect(((await response.json()) as ProblemDetails).errors).toMatchObject([{ pointer: '/cursor' }])
})

import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { describeApi } from '../../src/api/openapi.ts'
import { openTestApp } from './app-under-test.ts'

type Operation = {
  responses: Record<string, { content?: Record<string, unknown> }>
  requestBody?: { content: Record<string, unknown> }
}
type Described = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } }

const api = describeApi('9.9.9') as Described
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
)

async function faultsOf(document: object): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'info-license': 'off', 'operation-4xx-response': 'off', 'no-invalid-media-type-examples': 'error' },
  })
  const found = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: '/openapi.json' })
  return found.map(({ ruleId, message, location: [place] }) => `${ruleId}: ${message} ${place?.pointer}`)
}

describe('the description of the interface', () => {
  test('has no fault that a checker of OpenAPI finds', async () => {
    expect(await faultsOf(api)).toEqual([])
  })

  test('would have one if a reference led nowhere or a parameter were missing', async () => {
    const { Review: _, ...schemas } = api.components.schemas
    expect((await faultsOf({ ...api, components: { ...api.components, schemas } })).join()).toContain(
      'no-unresolved-refs',
    )
    const get = { ...api.paths['/v1/reviews/{id}']?.get, parameters: [] }
    const faults = await faultsOf({ ...api, paths: { ...api.paths, '/v1/reviews/{id}': { get } } })
    expect(faults.join()).toContain('path-parameters-defined')
  })

  test.each(operations.filter(([name]) => name.includes('/v1/')))('%s tells of keys and limits', (_, { responses }) => {
    for (const status of ['401', '403', '429']) {
      expect(Object.keys(responses[status]?.content ?? {})).toEqual(['application/problem+json'])
    }
  })

  test('has every route that there is, and no other', async () => {
    const { app, close } = await openTestApp()
    const routes = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('.js'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}').replace(/\/$/, '')}`)
    expect(operations.map(([name]) => name).sort()).toEqual([...new Set(routes)].sort())
    await close()
  })

  test('tells of uploads and events', () => {
    const upload = api.paths['/v1/reviews']?.post?.requestBody?.content ?? {}
    expect(upload['multipart/form-data']).toMatchObject({ schema: { required: ['file'] } })
    expect(api.paths['/v1/reviews/{id}/events']?.get?.responses['200']?.content).toHaveProperty('text/event-stream')
  })
})

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createPost } from '../../src/platform/node/webhook-post.ts'
import { readAllowedTargets } from '../../src/webhooks/targets.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function receiver(answer: RequestListener) {
  const asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url: request.url, headers: request.headers, body })
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { asked, port }
}

const local = readAllowedTargets('127.0.0.1')
const message = { headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' }, body: '{"状态":"done"}' }
const post = createPost(local)

describe('sending', () => {
  test('gives the receiver the headers and the body, and back its status', async () => {
    const { asked, port } = await receiver((_, response) => response.writeHead(202).end('whatever'))
    expect(await post({ url: `http://127.0.0.1:${port}/hook?a=1`, ...message })).toEqual({ status: 202 })
    expect(asked).toEqual([
      { url: '/hook?a=1', body: message.body, headers: expect.objectContaining({ 'webhook-id': 'msg_1' }) },
    ])
  })

  test('does not follow a redirect, wherever it leads', async () => {
    const { asked, port } = await receiver((_, response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${port}/elsewhere` }).end()
    })
    expect(await post({ url: `http://127.0.0.1:${port}/hook`, ...message })).toEqual({ status: 307 })
    expect(asked.map(({ url }) => url)).toEqual(['/hook'])
  })

  test('passes on when to come back, and does not wait for the end of an endless body', async () => {
    const { port } = await receiver((_, response) => {
      response.writeHead(503, { 'Retry-After': '7' })
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 5)
      response.on('close', () => clearInterval(timer))
    })
    expect(await post({ url: `http://127.0.0.1:${port}/`, ...message })).toEqual({ status: 503, retryAfter: '7' })
  })

  test('gives up on a receiver that does not answer', async () => {
    const { port } = await receiver(() => {})
    const hasty = createPost(local, 100)
    expect(await hasty({ url: `http://127.0.0.1:${port}/`, ...message })).toEqual({ fault: 'timeout' })
  })

  test('says so when nobody listens, and when it is no TLS', async () => {
    const { port } = await receiver((_, response) => response.end())
    expect(await post({ url: 'http://127.0.0.1:9/', ...message })).toEqual({ fault: 'unreachable' })
    expect('fault' in (await post({ url: `https://127.0.0.1:${port}/`, ...message }))).toBe(true)
  })
})

describe('an address that is not public', () => {
  test('is not connected to: neither by number nor by a name that resolves to it', async () => {
    const { asked, port } = await receiver((_, response) => response.end())
    const strict = createPost(readAllowedTargets(undefined))
    for (const url of [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`]) {
      expect(await strict({ url, ...message })).toEqual({ fault: 'address_not_public' })
    }
    expect(asked).toEqual([])
  })

  test('is refused to a host that may be sent to in plain text only by its address', async () => {
    const { asked, port } = await receiver((_, response) => response.end())
    expect(await post({ url: `http://localhost:${port}/`, ...message })).toEqual({ fault: 'address_not_public' })
    const named = createPost(readAllowedTargets('localhost'))
    expect(await named({ url: `http://localhost:${port}/`, ...message })).toEqual({ status: 200 })
    expect(asked).toHaveLength(1)
  })
})

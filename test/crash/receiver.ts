import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Takes webhooks and notes under which ids each review was told of. One in ten is refused, as receivers do, but none twice: the waits
 * between further attempts are longer than this test.
 */
export async function startReceiver() {
  const idsOf = new Map<string, Set<string>>()
  const refused = new Set<string>()
  let received = 0
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const webhook = String(request.headers['webhook-id'])
    if (++received % 10 === 0 && !refused.has(webhook)) {
      refused.add(webhook)
      return void response.writeHead(500).end()
    }
    const { data } = JSON.parse(text) as { data: { id: string } }
    const ids = idsOf.get(data.id) ?? new Set()
    idsOf.set(data.id, ids.add(webhook))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`,
    idsOf,
    received: () => received,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

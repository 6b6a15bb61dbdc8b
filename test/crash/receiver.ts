import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes webhooks and notes under which ids each review was told of. One in ten is refused at first, as receivers do. */
export async function startReceiver() {
  const idsOf = new Map<string, Set<string>>()
  let received = 0
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    if (++received % 10 === 0) return void response.writeHead(500).end()
    const { data } = JSON.parse(text) as { data: { id: string } }
    const ids = idsOf.get(data.id) ?? new Set()
    idsOf.set(data.id, ids.add(String(request.headers['webhook-id'])))
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

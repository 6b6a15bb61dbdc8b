/** Receives messages: SECRET=whsec_… node receiver.ts PORT */
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.SECRET ?? '')
/** In a database of yours: a message may come more than once. */
const seen = new Set<string>()

createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  try {
    // Of the bytes as they came: parsed and written again they would be others.
    const message = webhook.verify(Buffer.concat(chunks).toString(), headers) as { type: string; data: { id: string } }
    const id = headers['webhook-id'] ?? ''
    if (!seen.has(id)) console.log('genuine', message.type, message.data.id)
    seen.add(id)
    // Within 15 seconds: what takes longer is done afterwards.
    response.writeHead(204).end()
  } catch {
    console.log('forged')
    response.writeHead(401).end()
  }
}).listen(Number(process.argv[2] ?? 9000), '127.0.0.1', () => console.log('listening'))

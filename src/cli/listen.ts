import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

/** How long open connections may take to finish when the service stops, in milliseconds. */
const GRACE = 10_000

export type Listening = {
  /** `http://127.0.0.1:8787`. */
  url: string
  /** Takes no further connections; `ended` is settled when the open ones are done, at the latest after ten seconds. */
  close(): { ended: Promise<void> }
}

/** The port cannot be listened on; `message` says why. */
export class ListenError extends Error {}

const CAUSES: Record<string, string> = {
  EADDRINUSE: '端口已被占用',
  EACCES: '没有使用该端口的权限',
  EADDRNOTAVAIL: '本机没有这个地址',
}

/** Throws `ListenError`. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new ListenError(`无法在 ${host}:${port} 上监听：${CAUSES[code] ?? code}`)
  }
  return {
    url: urlOf(server.address() as AddressInfo),
    close() {
      const closed = once(server, 'close')
      server.close()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE)
      return { ended: closed.then(() => clearTimeout(timer)) }
    },
  }
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`

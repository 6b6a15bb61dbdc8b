import { ModelFailure } from './failure.ts'

type Fetch = typeof globalThis.fetch

/** Vendors whose service runs in mainland China; every other host outside one's own network must be allowed by name. */
export const MAINLAND_HOSTS: readonly string[] = [
  'api.deepseek.com',
  'dashscope.aliyuncs.com',
  'open.bigmodel.cn',
  'api.moonshot.cn',
  'ark.cn-beijing.volces.com',
  'api.siliconflow.cn',
]

const OWN_NETWORK =
  /^(?:localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|\[(?:::1|f[cd][0-9a-f:]+)\])$/i

/** Names that no public server can have: without a dot (a container's), and those set aside (RFC 6762, RFC 8375, ICANN 2024-07-29). */
const OWN_NAME = /^(?:[a-z0-9_-]*[a-z_-][a-z0-9_-]*|[a-z0-9_.-]+\.(?:local|localhost|internal|home\.arpa))$/i

/** This machine, a private address (RFC 1918, RFC 4193) or a name of one's own network. */
export const isOwnNetwork = (host: string): boolean => OWN_NETWORK.test(host) || OWN_NAME.test(host)

/** Whether text of a form may be sent to `address`. Outside one's own network only by HTTPS. */
export function isAllowedAddress(address: string, further: readonly string[] = []): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, host } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const listed = further.includes(hostname) || further.includes(host)
  if (isOwnNetwork(hostname)) return true
  return protocol === 'https:' && (listed || MAINLAND_HOSTS.includes(hostname))
}

/** `fetch` that refuses every other host, also by way of a redirect. Throws `ModelFailure('host')`. */
export function guardFetch(fetch: Fetch, further: readonly string[] = []): Fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    if (!isAllowedAddress(address, further)) throw new ModelFailure('host')
    return fetch(input, { ...init, redirect: 'manual' })
  }
}

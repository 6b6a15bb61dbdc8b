import ipaddr from 'ipaddr.js'

/** Where messages may go although the address is not public: the operator's own network. */
export type AllowedTargets = { hosts: ReadonlySet<string>; networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] }

/** Why nothing is sent to an address; the values are shown to callers. */
export type TargetFault = 'not_a_url' | 'not_https' | 'has_credentials' | 'address_not_public'

/** Reached from a virtual machine in one vendor's cloud, though the address looks public: Azure's own service. */
const METADATA = new Set(['168.63.129.16'])

/** All that is handed out to the open network (RFC 4291, 2.5.4); outside of it `::127.0.0.1` too looks like any other address. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/**
 * `XINGSHEN_WEBHOOK_ALLOW`: host names, addresses and CIDR networks with commas between them. Throws when one of them is none of these.
 */
export function readAllowedTargets(text: string | undefined): AllowedTargets {
  const entries = (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const networks = entries.filter((entry) => entry.includes('/')).map((entry) => ipaddr.parseCIDR(entry))
  const hosts = entries.filter((entry) => !entry.includes('/')).map((entry) => hostOf(`https://${bracketed(entry)}`))
  return { hosts: new Set(hosts), networks }
}

/** An IPv6 address stands in brackets in a URL. */
const bracketed = (host: string) => (ipaddr.IPv6.isValid(host) ? `[${host}]` : host)

function hostOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed?.pathname === '/' && parsed.port === '' && parsed.username === '') return nameOf(parsed)
  throw new Error(`no host, address or network: ${url.slice('https://'.length)}`)
}

/** Lower case, without the dot of a full name and without brackets. */
const nameOf = ({ hostname }: URL) => hostname.replace(/\.$/, '').replace(/^\[(.*)\]$/, '$1')

/**
 * What is wrong with an address to send to, as far as it can be seen without asking for its name; null when nothing is. Only `https`
 * unless the operator allowed the host: on the way through the open network a message could be read and held back.
 */
export function faultOfTarget(text: string, allowed: AllowedTargets): TargetFault | null {
  const url = URL.parse(text)
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'not_a_url'
  if (url.username !== '' || url.password !== '') return 'has_credentials'
  const host = nameOf(url)
  if (ipaddr.isValid(host) && !mayConnect(host, host, allowed)) return 'address_not_public'
  if (url.protocol === 'http:' && !isAllowed(host, allowed)) return 'not_https'
  return null
}

/**
 * Whether a connection may be made to the address to which a host's name has just been resolved. A name that was public when it was
 * given may point into the operator's network by now.
 */
export function mayConnect(host: string, address: string, allowed: AllowedTargets): boolean {
  if (allowed.hosts.has(host.replace(/\.$/, '').toLowerCase())) return true
  const parsed = ipaddr.process(address)
  if (allowed.networks.some((network) => isInside(parsed, network))) return true
  if (parsed.kind() === 'ipv6' && !isInside(parsed, GLOBAL_IPV6)) return false
  return parsed.range() === 'unicast' && !METADATA.has(parsed.toString())
}

function isAllowed(host: string, allowed: AllowedTargets): boolean {
  if (allowed.hosts.has(host)) return true
  return ipaddr.isValid(host) && allowed.networks.some((network) => isInside(ipaddr.process(host), network))
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

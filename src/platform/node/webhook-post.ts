import { type LookupAddress, lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Answer, Post, SendFault } from '../../webhooks/outcome.ts'
import { type AllowedTargets, faultOfTarget, mayConnect } from '../../webhooks/targets.ts'

/** From connecting to the status line, in milliseconds. */
const TIMEOUT = 15_000

class AddressRefused extends Error {}

/** Requests whose addresses are judged at the moment of connecting: a name may resolve otherwise than when it was looked at. */
export function createPost(allowed: AllowedTargets, timeout = TIMEOUT): Post {
  const guarded = guard(allowed)
  return async ({ url, headers, body }) => {
    if (faultOfTarget(url, allowed)) return { fault: 'address_not_public' }
    const { request } = url.startsWith('https:') ? https : http
    const signal = AbortSignal.timeout(timeout)
    return new Promise<Answer>((resolve) => {
      const sent = request(url, { method: 'POST', headers, agent: false, lookup: guarded, signal }, (response) => {
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
        // The body could be endless.
        response.destroy()
      })
      sent.on('error', (error) => resolve({ fault: signal.aborted ? 'timeout' : faultOf(error) }))
      sent.end(body)
    })
  }
}

function guard(allowed: AllowedTargets): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? []
      if (error || !first) done(error ?? new Error('no address'), '')
      else if (!addresses.every(({ address }) => mayConnect(host, address, allowed))) done(new AddressRefused(), '')
      else if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

function faultOf(error: Error): SendFault {
  if (error instanceof AddressRefused) return 'address_not_public'
  const code = 'code' in error ? String(error.code) : ''
  if (['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code)) return 'name_not_found'
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) ? 'tls' : 'unreachable'
}

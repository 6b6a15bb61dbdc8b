import type { Post } from '../../webhooks/outcome.ts'
import { type AllowedTargets, faultOfTarget } from '../../webhooks/targets.ts'

/** Milliseconds for an answer. */
const TIMEOUT = 10_000

/** A Worker's requests leave for the open network only, whatever a name resolves to; what is written as a number is judged here. */
export function createFetchPost(allowed: AllowedTargets): Post {
  return async ({ url, headers, body }) => {
    if (faultOfTarget(url, allowed)) return { fault: 'address_not_public' }
    const signal = AbortSignal.timeout(TIMEOUT)
    try {
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
      await response.body?.cancel()
      return { status: response.status, retryAfter: response.headers.get('Retry-After') ?? undefined }
    } catch {
      return { fault: signal.aborted ? 'timeout' : 'unreachable' }
    }
  }
}

import { Webhook } from 'standardwebhooks'

/** 256 bits; the prefix marks it as a secret of Standard Webhooks. */
export function createSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`
}

/**
 * The headers by which a receiver knows that the body is ours and new. `at` is the time of this attempt; the id stays the same for
 * every attempt.
 */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'xingshen-webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
}

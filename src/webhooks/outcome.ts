import { readRetryAfter, waitAfter } from './backoff.ts'

/** Why a receiver gave no answer. */
export type SendFault = 'address_not_public' | 'name_not_found' | 'timeout' | 'tls' | 'unreachable'

/** What came back; bodies are not looked at. */
export type Answer = { status: number; retryAfter?: string | undefined } | { fault: SendFault }

/**
 * One request over the network: no redirect is followed, as it could lead anywhere; no address is connected to that `mayConnect`
 * refuses; it ends after some seconds. Never throws.
 */
export type Post = (request: { url: string; headers: Record<string, string>; body: string }) => Promise<Answer>

/** `retry` after so many milliseconds; `dead` until a person has it sent again; `gone` ends the whole endpoint. */
export type SendOutcome =
  | { state: 'delivered'; status: number }
  | { state: 'waiting'; wait: number; error: string }
  | { state: 'dead'; error: string; gone: boolean }

const GONE = 410

/**
 * What an answer means after so many attempts (this one counted). Anything but 2xx is a failure, redirects too; 410 says that the
 * receiver wants no more; an address that must not be connected to is not tried again.
 */
export function judgeAnswer(answer: Answer, attempts: number, now: Date, random: number): SendOutcome {
  if ('fault' in answer) {
    if (answer.fault === 'address_not_public') return { state: 'dead', error: answer.fault, gone: false }
    return retry(answer.fault, waitAfter(attempts, random))
  }
  const { status, retryAfter } = answer
  if (status >= 200 && status < 300) return { state: 'delivered', status }
  if (status === GONE) return { state: 'dead', error: `http_${status}`, gone: true }
  return retry(`http_${status}`, waitAfter(attempts, random, readRetryAfter(retryAfter, now)))
}

function retry(error: string, wait: number | null): SendOutcome {
  return wait === null ? { state: 'dead', error, gone: false } : { state: 'waiting', wait, error }
}

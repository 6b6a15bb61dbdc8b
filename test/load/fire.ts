import { setTimeout as sleep } from 'node:timers/promises'
import autocannon, { type Options, type Result } from 'autocannon'

export type Body = { headers: Record<string, string>; body: Buffer | string }

/** `rate`: requests a second. */
export type Volley = { rate: number; bodies: Body[] }

export type Fired = {
  taken: number
  /** Refused with 429 or 503 and a `Retry-After`. */
  later: number
  /** Whatever else was answered, and connections that broke. */
  wrong: string[]
  /** Milliseconds until each answer. */
  times: number[]
}

/**
 * Sends every body once, at a steady rate: each connection sends one a second, one after the other. All of them on one connection or at
 * the same moment, as autocannon does by itself, would measure how long ten requests wait for each other.
 */
export async function fire(url: string, { rate, bodies }: Volley): Promise<Fired> {
  const fired: Fired = { taken: 0, later: 0, wrong: [], times: [] }
  const lanes = [...Map.groupBy(bodies.entries(), ([index]) => index % rate).values()]
  await Promise.all(
    lanes.map(async (lane, place) => {
      await sleep((place * 1000) / rate)
      await fireOnOne(
        url,
        lane.map(([, body]) => body),
        fired,
      )
    }),
  )
  return fired
}

async function fireOnOne(url: string, bodies: Body[], fired: Fired): Promise<void> {
  let next = 0
  const options: Options = {
    url: `${url}/v1/reviews`,
    amount: bodies.length,
    connections: 1,
    connectionRate: 1,
    timeout: 60,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => ({ ...request, ...bodies[next++ % bodies.length] }),
        onResponse(status, body, _context, headers) {
          if (status === 201 || status === 202) fired.taken++
          else if ((status === 429 || status === 503) && hasRetryAfter(headers)) fired.later++
          else fired.wrong.push(`HTTP ${status} ${body.slice(0, 200)}`)
        },
      },
    ],
  }
  const { errors, timeouts } = await new Promise<Result>((resolve, reject) => {
    const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    running.on('response', (_client, _status, _bytes, time) => fired.times.push(time))
  })
  if (errors > 0) fired.wrong.push(`${errors} connections broke, ${timeouts} of them by time`)
}

/** The time within which this share (0–1) of the answers came. */
export function within(share: number, { times }: Fired): number {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
}

function hasRetryAfter(headers: unknown): boolean {
  return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'retry-after')
}

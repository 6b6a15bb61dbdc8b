import autocannon from 'autocannon'

export type Body = { headers: Record<string, string>; body: Buffer | string }

/** `rate`: requests a second over all connections. */
export type Volley = { amount: number; rate: number; connections: number; bodies: Body[] }

export type Fired = {
  sent: number
  taken: number
  /** Refused with 429 or 503 and a `Retry-After`. */
  later: number
  /** Whatever else was answered, and connections that broke. */
  wrong: string[]
  /** Milliseconds, corrected for what a slow answer kept from being sent. */
  p50: number
  p97: number
  most: number
}

/** Sends every body once, at a steady rate. */
export async function fire(url: string, { amount, rate, connections, bodies }: Volley): Promise<Fired> {
  let next = 0
  let [taken, later] = [0, 0]
  const wrong: string[] = []
  const result = await autocannon({
    url: `${url}/v1/reviews`,
    amount,
    connections,
    overallRate: rate,
    timeout: 60,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => ({ ...request, ...bodies[next++ % bodies.length] }),
        onResponse(status, body, _context, headers) {
          if (status === 201 || status === 202) taken++
          else if ((status === 429 || status === 503) && hasRetryAfter(headers)) later++
          else wrong.push(`HTTP ${status} ${body.slice(0, 200)}`)
        },
      },
    ],
  })
  if (result.errors > 0) wrong.push(`${result.errors} connections broke, ${result.timeouts} of them by time`)
  const { p50, p97_5, max } = result.latency
  return { sent: result.requests.sent, taken, later, wrong, p50, p97: p97_5, most: max }
}

function hasRetryAfter(headers: unknown): boolean {
  return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'retry-after')
}

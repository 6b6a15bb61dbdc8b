import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `synthetic`: no real model gave these answers; they prove the way there and back, and nothing of judgement. */
type Cassette = { synthetic: boolean; recordings: Record<string, { status: number; body: string }> }

/**
 * A `fetch` that replays what was recorded in `test/judge/cassettes/NAME.json`, by path and body without the host. With `live` what is not there is
 * asked for and `save` keeps it (RECORD=1); otherwise it is a fault.
 */
export function openCassette(name: string, live?: typeof globalThis.fetch, synthetic = true) {
  const path = fileURLToPath(new URL(`./cassettes/${name}.json`, import.meta.url))
  const cassette: Cassette =
    live || !existsSync(path) ? { synthetic, recordings: {} } : (JSON.parse(readFileSync(path, 'utf8')) as Cassette)
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname } = new URL(input instanceof Request ? input.url : String(input))
    const key = createHash('sha256')
      .update(`${pathname}\n${String(init?.body)}`)
      .digest('hex')
    const known = cassette.recordings[key]
    if (!known && live) {
      const answer = await live(input, init)
      cassette.recordings[key] = { status: answer.status, body: await answer.text() }
    }
    const { status, body } = cassette.recordings[key] ?? { status: 404, body: '{"error":{"message":"not recorded"}}' }
    return new Response(body, { status, headers: { 'content-type': 'application/json', 'x-should-retry': 'false' } })
  }
  return { fetch, save: () => writeFileSync(path, `${JSON.stringify(cassette, null, 1)}\n`) }
}

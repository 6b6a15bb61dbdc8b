/** Prints what was returned since a day, and why: node typed.ts 2025-03-01 */
import { createClient } from '../../../src/client.ts'

const { XINGSHEN_URL: url = 'http://127.0.0.1:8787', XINGSHEN_KEY: key } = process.env
const { reviews } = createClient(url, key ? { key } : {}).v1
const from = process.argv[2] ?? '2025-01-01'

const query: { verdict: string; from: string; cursor?: string } = { verdict: 'return', from }
for (;;) {
  const page = await (await reviews.$get({ query })).json()
  for (const { id, externalId } of page.reviews) {
    const review = await (await reviews[':id'].$get({ param: { id }, query: { findings: 'open' } })).json()
    const rules = review.findings?.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
    console.log(externalId ?? id, rules?.join(' '))
  }
  if (page.next === null) break
  query.cursor = page.next
}

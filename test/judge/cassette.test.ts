import { expect, test } from 'vitest'
import { openCassette } from './cassette.ts'
import { context, doubleOf, judgeWith, PACK, RUN, reviewerWith, wholeDeclaration } from './reviewing.ts'
import { answer, issue } from './scripted-server.ts'

/** RECORD=1 writes the cassette anew, as is needed when a prompt or the sample changes. */
const isRecording = process.env.RECORD === '1'

const scripted = () =>
  doubleOf((user) =>
    user.includes('“content-promotion”检查')
      ? issue('PROMO_PRODUCT', 'project.content', '为学员提供可以直接使用的流程表单')
      : user.includes('“content-theme”检查')
        ? answer({ verdict: 'unsure', confidence: 'low' })
        : answer(),
  ).fetch

const review = (fetch: typeof globalThis.fetch) =>
  reviewerWith(judgeWith(fetch)).review({ pack: PACK, declaration: wholeDeclaration, context, files: [] }, RUN)

test('a recorded review is replayed without an endpoint', async () => {
  const tape = openCassette('bm-medical', isRecording ? scripted() : undefined)
  const replayed = await review(tape.fetch)
  if (isRecording) tape.save()
  const said = Object.fromEntries(
    (replayed.findings ?? []).flatMap(({ rule, status, data }) => (data ? [[rule, status]] : [])),
  )
  expect(said).toMatchObject({
    'content-promotion': 'fail',
    'content-theme': 'unknown',
    'content-novelty': 'pass',
    'peer-review-substance': 'pass',
  })
  expect(replayed.usage?.llmCalls).toBeGreaterThan(8)
})

test('what was not recorded is no answer', async () => {
  const { fetch } = openCassette('none')
  const { findings = [], status } = await review(fetch)
  expect(status).toBe('done')
  expect(findings.filter(({ data }) => data)).toEqual([])
})

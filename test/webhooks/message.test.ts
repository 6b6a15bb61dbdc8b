import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import type { Finding, Review } from '../../src/review/schema.ts'
import { messageOfReview } from '../../src/webhooks/message.ts'
import { createSecret, signedHeaders } from '../../src/webhooks/sign.ts'

const finding = (status: Finding['status']): Finding => ({
  rule: 'leader-age',
  status,
  severity: 'error',
  source: 'rule',
  message: '林若溪 61 岁',
  fields: [],
  evidence: [{ document: 0, page: 1, box: null, text: '林若溪' }],
  confidence: 1,
})

const review: Review = {
  id: 'rev_1',
  status: 'done',
  createdAt: '2025-01-02T03:04:05.000Z',
  finishedAt: '2025-01-02T03:05:05.000Z',
  externalId: 'E-1',
  pack: { id: 'try-2025', version: '1.2.3', hash: 'abc' },
  documents: [
    {
      name: '林若溪.pdf',
      mediaType: 'application/pdf',
      sha256: 'aa',
      bytes: 1,
      pages: 1,
      extraction: { method: 'text', engine: 'pdf', confidence: 1 },
    },
  ],
  declaration: { leader: { name: '林若溪' } },
  findings: [finding('fail'), finding('fail'), finding('unknown'), finding('pass')],
  verdict: 'return',
  notChecked: ['leader-quota'],
}

test('a message says what became of the review and nothing that the form says', () => {
  const message = messageOfReview(review)
  expect(message).toEqual({
    type: 'review.done',
    timestamp: '2025-01-02T03:05:05.000Z',
    data: {
      id: 'rev_1',
      status: 'done',
      verdict: 'return',
      externalId: 'E-1',
      pack: { id: 'try-2025', version: '1.2.3' },
      counts: { fail: 2, unknown: 1, pass: 1, skipped: 0, notChecked: 1 },
      url: '/v1/reviews/rev_1',
    },
  })
  expect(JSON.stringify(message)).not.toContain('林若溪')
})

test('of a failed review it says why', () => {
  const problem = {
    type: 'urn:xingshen:problem:corrupt_document',
    title: '文件无法打开',
    status: 422,
    code: 'corrupt_document' as const,
    detail: '……',
  }
  const { verdict: _, ...rest } = review
  const message = messageOfReview({ ...rest, status: 'failed', problem })
  expect(message).toMatchObject({
    type: 'review.failed',
    data: { status: 'failed', problem: { code: 'corrupt_document', title: '文件无法打开' } },
  })
  expect(message.data).not.toHaveProperty('verdict')
})

test('a receiver with the secret knows the message as ours, and no other', () => {
  const secret = createSecret()
  expect(createSecret()).not.toBe(secret)
  const body = JSON.stringify(messageOfReview(review))
  const headers = signedHeaders(secret, 'msg_1', new Date(), body)
  expect(new Webhook(secret).verify(body, headers)).toEqual(messageOfReview(review))
  expect(() => new Webhook(createSecret()).verify(body, headers)).toThrow()
  expect(() => new Webhook(secret).verify(body.replace('return', 'pass'), headers)).toThrow()
  const old = signedHeaders(secret, 'msg_1', new Date(Date.now() - 3_600_000), body)
  expect(() => new Webhook(secret).verify(body, old)).toThrow()
})

import { Review, Verdict } from '../../review/schema.ts'
import { DOCX, XLSX } from '../formats.ts'
import {
  file,
  header,
  idempotencyKey,
  inPath,
  json,
  madeHeaders,
  type Paths,
  page,
  pageOf,
  problems,
  query,
  ref,
  text,
  uploadOf,
} from './parts.ts'
import { reviewFinished } from './webhooks.ts'

const id = inPath('id', 'Id of the review.')
const wait = query('wait', 'Wait at most so many seconds (300 at most) for the review to be finished.', {
  type: 'number',
  minimum: 0,
})
const findings = query('findings', '`open` drops findings with status `pass` and `skipped`.', {
  type: 'string',
  enum: ['open', 'all'],
  default: 'all',
})

const upload = uploadOf(
  {
    files:
      "One declaration: PDF, DOCX, DOC, PNG, JPEG, TIFF, BMP or WebP. Several files are parts of the same one. Or a unit's summary sheets (XLSX, XLS, DOCX), beside which every further file is one of the declarations they list.",
    externalId: "The caller's own id.",
    events: '`review.done` or `review.failed`',
  },
  {
    declaration: { ...ref('Declaration'), description: 'JSON: what was filled in online, compared with the paper.' },
  },
)

export const reviewPaths: Paths = {
  '/v1/reviews': {
    post: {
      operationId: 'createReview',
      tags: ['reviews'],
      summary: 'Review a declaration, given as documents or as JSON',
      parameters: [wait, findings, idempotencyKey, header('Prefer', '`wait=SECONDS` (RFC 7240), as `?wait`.')],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: upload,
            encoding: {
              file: { contentType: 'application/pdf, application/octet-stream, image/*' },
              declaration: { contentType: 'application/json' },
              context: { contentType: 'application/json' },
            },
          },
          'application/json': { schema: ref('ReviewRequest') },
        },
      },
      callbacks: { finished: { '{$request.body#/callbackUrl}': reviewFinished } },
      responses: {
        201: json(
          ref('Review'),
          'The finished review. One that could not be done has status `failed` and a `problem`.',
          madeHeaders,
        ),
        202: json(ref('Review'), 'The review as it stands; ask again at `Location`.', madeHeaders),
        ...problems(
          'unsupported_media_type',
          'too_large',
          'encrypted_document',
          'corrupt_document',
          'invalid_declaration',
          'unknown_pack',
          'idempotency_conflict',
          'busy',
        ),
      },
    },
    get: {
      operationId: 'listReviews',
      tags: ['reviews'],
      summary: 'Reviews, newest first, without declarations and findings',
      parameters: [
        query('status', '', { type: 'string', enum: Review.shape.status.options }),
        query('verdict', '', { type: 'string', enum: Verdict.options }),
        query('pack', 'Id of the pack.'),
        query('rule', 'Reviews in which this rule failed or is unknown.'),
        query('externalId', "The caller's own id."),
        query('batch', 'Id of the batch to which they belong.'),
        query('from', 'Created on or after this day (Beijing time) or moment.'),
        query('to', 'Created on or before this day (Beijing time), or before this moment.'),
        ...page,
      ],
      responses: { 200: pageOf('reviews', ref('Review')), ...problems('invalid_declaration') },
    },
  },
  '/v1/reviews/{id}': {
    get: {
      operationId: 'getReview',
      tags: ['reviews'],
      summary: 'A review as it stands',
      parameters: [id, wait, findings],
      responses: { 200: json(ref('Review'), 'The review.'), ...problems('not_found', 'invalid_declaration') },
    },
    delete: {
      operationId: 'deleteReview',
      tags: ['reviews'],
      summary: 'Erase documents and personal data; the audit line stays',
      parameters: [id],
      responses: { 204: { description: 'Erased.' }, ...problems('not_found') },
    },
  },
  '/v1/reviews/{id}/events': {
    get: {
      operationId: 'watchReview',
      tags: ['reviews'],
      summary: 'How far a review has come, as it goes on',
      description:
        'Server-sent events: `progress` (`{ step, done, total }`) whenever it has gone on, at last `done` or `failed` with the review without declaration, readings and findings; then the stream ends. Every event has an id; a reader that comes back with `Last-Event-ID` gets what came since, and 204 when there is nothing more to come.',
      parameters: [id, header('Last-Event-ID', 'Id of the last event that was read.')],
      responses: {
        200: {
          description: 'The events. A comment line every 15 seconds keeps the connection open.',
          content: { 'text/event-stream': { schema: text } },
        },
        204: { description: 'The last event has been read already.' },
        ...problems('not_found'),
      },
    },
  },
  '/v1/reviews/{id}/reruns': {
    post: {
      operationId: 'rerunReview',
      tags: ['reviews'],
      summary: 'Review the same documents or record again, under another pack or day',
      description:
        'What is left out of the body stays as it was asked for the first time. The new review names the first in `rerunOf`.',
      parameters: [id, wait, findings, idempotencyKey],
      requestBody: { content: { 'application/json': { schema: ref('RerunRequest') } } },
      responses: {
        201: json(ref('Review'), 'The finished review.', madeHeaders),
        202: json(ref('Review'), 'The review as it stands; ask again at `Location`.', madeHeaders),
        ...problems('not_found', 'invalid_declaration', 'unknown_pack', 'idempotency_conflict', 'busy'),
      },
    },
  },
  '/v1/reviews/{id}/cancel': {
    post: {
      operationId: 'cancelReview',
      tags: ['reviews'],
      summary: 'End a review that is not finished; one that is stays as it is',
      parameters: [id],
      responses: {
        200: json(ref('Review'), 'The review, `failed` with the problem `cancelled` unless it was finished.'),
        ...problems('not_found'),
      },
    },
  },
  '/v1/reviews/{id}/retry': {
    post: {
      operationId: 'retryReview',
      tags: ['reviews'],
      summary: 'Queue a failed review again; any other stays as it is',
      parameters: [id],
      responses: {
        200: json(ref('Review'), 'The review, which had not failed.'),
        202: json(ref('Review'), 'The review, queued.'),
        ...problems('not_found', 'busy'),
      },
    },
  },
  '/v1/reviews/{id}/comparison': {
    get: {
      operationId: 'compareReviews',
      tags: ['reviews'],
      summary: 'What this review says otherwise than another of the same form',
      parameters: [id, query('with', 'The review to compare with; left out, the one of which this is another run.')],
      responses: {
        200: json(ref('Comparison'), '`before` is the other review, `after` this one.'),
        ...problems('not_found', 'invalid_declaration', 'busy'),
      },
    },
  },
  '/v1/reviews/{id}/pages/{page}': {
    get: {
      operationId: 'getPage',
      tags: ['reviews'],
      summary: 'A page as a picture, upright: the boxes of evidence are shares of it',
      parameters: [
        id,
        inPath('page', 'From 1, as in evidence.', { type: 'integer', minimum: 1 }),
        query('document', 'Which of the documents, from 0 as in evidence.', {
          type: 'integer',
          minimum: 0,
          default: 0,
        }),
      ],
      responses: {
        200: { description: 'The page.', content: { 'image/jpeg': file('A4 at 200 dpi at most.') } },
        ...problems('not_found', 'invalid_declaration', 'unsupported_media_type', 'corrupt_document'),
      },
    },
  },
  '/v1/reviews/{id}/report': {
    get: {
      operationId: 'getReport',
      tags: ['reviews'],
      summary: 'The report, ready to print',
      parameters: [id],
      responses: {
        200: {
          description: 'By `Accept`.',
          content: {
            'text/html': { schema: text },
            'text/plain': { schema: text },
            [DOCX]: file(
              'The letter that tells the applicant once what must be put right; what a person overruled is left out.',
            ),
            [XLSX]: file('A sheet with the declaration and one of findings that fail or are open.'),
          },
        },
        ...problems('not_found', 'unsupported_media_type'),
      },
    },
  },
}

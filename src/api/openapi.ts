import { z } from 'zod'
import { PROBLEMS, type ProblemCode } from '../problem.ts'
import '../review/compare.ts'
import '../review/request.ts'
import { Review, Verdict } from '../review/schema.ts'

type Schema = Record<string, unknown>

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Schema, description: string) => ({ description, content: { 'application/json': { schema } } })
const text = { type: 'string' }

/** One response a status, naming the codes it may carry. */
function problems(...codes: ProblemCode[]): Schema {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\` ${PROBLEMS[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  )
}

const query = (name: string, description: string, schema: Schema = text) => ({ name, in: 'query', description, schema })
const id = { name: 'id', in: 'path', required: true, schema: text }
const wait = query('wait', 'Wait at most so many seconds (300 at most) for the review to be finished.', {
  type: 'number',
})
const findings = query('findings', '`open` drops findings with status `pass` and `skipped`.', { enum: ['open', 'all'] })

const upload = {
  type: 'object',
  required: ['file'],
  properties: {
    file: {
      type: 'array',
      items: { type: 'string', contentMediaType: 'application/octet-stream' },
      description:
        "One declaration: PDF, DOCX, DOC, PNG, JPEG, TIFF, BMP or WebP. Several files are parts of the same one. Or a unit's summary sheets (XLSX, XLS, DOCX), beside which every further file is one of the declarations they list.",
    },
    pack: { ...text, description: 'Detected from the form when left out.' },
    declaration: { ...ref('Declaration'), description: 'JSON: what was filled in online, compared with the paper.' },
    context: { ...ref('Context'), description: 'JSON: what the caller knows and the form cannot tell.' },
    asOf: { type: 'string', format: 'date', description: 'Review under the rules and windows of that day.' },
    externalId: text,
  },
}

/** OpenAPI 3.1: its schemas are JSON Schema 2020-12, which zod writes itself, so the document cannot drift from the code. */
export function describeApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'xingshen',
      version,
      description:
        'Formal review of continuing-medical-education project declarations. Errors are RFC 9457 problem details with a stable `code`. This version does not deliver results to a `callbackUrl` and refuses one.',
    },
    paths: {
      '/v1/reviews': {
        post: {
          operationId: 'createReview',
          summary: 'Review a declaration, given as documents or as JSON',
          parameters: [
            wait,
            findings,
            { name: 'Prefer', in: 'header', description: '`wait=SECONDS` (RFC 7240), as `?wait`.', schema: text },
          ],
          requestBody: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: upload,
                encoding: {
                  declaration: { contentType: 'application/json' },
                  context: { contentType: 'application/json' },
                },
              },
              'application/json': { schema: ref('ReviewRequest') },
            },
          },
          responses: {
            201: json(
              ref('Review'),
              'The finished review. One that could not be done has status `failed` and a `problem`.',
            ),
            202: json(ref('Review'), 'The review as it stands; ask again at `Location`.'),
            ...problems(
              'unsupported_media_type',
              'too_large',
              'encrypted_document',
              'corrupt_document',
              'invalid_declaration',
              'unknown_pack',
              'forbidden',
              'busy',
            ),
          },
        },
        get: {
          operationId: 'listReviews',
          summary: 'Reviews, newest first, without declarations and findings',
          parameters: [
            query('status', '', { enum: Review.shape.status.options }),
            query('verdict', '', { enum: Verdict.options }),
            query('pack', 'Id of the pack.'),
            query('rule', 'Reviews in which this rule failed or is unknown.'),
            query('externalId', ''),
            query('from', 'Created on or after this day (Beijing time) or moment.'),
            query('to', 'Created on or before this day (Beijing time), or before this moment.'),
            query('limit', '', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
            query('cursor', '`next` of the page before.'),
          ],
          responses: {
            200: json(
              {
                type: 'object',
                required: ['reviews', 'next'],
                properties: { reviews: { type: 'array', items: ref('Review') }, next: { type: ['string', 'null'] } },
              },
              'One page; `next` is null on the last.',
            ),
            ...problems('invalid_declaration'),
          },
        },
      },
      '/v1/reviews/{id}': {
        get: {
          operationId: 'getReview',
          summary: 'A review as it stands',
          parameters: [id, wait, findings],
          responses: { 200: json(ref('Review'), 'The review.'), ...problems('not_found', 'invalid_declaration') },
        },
        delete: {
          operationId: 'deleteReview',
          summary: 'Erase documents and personal data; the audit line stays',
          parameters: [id],
          responses: { 204: { description: 'Erased.' }, ...problems('not_found', 'forbidden') },
        },
      },
      '/v1/reviews/{id}/reruns': {
        post: {
          operationId: 'rerunReview',
          summary: 'Review the same documents or record again, under another pack or day',
          description:
            'What is left out of the body stays as it was asked for the first time. The new review names the first in `rerunOf`.',
          parameters: [id, wait, findings],
          requestBody: { content: { 'application/json': { schema: ref('RerunRequest') } } },
          responses: {
            201: json(ref('Review'), 'The finished review.'),
            202: json(ref('Review'), 'The review as it stands; ask again at `Location`.'),
            ...problems('not_found', 'invalid_declaration', 'unknown_pack', 'forbidden', 'busy'),
          },
        },
      },
      '/v1/reviews/{id}/comparison': {
        get: {
          operationId: 'compareReviews',
          summary: 'What this review says otherwise than another of the same form',
          parameters: [
            id,
            query('with', 'The review to compare with; left out, the one of which this is another run.'),
          ],
          responses: {
            200: json(ref('Comparison'), '`before` is the other review, `after` this one.'),
            ...problems('not_found', 'invalid_declaration', 'busy'),
          },
        },
      },
      '/v1/reviews/{id}/report': {
        get: {
          operationId: 'getReport',
          summary: 'The report, ready to print',
          parameters: [id],
          responses: {
            200: {
              description: 'By `Accept`.',
              content: { 'text/html': { schema: text }, 'text/plain': { schema: text } },
            },
            ...problems('not_found', 'unsupported_media_type'),
          },
        },
      },
      '/v1/packs': {
        get: {
          operationId: 'listPacks',
          summary: 'Packs of rules, one a notice and level',
          responses: { 200: json({ type: 'object' }, '`packs`') },
        },
      },
      '/v1/packs/{id}': {
        get: {
          operationId: 'getPack',
          summary: 'Rules with clauses and parameters, and the ledger of every clause',
          parameters: [id],
          responses: { 200: json({ type: 'object' }, 'The pack.'), ...problems('not_found') },
        },
      },
      '/healthz': {
        get: { operationId: 'health', summary: 'The process runs', responses: { 200: json({}, 'It does.') } },
      },
      '/readyz': {
        get: {
          operationId: 'readiness',
          summary: 'Reviews can be taken in',
          responses: { 200: json({}, 'They can.'), ...problems('busy') },
        },
      },
    },
    components: { schemas: componentSchemas() },
  }
}

/** Every schema with an id (`meta({ id })`); importing the roots has registered them and what they are made of. */
function componentSchemas(): Record<string, Schema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: (name) => `#/components/schemas/${name}`, io: 'input' })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, { ...schema }]),
  )
}

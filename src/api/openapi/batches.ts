import { NDJSON, XLSX } from '../formats.ts'
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

const id = inPath('id', 'Id of the batch.')

const upload = uploadOf({
  files:
    "Each file is one declaration, as `POST /v1/reviews` takes it. Of a ZIP archive every file and every folder at its top is one (a folder around everything does not count; names in UTF-8 or GBK). A unit's summary sheet (XLSX, XLS, DOCX) among them is checked against the declarations.",
  externalId: "The caller's own id of the batch.",
  events: '`batch.done`',
})

export const batchPaths: Paths = {
  '/v1/batches': {
    post: {
      operationId: 'createBatch',
      tags: ['batches'],
      summary: 'Review many declarations and compare them with each other',
      description:
        'A file that cannot be read is an item that failed, with its problem; the rest goes on. When all reviews have ended, rules on which the other declarations bear are asked again, once; a review that is changed by it says so in `compared`.',
      parameters: [idempotencyKey],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': { schema: upload, encoding: { context: { contentType: 'application/json' } } },
        },
      },
      responses: {
        202: json(ref('Batch'), 'The batch; ask again at `Location`.', madeHeaders),
        ...problems(
          'unsupported_media_type',
          'too_large',
          'invalid_declaration',
          'unknown_pack',
          'idempotency_conflict',
          'busy',
        ),
      },
    },
    get: {
      operationId: 'listBatches',
      tags: ['batches'],
      summary: 'Batches, newest first',
      parameters: page,
      responses: { 200: pageOf('batches', ref('Batch')), ...problems('invalid_declaration') },
    },
  },
  '/v1/batches/{id}': {
    get: {
      operationId: 'getBatch',
      tags: ['batches'],
      summary: 'A batch with a table of its declarations',
      parameters: [
        id,
        query('limit', 'How many declarations at most.', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
        query('cursor', '`next` of the page before.'),
      ],
      responses: {
        200: json(
          {
            allOf: [
              ref('Batch'),
              {
                type: 'object',
                required: ['items', 'next'],
                properties: {
                  items: { type: 'array', items: ref('BatchItem') },
                  next: { type: ['string', 'null'], description: 'The `cursor` of the next page; null on the last.' },
                },
              },
            ],
          },
          'The batch, and its declarations in the order in which they were handed in.',
          { Link: { description: '`<…>; rel="next"`: the address of the next page (RFC 8288).', schema: text } },
        ),
        ...problems('not_found', 'invalid_declaration'),
      },
    },
    delete: {
      operationId: 'deleteBatch',
      tags: ['batches'],
      summary: 'Erase all its reviews, documents and personal data; the audit lines stay',
      parameters: [id],
      responses: { 204: { description: 'Erased.' }, ...problems('not_found') },
    },
  },
  '/v1/batches/{id}/cancel': {
    post: {
      operationId: 'cancelBatch',
      tags: ['batches'],
      summary: 'End all reviews that are not finished; a batch that is done stays as it is',
      parameters: [id],
      responses: { 200: json(ref('Batch'), 'The batch.'), ...problems('not_found') },
    },
  },
  '/v1/batches/{id}/results': {
    get: {
      operationId: 'getBatchResults',
      tags: ['batches'],
      summary: 'What came of a batch, as a workbook or as NDJSON',
      parameters: [id, header('Accept', 'The workbook unless only NDJSON is accepted.')],
      responses: {
        200: {
          description: 'By `Accept`, as it stands.',
          content: {
            [XLSX]: file('A sheet of declarations and one of findings that fail or are open.'),
            [NDJSON]: file(
              'One review a line, with the `name` under which it was handed in; a file that was refused has only that and a `problem`.',
            ),
          },
        },
        ...problems('not_found', 'unsupported_media_type'),
      },
    },
  },
}

import { ROLES } from '../../access/actor.ts'
import { inPath, json, moment, type Paths, problems, ref, type Schema, text } from './parts.ts'

const reviewId = inPath('id', 'Id of the review.')

const key: Schema = {
  type: 'object',
  required: ['id', 'name', 'role', 'createdAt'],
  properties: {
    id: text,
    name: { type: 'string', description: 'Whose it is.' },
    role: { type: 'string', enum: [...ROLES] },
    createdAt: moment,
    expiresAt: moment,
    revokedAt: moment,
    lastUsedOn: { type: 'string', format: 'date' },
  },
}

export const peoplePaths: Paths = {
  '/v1/reviews/{id}/decisions': {
    get: {
      operationId: 'listDecisions',
      tags: ['people'],
      summary: 'What people ruled on findings, the oldest first',
      parameters: [reviewId],
      responses: {
        200: json(
          {
            type: 'object',
            required: ['decisions'],
            properties: { decisions: { type: 'array', items: ref('Decision') } },
          },
          'The rulings; the latest on a finding holds.',
        ),
        ...problems('not_found'),
      },
    },
    post: {
      operationId: 'decide',
      tags: ['people'],
      summary: 'Rule on a finding: uphold, overrule with a reason, ask the applicant',
      parameters: [reviewId],
      requestBody: { required: true, content: { 'application/json': { schema: ref('RulingRequest') } } },
      responses: {
        201: json(ref('Decision'), 'The ruling. The finding stays as it is.'),
        ...problems('not_found', 'invalid_declaration', 'busy'),
      },
    },
  },
  '/v1/keys': {
    get: {
      operationId: 'listKeys',
      tags: ['people'],
      summary: "The tenant's access keys, without their secrets",
      responses: {
        200: json(
          { type: 'object', required: ['keys'], properties: { keys: { type: 'array', items: ref('Key') } } },
          'The keys.',
        ),
        ...problems(),
      },
    },
    post: {
      operationId: 'addKey',
      tags: ['people'],
      summary: 'Make an access key',
      requestBody: { required: true, content: { 'application/json': { schema: ref('KeyRequest') } } },
      responses: {
        201: json(
          { allOf: [ref('Key'), { type: 'object', required: ['key'], properties: { key: text } }] },
          'The key, shown this once.',
        ),
        ...problems('invalid_declaration'),
      },
    },
  },
  '/v1/keys/{id}': {
    delete: {
      operationId: 'revokeKey',
      tags: ['people'],
      summary: 'An access key is good for nothing any more',
      parameters: [inPath('id', 'Id of the key.')],
      responses: { 204: { description: 'Revoked.' }, ...problems('not_found') },
    },
  },
}

export const peopleSchemas: Record<string, Schema> = { Key: key }

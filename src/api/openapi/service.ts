import { inPath, json, type Paths, problems, text } from './parts.ts'

/** Whoever asks needs no key. */
const open = { security: [] }

export const servicePaths: Paths = {
  '/v1/packs': {
    get: {
      operationId: 'listPacks',
      tags: ['packs'],
      summary: 'Packs of rules, one a notice and level',
      responses: {
        200: json(
          { type: 'object', required: ['packs'], properties: { packs: { type: 'array', items: { type: 'object' } } } },
          'All packs.',
        ),
        ...problems(),
      },
    },
  },
  '/v1/packs/{id}': {
    get: {
      operationId: 'getPack',
      tags: ['packs'],
      summary: 'Rules with clauses and parameters, and the ledger of every clause',
      parameters: [inPath('id', 'Id of the pack.')],
      responses: { 200: json({ type: 'object' }, 'The pack.'), ...problems('not_found') },
    },
  },
  '/healthz': {
    get: {
      ...open,
      operationId: 'health',
      tags: ['service'],
      summary: 'The process runs',
      responses: { 200: json({ type: 'object' }, 'It does.') },
    },
  },
  '/readyz': {
    get: {
      ...open,
      operationId: 'readiness',
      tags: ['service'],
      summary: 'Reviews can be taken in',
      responses: { 200: json({ type: 'object' }, 'They can.'), ...problems('busy') },
    },
  },
  '/metrics': {
    get: {
      operationId: 'readMetrics',
      tags: ['service'],
      summary: 'Figures of this process for Prometheus, once there are keys for an admin’s alone',
      responses: {
        200: { description: 'Its text format 0.0.4.', content: { 'text/plain': { schema: text } } },
        ...problems(),
      },
    },
  },
  '/openapi.json': {
    get: {
      ...open,
      operationId: 'describe',
      tags: ['service'],
      summary: 'This description',
      responses: { 200: json({ type: 'object' }, 'OpenAPI 3.1.') },
    },
  },
  '/docs': {
    get: {
      ...open,
      operationId: 'readDescription',
      tags: ['service'],
      summary: 'This description, to read and to try',
      responses: { 200: { description: 'A page.', content: { 'text/html': { schema: text } } } },
    },
  },
}

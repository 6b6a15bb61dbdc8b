import { z } from 'zod'
import '../review/batches/schema.ts'
import '../review/compare.ts'
import '../review/request.ts'
import '../review/rulings.ts'
import '../webhooks/schema.ts'
import './keys.ts'
import { batchPaths } from './openapi/batches.ts'
import type { Paths, Schema } from './openapi/parts.ts'
import { peoplePaths, peopleSchemas } from './openapi/people.ts'
import { reviewPaths } from './openapi/reviews.ts'
import { servicePaths } from './openapi/service.ts'
import { messages, webhookPaths, webhookSchemas } from './openapi/webhooks.ts'

/** Every area of the interface describes its own paths. */
const PATHS: Paths[] = [reviewPaths, batchPaths, peoplePaths, webhookPaths, servicePaths]

const TAGS = [
  { name: 'reviews', description: 'Declarations and what the formal review finds in them' },
  { name: 'batches', description: 'Many declarations at once, compared with each other' },
  { name: 'people', description: 'Access keys, and what people rule' },
  { name: 'webhooks', description: 'Being told instead of asking' },
  { name: 'packs', description: 'The notices: rules, parameters, clauses' },
  { name: 'service', description: 'The service itself' },
]

const SECURITY = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access key, `xs_…`. On the machine itself none is needed as long as no key was made.',
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
        'Formal review of continuing-medical-education project declarations. Errors are RFC 9457 problem details with a stable `code`.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: TAGS,
    paths: Object.assign({}, ...PATHS),
    webhooks: messages,
    components: { schemas: { ...componentSchemas(), ...peopleSchemas, ...webhookSchemas }, securitySchemes: SECURITY },
  }
}

/** Every schema with an id (`meta({ id })`); importing the roots has registered them and what they are made of. */
function componentSchemas(): Record<string, Schema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: (name) => `#/components/schemas/${name}`,
    io: 'input',
    override: ({ jsonSchema }) => {
      // Our own note on a text, no word of JSON Schema.
      delete jsonSchema.longText
    },
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, { ...schema }]),
  )
}

import { PROBLEMS, type ProblemCode } from '../../problem.ts'

export type Schema = Record<string, unknown>

/** A path's methods and what each takes and answers. */
export type Paths = Record<string, Record<string, Schema>>

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const text: Schema = { type: 'string' }
/** A body that is no JSON. */
export const file = (description: string): Schema => ({ schema: { type: 'string', description } })
export const moment: Schema = { type: 'string', format: 'date-time' }

export const json = (schema: Schema, description: string, headers?: Schema): Schema => ({
  description,
  ...(headers ? { headers } : {}),
  content: { 'application/json': { schema } },
})

/** May be the answer to any request under `/v1`. */
const ALWAYS: ProblemCode[] = ['unauthorized', 'forbidden', 'rate_limited']

const retryAfter = { 'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer' } } }

/** One response a status, naming the codes it may carry. */
export function problems(...codes: ProblemCode[]): Schema {
  const byStatus = Map.groupBy(new Set([...codes, ...ALWAYS]), (code) => PROBLEMS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\` ${PROBLEMS[code].title}`).join('; '),
        ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  )
}

export const query = (name: string, description: string, schema: Schema = text): Schema => ({
  name,
  in: 'query',
  ...(description ? { description } : {}),
  schema,
})

export const inPath = (name: string, description: string, schema: Schema = text): Schema => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
})

export const header = (name: string, description: string, schema: Schema = text): Schema => ({
  name,
  in: 'header',
  description,
  schema,
})

/** Of every list. */
export const page = [
  query('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
  query('cursor', '`next` of the page before.'),
]

/** A page of a list: its items under `name`, and `next`. */
export const pageOf = (name: string, schema: Schema): Schema =>
  json(
    {
      type: 'object',
      required: [name, 'next'],
      properties: {
        [name]: { type: 'array', items: schema },
        next: { type: ['string', 'null'], description: 'The `cursor` of the next page; null on the last.' },
      },
    },
    'One page, the newest first. What arrives meanwhile does not shift the pages that follow.',
    { Link: { description: '`<…>; rel="next"`: the address of the next page (RFC 8288).', schema: text } },
  )

export const idempotencyKey = header(
  'Idempotency-Key',
  'Any text of up to 255 characters, new for each thing asked for. The same key with the same content gives the same answer for three days, so a request whose answer got lost can safely be sent again; with other content it is refused.',
  { type: 'string', minLength: 1, maxLength: 255 },
)

/** Of every answer to what is asked for under an `Idempotency-Key` and made in its own time. */
export const madeHeaders: Schema = {
  Location: { description: 'Where to ask for it.', schema: text },
  'Idempotent-Replayed': {
    description: '`true` when the same had been asked for before under this key.',
    schema: text,
  },
}

type Handed = { files: string; externalId: string; events: string }

/** A form with files and with what they are to be reviewed under; `more` are further parts of it. */
export const uploadOf = ({ files, externalId, events }: Handed, more: Schema = {}): Schema => ({
  type: 'object',
  required: ['file'],
  properties: {
    file: {
      type: 'array',
      items: { type: 'string', contentMediaType: 'application/octet-stream' },
      description: files,
    },
    ...more,
    pack: { ...text, description: 'Detected from each form when left out.' },
    context: { ...ref('Context'), description: 'JSON: what the caller knows and a form cannot tell.' },
    asOf: { type: 'string', format: 'date', description: 'Review under the rules and windows of that day.' },
    externalId: { ...text, description: externalId },
    callbackUrl: {
      type: 'string',
      format: 'uri',
      description: `Where to send ${events}, signed as Standard Webhooks has it.`,
    },
  },
})

import { EVENTS } from '../../webhooks/message.ts'
import {
  header,
  inPath,
  json,
  moment,
  type Paths,
  page,
  pageOf,
  problems,
  query,
  ref,
  type Schema,
  text,
} from './parts.ts'

const id = inPath('id', 'Id of the endpoint; `callback` stands for the callback addresses of single reviews.')

export const webhookPaths: Paths = {
  '/v1/webhooks': {
    post: {
      operationId: 'addWebhook',
      tags: ['webhooks'],
      summary: 'Have messages sent to an address',
      requestBody: { required: true, content: { 'application/json': { schema: ref('WebhookRequest') } } },
      responses: {
        201: json(
          { allOf: [ref('Webhook'), { type: 'object', required: ['secret'], properties: { secret: text } }] },
          'The endpoint with the secret that signs its messages.',
          { Location: { description: 'Where to ask for it.', schema: text } },
        ),
        ...problems('invalid_declaration'),
      },
    },
    get: {
      operationId: 'listWebhooks',
      tags: ['webhooks'],
      summary: 'All endpoints, with how many messages wait and how many were given up',
      responses: {
        200: json(
          {
            type: 'object',
            required: ['webhooks'],
            properties: { webhooks: { type: 'array', items: ref('Webhook') } },
          },
          'The endpoints.',
        ),
        ...problems(),
      },
    },
  },
  '/v1/webhooks/{id}': {
    get: {
      operationId: 'getWebhook',
      tags: ['webhooks'],
      summary: 'One endpoint',
      parameters: [id],
      responses: { 200: json(ref('Webhook'), 'The endpoint.'), ...problems('not_found') },
    },
    delete: {
      operationId: 'deleteWebhook',
      tags: ['webhooks'],
      summary: 'Send nothing there any more, and forget what was sent',
      parameters: [id],
      responses: { 204: { description: 'Gone.' }, ...problems('not_found') },
    },
  },
  '/v1/webhooks/{id}/secret': {
    get: {
      operationId: 'getWebhookSecret',
      tags: ['webhooks'],
      summary: 'The secret that signs its messages',
      parameters: [id],
      responses: {
        200: json({ type: 'object', required: ['secret'], properties: { secret: text } }, '`whsec_…`'),
        ...problems('not_found'),
      },
    },
  },
  '/v1/webhooks/{id}/deliveries': {
    get: {
      operationId: 'listDeliveries',
      tags: ['webhooks'],
      summary: 'Messages sent, to be sent, and given up',
      parameters: [id, query('state', '', { type: 'string', enum: ['waiting', 'delivered', 'dead'] }), ...page],
      responses: { 200: pageOf('deliveries', ref('Delivery')), ...problems('not_found', 'invalid_declaration') },
    },
  },
  '/v1/webhooks/{id}/deliveries/{delivery}/replay': {
    post: {
      operationId: 'replayDelivery',
      tags: ['webhooks'],
      summary: 'Send a message again, under its own id',
      parameters: [id, inPath('delivery', 'Id of the message.')],
      responses: { 202: json(ref('Delivery'), 'It is sent at once.'), ...problems('not_found') },
    },
  },
}

const message = (event: string, about: string): Schema => ({
  post: {
    operationId: event.replace('.', '_'),
    tags: ['webhooks'],
    summary: about,
    description:
      'Standard Webhooks (https://www.standardwebhooks.com): verify `webhook-signature` with the secret, and take a message with a known `webhook-id` as done. Any 2xx means received; everything else is tried again for a day, redirects too; 410 ends the endpoint.',
    security: [],
    parameters: [
      header('webhook-id', 'The same at every attempt.'),
      header('webhook-timestamp', 'Seconds since 1970, of this attempt.', { type: 'integer' }),
      header('webhook-signature', '`v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64.'),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: ref('WebhookMessage') } } },
    responses: { '2XX': { description: 'Received.' }, 410: { description: 'Wanted no more.' } },
  },
})

const ABOUT: Record<(typeof EVENTS)[number], string> = {
  'review.done': 'A review is finished',
  'review.failed': 'A review could not be done',
  'batch.done': 'All reviews of a batch are finished',
}

/** What the service sends by itself: the document's `webhooks`. */
export const messages: Record<string, Schema> = Object.fromEntries(
  EVENTS.map((event) => [event, message(event, ABOUT[event])]),
)

/** To a callback address. */
export const reviewFinished: Schema = message('review.finished', 'The review is finished or could not be done')

export const webhookSchemas: Record<string, Schema> = {
  WebhookMessage: {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { type: 'string', enum: EVENTS },
      timestamp: moment,
      data: {
        type: 'object',
        description: 'Nothing that a form says: ask at `url` for the rest.',
        required: ['id', 'status', 'url'],
        properties: {
          id: text,
          status: text,
          verdict: text,
          externalId: text,
          pack: { type: 'object', properties: { id: text, version: text } },
          problem: { type: 'object', properties: { code: text, title: text } },
          counts: { type: 'object', additionalProperties: { type: 'integer' } },
          url: { type: 'string', description: 'Path on this service.' },
        },
      },
    },
  },
}

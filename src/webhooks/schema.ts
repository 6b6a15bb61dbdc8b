import { z } from 'zod'
import { EVENTS } from './message.ts'

/** Body of `POST /v1/webhooks`. */
export const WebhookRequest = z
  .object({
    url: z.string().min(1).max(2000),
    events: z
      .array(z.enum(EVENTS))
      .min(1)
      .default([...EVENTS]),
  })
  .meta({ id: 'WebhookRequest' })
export type WebhookRequest = z.infer<typeof WebhookRequest>

/** An endpoint as its tenant's admins see it. */
export const Webhook = z
  .object({
    id: z.string(),
    /** None for the endpoint that stands for callback addresses. */
    url: z.string().optional(),
    events: z.array(z.string()),
    createdAt: z.iso.datetime(),
    /** Since its receiver answered 410; a message sent again and taken enables it. */
    disabledAt: z.iso.datetime().optional(),
    /** Messages still to be delivered. */
    waiting: z.number().int(),
    /** Messages given up. */
    dead: z.number().int(),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

/** A message to one address. */
export const Delivery = z
  .object({
    id: z.string(),
    url: z.string(),
    event: z.string(),
    subject: z.string(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.number().int(),
    createdAt: z.iso.datetime(),
    attemptedAt: z.iso.datetime().optional(),
    nextAt: z.iso.datetime().optional(),
    lastError: z.string().optional(),
  })
  .meta({ id: 'Delivery' })

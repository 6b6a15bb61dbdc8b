import { createId } from '../review/ids.ts'

/** The `webhook-id` of a message, or what it begins with where it goes to an endpoint. */
export const createMessageId = (now: Date): string => createId('msg', now)

export const createEndpointId = (now: Date): string => createId('whe', now)

/** By which the API calls the endpoint for callback addresses. */
export const CALLBACK = 'callback'

export const ENDPOINT_ID = /^(?:callback|whe_[0-9A-HJKMNP-TV-Z]{26})$/
export const DELIVERY_ID = /^msg_[0-9A-HJKMNP-TV-Z]{26}(?:_[0-9A-HJKMNP-TV-Z]{26})?$/

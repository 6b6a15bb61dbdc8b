import { MEDIA_TYPES } from '../documents/model.ts'

/** Media types of what is given out. */
export const { docx: DOCX, xlsx: XLSX } = MEDIA_TYPES
export const NDJSON = 'application/x-ndjson'

/** By `Accept` the first of the formats of which the caller takes a type, whatever weights it gives; undefined when it takes none. */
export function formatFor<T>(accept = '*/*', formats: [format: T, types: string[]][]): T | undefined {
  const taken = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
  return formats.find(([, types]) => types.some((type) => taken.includes(type)))?.[0]
}

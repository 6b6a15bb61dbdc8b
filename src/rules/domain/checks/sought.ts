import type { Form } from '../../engine/form.ts'

/** Somebody looked for this seal or signature, whether it could be told or not: a scan without colour shows no red seal. */
export const wasSought = (form: Form, path: string): boolean =>
  typeof form.at(path) === 'boolean' || form.state(path) === 'unreadable'

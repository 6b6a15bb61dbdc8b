import Fraction from 'fraction.js'
import { decimal, exact, showShare } from './exact.ts'
import type { Form } from './form.ts'

/** A message split at its `{{name}}` places. */
export type Template = { text: string[]; names: string[] }

export function parseTemplate(message: string): Template {
  const parts = message.split(/\{\{\s*([\w.[\]-]+)\s*\}\}/)
  return { text: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) }
}

type Known = Record<string, string | number>

/** How a value is written in a message; `null` where it has no short form. */
export function show(value: unknown, isShare = false): string | null {
  if (typeof value === 'string') return value
  if (value instanceof Fraction) return isShare ? showShare(value) : decimal(value)
  if (Number.isSafeInteger(value)) return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return decimal(exact(value))
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('、')
  return null
}

/** The message with every place filled from `facts`, else from `known`, else from the declaration; `null` where one stays open. */
export function fill(template: Template, facts: Known, known: Known, form: Form | null): string | null {
  const { text, names } = template
  let message = text[0] ?? ''
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? ''
    const shown = show(facts[name] ?? known[name] ?? form?.at(name))
    if (shown === null) return null
    message += shown + (text[at + 1] ?? '')
  }
  return message
}

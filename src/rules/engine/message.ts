import Fraction from 'fraction.js'
import { decimal, exact, showShare } from './exact.ts'
import type { Form } from './form.ts'

/** A message split at its `{{name}}` places. */
export type Template = { text: string[]; names: string[] }

export function parseTemplate(message: string): Template {
  const parts = message.split(/\{\{\s*([\w.[\]-]+)\s*\}\}/)
  return { text: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) }
}

type Known = Record<string, unknown>

/** How a value is written in a message; `null` where it has no short form. */
export function show(value: unknown, isShare = false): string | null {
  if (typeof value === 'string') return value
  if (value instanceof Fraction) return isShare ? showShare(value) : decimal(value)
  if (typeof value === 'number' && Number.isFinite(value)) return decimal(exact(value))
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('、')
  return null
}

/** The message with every place filled from the first of `known` that has it, else from the declaration; `null` where one stays open. */
export function fill(template: Template, known: Known[], form: Form | null): string | null {
  let message = template.text[0] ?? ''
  for (const [index, name] of template.names.entries()) {
    const source = known.find((facts) => facts[name] !== undefined)
    const text = show(source ? source[name] : form?.at(name))
    if (text === null) return null
    message += text + (template.text[index + 1] ?? '')
  }
  return message
}

import type { Declaration, Evidence, FieldReading, Readings } from '../../declaration/schema.ts'
import type { Summary } from '../../declaration/summary/schema.ts'
import type { Context } from '../context.ts'
import type { Cause } from '../finding.ts'
import type { KnownDeclaration } from '../known.ts'
import { remember } from '../remember.ts'
import { cellPath } from './paths.ts'

/**
 * What is reviewed. `others` holds further places where the form gives the same value again, by the same path;
 * `asOf` is the day (`YYYY-MM-DD`) under whose rules the review runs; `online` is the record filled in online.
 * `known` are other declarations that were read: they tell what is there, never that there is nothing more.
 */
export type FormInput = {
  declaration: Declaration
  readings?: Readings
  others?: Record<string, FieldReading[]>
  context?: Context
  asOf?: string
  online?: Declaration
  known?: KnownDeclaration[]
  /** The sheets of a unit, in place of a declaration; their readings stand at `summaries[0].unit` and so on. */
  summaries?: Summary[]
  /** Text of the document that is no value: what stands outside the boxes, and what a person does not see on the page. */
  elsewhere?: Elsewhere[]
  /** The pages read by OCR: characters there may be misread and lines missing, however surely they were read. */
  scanned?: ScannedPage[]
}

/** As in `Evidence`: the document's index, the page counted from 1. */
export type ScannedPage = { document: number; page: number }

/** `concealed`: white, tiny, covered or off the page. */
export type Elsewhere = { text: string; hidden: boolean; concealed?: boolean; page?: number }

/** `missing`: no such label. `blank`: the label stands there without a value. `unreadable`: something stands there. */
export type FieldState = 'value' | 'blank' | 'unreadable' | 'missing'

/** Rows of a list may not have been found. */
export const mayLackRows = (form: Form, path: string): boolean => form.confidence(path) < SURE

/** Thrown on access to a value that is not there; `&&` and `||` of CEL absorb it where the other side decides. */
export class NoValue {
  readonly name = 'NoValue'
  readonly path: string
  readonly state: Exclude<FieldState, 'value'> | 'context' | 'partial'

  constructor(path: string, state: NoValue['state']) {
    this.path = path
    this.state = state
  }

  get message(): string {
    return `no value at ${this.path}: ${this.state}`
  }

  get findingCause(): Cause {
    if (this.state === 'partial') return 'low-confidence'
    return this.state === 'blank' ? 'missing' : this.state
  }
}

// CEL takes it for the error it is; but it is no fault, and a stack for every blank costs more than the rule.
Object.setPrototypeOf(NoValue.prototype, Error.prototype)

/** Below this a value that would return the form is looked at by a person first. */
export const SURE = 0.8

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** `teachers[2].unit` → `['teachers', '2', 'unit']`. */
const keysOf = remember(2000, (path: string) => path.split(/[.[\]]+/).filter(Boolean))

const hasParts = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const pageKey = ({ document, page }: ScannedPage): string => `${document}/${page}`

/** One declaration with all that is known about how it was read. */
export class Form {
  readonly declaration: Declaration
  readonly readings: Readings
  /** From a document; a declaration system's own record was not. */
  readonly wasRead: boolean
  readonly others: Record<string, FieldReading[]>
  readonly context: Context
  readonly asOf: string | undefined
  readonly online: Declaration | undefined
  readonly known: KnownDeclaration[]
  readonly summaries: Summary[]
  readonly elsewhere: Elsewhere[]
  private readonly scanned: ReadonlySet<string>

  constructor(input: FormInput) {
    this.declaration = input.declaration
    this.readings = input.readings ?? {}
    this.wasRead = Object.keys(this.readings).length > 0
    this.others = input.others ?? {}
    this.context = input.context ?? {}
    this.asOf = input.asOf
    this.online = input.online
    this.known = input.known ?? []
    this.summaries = input.summaries ?? []
    this.elsewhere = input.elsewhere ?? []
    this.scanned = new Set((input.scanned ?? []).map(pageKey))
  }

  /** The value at a path such as `teachers[2].unit`; `undefined` where there is none. */
  at(path: string): unknown {
    let value: unknown = this.declaration
    for (const key of keysOf(path)) {
      if (!hasParts(value)) return undefined
      value = value[key]
    }
    return value
  }

  state(path: string): FieldState {
    return this.stateOf(path, this.at(path))
  }

  stateOf(path: string, value: unknown): FieldState {
    if (value === undefined) return this.readings[path] ? 'unreadable' : 'missing'
    return isEmpty(value) ? 'blank' : 'value'
  }

  /** Whether any of it stands on a page read by OCR; of what stands nowhere, whether there is such a page at all. */
  isOnScan(evidence: Evidence[]): boolean {
    if (this.scanned.size === 0) return false
    return evidence.length === 0 || evidence.some((place) => this.scanned.has(pageKey(place)))
  }

  /** How surely the value was read, 0–1; 1 for what was not read from a document. A row's is its least certain cell's. */
  confidence(path: string): number {
    if (!this.wasRead) return 1
    const reading = this.readings[path]
    if (reading) return reading.confidence
    if (!path.endsWith(']')) return 1
    let least = 1
    for (const key in this.readings) {
      const cell = this.readings[key]
      if (cell && key.startsWith(`${path}.`)) least = Math.min(least, cell.confidence)
    }
    return least
  }
}

/** Why a value does not settle anything, or `null` when it does: not there, not legible, or read with too little confidence. */
export function doubtOf(form: Form, path: string): Exclude<Cause, 'rule-error' | 'llm-unavailable' | 'context'> | null {
  const state = form.state(path)
  if (state === 'unreadable') return 'unreadable'
  if (state !== 'value') return 'missing'
  return form.confidence(path) < SURE ? 'low-confidence' : null
}

/** A part of the declaration as the rules see it: its plain values, and where they stand. */
export class View<T = unknown> {
  readonly form: Form
  readonly path: string
  readonly raw: T | null | undefined

  constructor(form: Form, path: string, raw: T | null | undefined) {
    this.form = form
    this.path = path
    this.raw = raw
  }
}

/** `doubtOf` of a part's or a row's own value. */
export function doubtAt<T extends object>(view: View<T>, key: keyof T & string): ReturnType<typeof doubtOf> {
  if (view.form.wasRead) return doubtOf(view.form, cellPath(view.path, key))
  const value = view.raw?.[key]
  return value === undefined || isEmpty(value) ? 'missing' : null
}

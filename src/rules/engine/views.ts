import type { Context } from '../context.ts'
import { exact } from './exact.ts'
import { type Form, NoValue, View } from './form.ts'
import { cellPath, rowPath } from './paths.ts'
import { DECLARATION, type Shape } from './shape.ts'

type ViewClass = new (form: Form, path: string, raw: unknown) => View

/** A CEL type that stands for a part of the declaration: its class and the CEL types of its fields. */
export type ViewType = { name: string; ctor: ViewClass; fields: Record<string, string> }

export const viewTypes: ViewType[] = []

export const celType = (shape: Shape): string => {
  switch (shape.kind) {
    case 'string':
      return 'string'
    case 'number':
      return 'Number'
    case 'boolean':
      return 'bool'
    case 'list':
      return `list<${celType(shape.of)}>`
    case 'object':
      return shape.name
  }
}

type Reader = (form: Form, path: string, value: unknown) => unknown

/** Parts are always there, their values are looked at one by one; all else throws `NoValue` where no value stands. */
function readerOf(shape: Shape): Reader {
  if (shape.kind === 'object') {
    const Part = viewClass(shape)
    return (form, path, value) => new Part(form, path, value)
  }
  const held = heldReaderOf(shape)
  return function read(form, path, value) {
    const state = form.stateOf(path, value)
    if (state !== 'value') throw new NoValue(path, state)
    return held(form, path, value)
  }
}

function heldReaderOf(shape: Shape): Reader {
  if (shape.kind === 'number') return (_form, _path, value) => (typeof value === 'number' ? exact(value) : value)
  if (shape.kind !== 'list' || shape.of.kind !== 'object') return (_form, _path, value) => value
  const Row = viewClass(shape.of)
  return (form, path, value) =>
    Array.isArray(value) ? value.map((row, index) => new Row(form, rowPath(path, index), row)) : value
}

function viewClass(shape: Extract<Shape, { kind: 'object' }>): ViewClass {
  class Part extends View {}
  const fields: Record<string, string> = {}
  for (const [key, field] of shape.fields) {
    const read = readerOf(field)
    fields[key] = celType(field)
    Object.defineProperty(Part.prototype, key, {
      get(this: View) {
        const value = typeof this.raw === 'object' && this.raw !== null ? Reflect.get(this.raw, key) : undefined
        return read(this.form, cellPath(this.path, key), value)
      },
    })
  }
  viewTypes.push({ name: shape.name, ctor: Part, fields })
  return Part
}

const rootReaders = [...DECLARATION].map(([key, shape]) => [key, readerOf(shape)] as const)

/** What the caller knows. Aliases that nobody gave are an empty list: there need be none. */
export class ContextView extends View<Context> {
  get unitAliases(): string[] {
    return this.raw?.unitAliases ?? []
  }
}

/** The variables of a CEL expression, read when they are asked for. `params` is set before each rule. */
export class Variables {
  readonly form: Form
  readonly context: ContextView
  params: object = {}
  private readonly read = new Map<string, unknown>()

  constructor(form: Form) {
    this.form = form
    this.context = new ContextView(form, 'context', form.context)
  }

  /** Parts and rows are made once and shared by all rules of a review. */
  once(key: string, read: () => unknown): unknown {
    const known = this.read.get(key)
    if (known !== undefined) return known
    const value = read()
    this.read.set(key, value)
    return value
  }

  get asOf(): string {
    if (this.form.asOf === undefined) throw new NoValue('asOf', 'context')
    return this.form.asOf
  }
}

for (const [key, read] of rootReaders) {
  Object.defineProperty(Variables.prototype, key, {
    get(this: Variables) {
      return this.once(key, () => read(this.form, key, Reflect.get(this.form.declaration, key)))
    },
  })
}

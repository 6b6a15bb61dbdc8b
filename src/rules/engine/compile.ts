import { TypeError as CelTypeError, type Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js'
import { comparisonsIn, type Expression, namesIn } from './cel.ts'
import { compileDirect, type Functions, type Run } from './direct.ts'
import { exact } from './exact.ts'
import { CheckFile, LANGUAGES, type Language, type ParamType, type ParamValue } from './files.ts'
import { parseTemplate, show, type Template } from './message.ts'
import { DECLARATION, type Shape, shapeAt } from './shape.ts'
import type { Source } from './yaml.ts'

export type Templates = Record<Language, Record<string, Template>>

/** Parameters as CEL sees them, and as messages print them. */
export type Params = {
  values: object
  shown: Record<string, string>
  /** `shown` by the full names: `params.min`. */
  qualified: Record<string, string>
}

/** A check that has been read, type-checked and is ready to run under any pack's parameters. */
export type Check = {
  file: CheckFile
  /** Path of the file, for faults. */
  path: string
  /** What stands in the file. */
  text: string
  when: Run | null
  test: Run | null
  messages: Templates
  suggestion: Record<Language, Template> | null
  /** Paths of the declaration that `when` and `test` name. */
  whenFields: string[]
  testFields: string[]
  /** The parameters of a pack over the defaults. Throws `RangeError` naming what is wrong. */
  bind(given: Record<string, ParamValue>): Params
}

const PARAM_TYPES: Record<ParamType, string> = {
  fraction: 'Number',
  number: 'Number',
  integer: 'Number',
  string: 'string',
  date: 'string',
  strings: 'list<string>',
  boolean: 'bool',
}

function readParam(name: string, type: ParamType, value: ParamValue): unknown {
  const wrong = () => new RangeError(`parameter ${name} is no ${type}: ${JSON.stringify(value)}`)
  switch (type) {
    case 'fraction':
    case 'number':
    case 'integer': {
      if (typeof value !== 'number' && typeof value !== 'string') throw wrong()
      if (type === 'fraction' && typeof value === 'number')
        throw new RangeError(`parameter ${name}: write "1/2" or "50%"`)
      if (type === 'integer' && !Number.isInteger(Number(value))) throw wrong()
      return exact(value)
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong()
      return value
    case 'strings':
      if (!Array.isArray(value)) throw wrong()
      return value
    case 'date':
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw wrong()
      return value
    case 'string':
      if (typeof value !== 'string') throw wrong()
      return value
  }
}

const isOwn = (path: string): boolean => /^(context\.\w+|context|asOf|online|form)$/.test(path)

/** The paths of the declaration among an expression's names: `unit.name`; a row's field inside a macro is none. */
const fieldsOf = (expression: Expression | null): string[] =>
  expression ? namesIn(expression).filter((name) => shapeAt(name) !== undefined) : []

export type Parts = { environment: Environment; functions: Functions; examples: boolean }

/** Reads and type-checks one check file; faults are left in `source`. */
export function compileCheck(source: Source, { environment: base, functions, examples }: Parts): Check | null {
  const file = source.read(CheckFile)
  if (!file) return null
  class ParamValues {}
  const fields = Object.fromEntries(Object.entries(file.params).map(([name, { type }]) => [name, PARAM_TYPES[type]]))
  const environment = base
    .clone()
    .registerType('Params', { ctor: ParamValues, fields })
    .registerVariable('params', 'Params')
  const compile = (key: 'when' | 'test', types: string[]) => compileExpression(source, environment, file, key, types)
  const when = compile('when', ['bool'])
  const test = compile('test', ['bool', 'Outcome'])
  checkMessages(source, file, test)
  checkParams(source, file, [when, test])
  checkPaths(source, file)
  if (examples) checkExamples(source, file)
  if (source.faults.length > 0) return null

  function bind(given: Record<string, ParamValue>): Params {
    const values: Record<string, unknown> = new ParamValues() as Record<string, unknown>
    const shown: Record<string, string> = {}
    for (const name of Object.keys(given)) {
      if (!file?.params[name]) throw new RangeError(`unknown parameter ${name}`)
    }
    for (const [name, { type, default: fallback }] of Object.entries(file?.params ?? {})) {
      const value = given[name] ?? fallback
      if (value === undefined) throw new RangeError(`parameter ${name} has no value`)
      values[name] = readParam(name, type, value)
      shown[name] = show(values[name], type === 'fraction') ?? String(values[name])
    }
    const qualified = Object.fromEntries(Object.entries(shown).map(([name, value]) => [`params.${name}`, value]))
    return { values, shown, qualified }
  }

  const run = (compiled: Compiled | null): Run | null =>
    compiled && (compileDirect(compiled.expression.ast, functions) ?? compiled.expression)

  return {
    file,
    path: source.file,
    text: source.text,
    when: run(when),
    test: run(test),
    messages: { 'zh-CN': templates(file.message['zh-CN']), en: templates(file.message.en) },
    suggestion: file.suggestion
      ? { 'zh-CN': parseTemplate(file.suggestion['zh-CN']), en: parseTemplate(file.suggestion.en) }
      : null,
    whenFields: fieldsOf(when?.expression ?? null),
    testFields: fieldsOf(test?.expression ?? null),
    bind,
  }
}

const templates = (messages: Record<string, string>): Record<string, Template> =>
  Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, parseTemplate(message)]))

type Compiled = { expression: Expression; type: string }

function compileExpression(
  source: Source,
  environment: Environment,
  file: CheckFile,
  key: 'when' | 'test',
  types: string[],
): Compiled | null {
  const text = file[key]
  if (text === undefined) {
    if (key === 'test' && file.source !== 'llm') source.fault(['rule'], 'test is missing')
    return null
  }
  try {
    const expression = environment.parse(text)
    const result = expression.check()
    if (result.error) throw result.error
    const type = result.type ?? ''
    if (!types.includes(type)) source.fault([key], `${key} gives ${type}, not ${types.join(' or ')}`)
    checkLiterals(source, key, expression)
    return { expression, type }
  } catch (error) {
    const isCel = error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError
    source.fault([key], isCel ? error.summary : String(error), isCel ? (error.range?.start ?? 0) : 0)
    return null
  }
}

/** A text that a value can never be makes a comparison that decides nothing. */
function checkLiterals(source: Source, key: string, expression: Expression): void {
  for (const { name, literal, at } of comparisonsIn(expression)) {
    const shape = shapeAt(name)
    const values = shape?.kind === 'string' ? shape.values : undefined
    if (values && !values.includes(literal))
      source.fault([key], `${name} is never "${literal}", but one of ${values.join(', ')}`, at)
  }
}

function checkMessages(source: Source, file: CheckFile, test: Compiled | null): void {
  const needed = [
    ...(file.source === 'llm' ? [] : onlyNotes(file) ? ['pass'] : ['pass', 'fail']),
    ...(test?.type === 'Outcome' ? ['unknown'] : []),
    ...(file.when ? ['skipped'] : []),
  ]
  const all = new Set([...needed, ...LANGUAGES.flatMap((language) => Object.keys(file.message[language]))])
  for (const language of LANGUAGES) {
    for (const key of all) {
      if (file.message[language][key] === undefined)
        source.fault(['message', language], `no message for ${key} in ${language}`)
    }
  }
}

/** A check whose test is `true` only notes that it applies. */
const onlyNotes = (file: CheckFile): boolean => file.test?.trim() === 'true'

const allMessages = (file: CheckFile): { path: string[]; text: string }[] => [
  ...LANGUAGES.flatMap((language) =>
    Object.entries(file.message[language]).map(([key, text]) => ({ path: ['message', language, key], text })),
  ),
  ...LANGUAGES.flatMap((language) =>
    file.suggestion ? [{ path: ['suggestion', language], text: file.suggestion[language] }] : [],
  ),
]

function checkParams(source: Source, file: CheckFile, expressions: (Compiled | null)[]): void {
  const used = new Set([
    ...expressions.flatMap((compiled) => (compiled ? namesIn(compiled.expression) : [])),
    ...allMessages(file).flatMap(({ text }) => parseTemplate(text).names),
  ])
  for (const [name, { type, default: value }] of Object.entries(file.params)) {
    if (!used.has(`params.${name}`) && !used.has(name)) source.fault(['params', name], `parameter ${name} is not used`)
    if (value === undefined) continue
    try {
      readParam(name, type, value)
    } catch (error) {
      source.fault(['params', name, 'default'], error instanceof RangeError ? error.message : String(error))
    }
  }
}

function checkPaths(source: Source, file: CheckFile): void {
  for (const [index, path] of file.needs.entries()) {
    if (!shapeAt(path) && !isOwn(path)) source.fault(['needs', index], `the declaration has no ${path}`)
  }
  for (const [index, path] of file.whole.entries()) {
    if (shapeAt(path)?.kind !== 'list') source.fault(['whole', index], `the declaration has no list ${path}`)
  }
  for (const { path, text } of allMessages(file)) {
    for (const name of parseTemplate(text).names) {
      if (!name.includes('.') || shapeAt(name) || isOwn(name)) continue
      if (name.startsWith('params.') && file.params[name.slice(7)]) continue
      source.fault(path, `{{${name}}} is neither a parameter nor a path of the declaration`)
    }
  }
}

function checkExamples(source: Source, file: CheckFile): void {
  for (const [index, example] of file.examples.entries()) {
    for (const key of ['declaration', 'online'] as const) {
      const raw = Reflect.get(Reflect.get(Object(source.data), 'examples')[index] ?? {}, key)
      for (const path of strayKeys(raw, { kind: 'object', name: 'Declaration', fields: DECLARATION }, '')) {
        source.fault(['examples', index, key], `the declaration has no ${path}`)
      }
    }
    for (const name of Object.keys(example.params ?? {})) {
      if (!file.params[name]) source.fault(['examples', index, 'params', name], `unknown parameter ${name}`)
    }
  }
  if (file.source === 'llm') return
  for (const status of onlyNotes(file) ? (['pass'] as const) : (['pass', 'fail'] as const)) {
    const isThere = file.examples.some((example) => example.expect === status)
    if (!isThere) source.fault(['rule'], `no example that should ${status}`)
  }
}

/** Keys that zod would drop in silence: a mistyped field makes an example prove nothing. */
function strayKeys(value: unknown, shape: Shape | undefined, path: string): string[] {
  if (shape?.kind === 'list' && Array.isArray(value)) {
    return value.flatMap((item, index) => strayKeys(item, shape.of, `${path}[${index}]`))
  }
  if (shape?.kind !== 'object' || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = path ? `${path}.${key}` : key
    return shape.fields.has(key) ? strayKeys(inner, shape.fields.get(key), here) : [here]
  })
}

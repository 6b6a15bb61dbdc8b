import { Environment, type ParseResult } from '@marcbachmann/cel-js'
import Fraction from 'fraction.js'
import { type Exact, exact } from './exact.ts'
import { Form, NoValue } from './form.ts'
import type { CelFunction } from './function.ts'
import { DECLARATION } from './shape.ts'
import { Share } from './share.ts'
import { ContextView, celType, viewTypes } from './views.ts'

/** Outcomes are plain objects; CEL knows them by their declared type alone. */
class OutcomeMark {}

const sync = { async: false }

type Arithmetic = (left: Exact, right: Exact) => unknown
const OPERATORS: Record<string, { result: string; apply: Arithmetic }> = {
  '<': { result: 'bool', apply: (left, right) => left.lt(right) },
  '<=': { result: 'bool', apply: (left, right) => left.lte(right) },
  '>': { result: 'bool', apply: (left, right) => left.gt(right) },
  '>=': { result: 'bool', apply: (left, right) => left.gte(right) },
  '==': { result: 'bool', apply: (left, right) => left.equals(right) },
  '+': { result: 'Number', apply: (left, right) => left.add(right) },
  '-': { result: 'Number', apply: (left, right) => left.sub(right) },
  '*': { result: 'Number', apply: (left, right) => left.mul(right) },
  '/': { result: 'Number', apply: (left, right) => left.div(right) },
}

const toExact = (value: unknown): Exact =>
  value instanceof Fraction
    ? value
    : exact(typeof value === 'bigint' || typeof value === 'number' ? value : String(value))

/** Numbers of the declaration are exact; literals of an expression join them. */
function registerNumbers(environment: Environment): void {
  environment.registerType('Number', { ctor: Fraction, fields: {} })
  for (const [operator, { result, apply }] of Object.entries(OPERATORS)) {
    for (const [left, right] of [
      ['Number', 'Number'],
      ['Number', 'int'],
      ['int', 'Number'],
      ['Number', 'double'],
      ['double', 'Number'],
    ]) {
      // cel-js mirrors == by itself.
      if (operator === '==' && left !== 'Number') continue
      environment.registerOperator(`${left} ${operator} ${right}: ${result}`, (a: unknown, b: unknown) =>
        apply(toExact(a), toExact(b)),
      )
    }
  }
}

type Macro = { args: never[] }
type Checker = { check(node: never, context: never): unknown }
type Runner = { run(node: never, context: never): unknown }

/** What a macro makes of a value that is there, and of one that is not. */
export type Look = { value(found: unknown): unknown; none(missing: NoValue, otherwise: () => unknown): unknown }

/** A macro that looks at a value without stumbling over its absence. */
function lookAt(environment: Environment, signature: string, answer: Look): void {
  const returnsValue = signature.endsWith(': dyn')
  environment.registerFunction(signature, ({ args }: Macro) => ({
    typeCheck(checker: Checker, _macro: unknown, context: never) {
      const types = args.map((arg) => checker.check(arg, context))
      return returnsValue ? types[0] : environmentBool(checker)
    },
    evaluate(evaluator: Runner, _macro: unknown, context: never) {
      const [first, second] = args
      try {
        return answer.value(evaluator.run(first as never, context))
      } catch (error) {
        if (!(error instanceof NoValue)) throw error
        return answer.none(error, () => evaluator.run(second as never, context))
      }
    },
  }))
}

const environmentBool = (checker: unknown): unknown => (checker as { getType(name: string): unknown }).getType('bool')

const PRESENT: Look = {
  value: () => true,
  none: (missing) => missing.state === 'unreadable',
}

const BLANK: Look = {
  value: () => false,
  none(missing) {
    if (missing.state === 'blank') return true
    throw missing
  },
}

const VALUE_OR: Look = {
  value: (found) => found,
  none(missing, otherwise) {
    if (missing.state === 'unreadable') throw missing
    return otherwise()
  },
}

export const LOOKS: Record<string, Look> = { present: PRESENT, blank: BLANK, valueOr: VALUE_OR }

function registerMacros(environment: Environment): void {
  lookAt(environment, 'present(ast): bool', PRESENT)
  lookAt(environment, 'blank(ast): bool', BLANK)
  lookAt(environment, 'valueOr(ast, ast): dyn', VALUE_OR)
}

/** What every expression may name: the declaration typed by its schema, the caller's context, and the functions. */
export function createEnvironment(functions: CelFunction[]): Environment {
  const environment = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 60 } })
  registerNumbers(environment)
  environment.registerType('Outcome', { ctor: OutcomeMark, fields: {} })
  environment.registerType('Share', { ctor: Share, fields: {} })
  environment.registerType('Form', { ctor: Form, fields: {} })
  environment.registerType('Context', { ctor: ContextView, fields: { unitAliases: 'list<string>' } })
  for (const { name, ctor, fields } of viewTypes) environment.registerType(name, { ctor, fields })
  for (const [key, shape] of DECLARATION) environment.registerVariable(key, celType(shape))
  environment.registerVariable('form', 'Form').registerVariable('context', 'Context').registerVariable('asOf', 'string')
  registerMacros(environment)
  for (const { signature, call } of functions) environment.registerFunction(signature, call as () => unknown, sync)
  return environment
}

export type Expression = ParseResult
export type Node = ParseResult['ast']

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

function childrenOf(node: Node): Node[] {
  const found: Node[] = []
  const collect = (value: unknown): void => {
    if (isNode(value)) found.push(value)
    else if (Array.isArray(value)) value.forEach(collect)
  }
  collect(node.args)
  return found
}

const dotted = (node: Node): string | null => {
  if (node.op === 'id') return node.args
  if (node.op !== '.') return null
  const left = dotted(node.args[0])
  return left === null ? null : `${left}.${node.args[1]}`
}

/** The longest dotted names of an expression, in order: `unit.name`, `params.min`, `teachers`. */
export function namesIn(expression: Expression): string[] {
  const names = new Set<string>()
  const walk = (node: Node): void => {
    const name = dotted(node)
    if (name !== null) names.add(name)
    else childrenOf(node).forEach(walk)
  }
  walk(expression.ast)
  return [...names]
}

/** A name that an expression compares with a literal text: `unit.kind == "medical"`, `unit.kind in ["medical"]`. `at` counts characters. */
export type Comparison = { name: string; literal: string; at: number }

const COMPARING = new Set<string>(['==', '!=', 'in'])

export function comparisonsIn(expression: Expression): Comparison[] {
  const found: Comparison[] = []
  const walk = (node: Node): void => {
    const sides = childrenOf(node)
    if (COMPARING.has(node.op)) {
      const name = sides.map(dotted).find((side) => side !== null)
      const literals = sides.flatMap((side) => (side.op === 'list' ? childrenOf(side) : [side]))
      for (const { op, args, start } of name ? literals : [])
        if (op === 'value' && typeof args === 'string') found.push({ name: name ?? '', literal: args, at: start })
    }
    sides.forEach(walk)
  }
  walk(expression.ast)
  return found
}

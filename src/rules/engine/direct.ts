import { LOOKS, type Node } from './cel.ts'
import { NoValue } from './form.ts'
import type { CelFunction } from './function.ts'
import type { Variables } from './views.ts'

export type Run = (variables: Variables) => unknown

/**
 * An expression made of names, texts, calls of our own functions and and/or/not, as a plain function: most checks are no more than
 * that, and the interpreter's own work would be the greater part of what they cost. Types were checked on loading. `null` where
 * anything else occurs: that is the interpreter's.
 */
export function compileDirect(ast: Node, functions: Functions): Run | null {
  switch (ast.op) {
    case 'value':
      return ofLiteral(ast.args)
    case 'id':
      return ofName(ast.args)
    case '.':
      return ofField(ast.args, functions)
    case 'call':
      return ofCall(ast.args, functions)
    case 'rcall':
      return ofMethod(ast.args, functions)
    case '&&':
    case '||':
      return ofLogic(ast.op === '||', ast.args, functions)
    case '!_':
      return ofNot(ast.args, functions)
    case '==':
    case '!=':
      return ofComparison(ast.op === '==', ast.args, functions)
    case 'in':
      return ofMembership(ast.args, functions)
    case '?:':
      return ofChoice(ast.args, functions)
    case 'list':
      return ofTexts(ast.args)
    default:
      return null
  }
}

type Own = { receiver: string; name: string; result: string; call: (...values: unknown[]) => unknown }

/** Our own functions by name: those of one signature, whose arguments nobody need look at to know which is meant. */
export type Functions = Map<string, Own>

export function indexFunctions(functions: CelFunction[]): Functions {
  const own = new Map<string, Own>()
  const twice = new Set<string>()
  for (const { signature, call } of functions) {
    const [, receiver = '', name = '', result = ''] = /^(?:(\w+)\.)?(\w+)\(.*\): (\S+)$/.exec(signature) ?? []
    if (own.has(name)) twice.add(name)
    own.set(name, { receiver, name, result, call: call as Own['call'] })
  }
  for (const name of twice) own.delete(name)
  return own
}

/** Numbers of an expression are of CEL's own types. */
function ofLiteral(value: unknown): Run | null {
  return typeof value === 'string' || typeof value === 'boolean' ? () => value : null
}

const ofName =
  (name: string): Run =>
  (variables) =>
    Reflect.get(variables, name)

function ofField([owner, name]: [Node, string], functions: Functions): Run | null {
  const from = compileDirect(owner, functions)
  if (!from || (owner.op !== 'id' && owner.op !== '.')) return null
  return (variables) => {
    const value: unknown = Reflect.get(Object(from(variables)), name)
    if (value === undefined) throw new TypeError(`no such key: ${name}`)
    return value
  }
}

function ofCall([name, args]: [string, Node[]], functions: Functions): Run | null {
  const own = functions.get(name)
  const values = compileAll(args, functions)
  if (!values) return null
  const look = LOOKS[name]
  if (look) return ofLook(look, values)
  return own && own.receiver === '' ? called(own.call, values) : null
}

function ofLook(look: (typeof LOOKS)[string], [first, second]: Run[]): Run | null {
  if (!first) return null
  return (variables) => {
    let found: unknown
    try {
      found = first(variables)
    } catch (error) {
      if (!(error instanceof NoValue)) throw error
      return look.none(error, () => second?.(variables))
    }
    return look.value(found)
  }
}

/** A method of what another of our functions gives: `homeShare(…).atLeast(…)`. */
function ofMethod([name, receiver, args]: [string, Node, Node[]], functions: Functions): Run | null {
  const own = functions.get(name)
  const giver = receiver.op === 'call' ? functions.get(receiver.args[0]) : undefined
  const values = compileAll([receiver, ...args], functions)
  return own && giver && values && giver.result === own.receiver ? called(own.call, values) : null
}

function called(call: Own['call'], values: Run[]): Run {
  const [first, second, third] = values
  if (!first) return () => call()
  if (!second) return (variables) => call(first(variables))
  if (!third) return (variables) => call(first(variables), second(variables))
  return (variables) => call(...values.map((value) => value(variables)))
}

/** What decides absorbs that the other side has no value. */
function ofLogic(decisive: boolean, args: [Node, Node], functions: Functions): Run | null {
  const [left, right] = compileAll(args, functions) ?? []
  if (!left || !right) return null
  return (variables) => {
    let first: unknown
    try {
      first = left(variables)
    } catch (error) {
      if (right(variables) === decisive) return decisive
      throw error
    }
    return first === decisive ? decisive : right(variables)
  }
}

function ofNot(ast: Node, functions: Functions): Run | null {
  const value = compileDirect(ast, functions)
  return value && ((variables) => value(variables) === false)
}

/** With a text on one side the other is a text too. */
function ofComparison(equal: boolean, args: [Node, Node], functions: Functions): Run | null {
  const [left, right] = compileAll(args, functions) ?? []
  const isText = args.some(({ op, args: value }) => op === 'value' && typeof value === 'string')
  return left && right && isText ? (variables) => (left(variables) === right(variables)) === equal : null
}

/** Among listed texts, or those of a parameter: no other parameter is a list. */
function ofMembership(args: [Node, Node], functions: Functions): Run | null {
  const [one, all] = compileAll(args, functions) ?? []
  const [, list] = args
  const isTexts = list.op === 'list' || (list.op === '.' && list.args[0].op === 'id' && list.args[0].args === 'params')
  if (!one || !all || !isTexts) return null
  return (variables) => {
    const text = one(variables)
    const texts = all(variables)
    return Array.isArray(texts) && texts.includes(text)
  }
}

function ofTexts(nodes: Node[]): Run | null {
  const texts = nodes.flatMap(({ op, args }) => (op === 'value' && typeof args === 'string' ? [args] : []))
  return texts.length === nodes.length ? () => texts : null
}

function ofChoice(args: [Node, Node, Node], functions: Functions): Run | null {
  const [condition, first, second] = compileAll(args, functions) ?? []
  if (!condition || !first || !second) return null
  return (variables) => (condition(variables) === true ? first(variables) : second(variables))
}

function compileAll(nodes: Node[], functions: Functions): Run[] | null {
  const runs = nodes.map((node) => compileDirect(node, functions)).filter((run) => run !== null)
  return runs.length === nodes.length ? runs : null
}

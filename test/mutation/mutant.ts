import type { Declaration, FieldReading, Teacher } from '../../src/declaration/schema.ts'
import type { Context } from '../../src/rules/context.ts'
import { compareUnits } from '../../src/rules/domain/unit-name.ts'
import type { FormInput } from '../../src/rules/engine/form.ts'
import type { Pack } from '../../src/rules/engine/pack.ts'
import type { KnownDeclaration } from '../../src/rules/known.ts'

type Section =
  | 'project'
  | 'unit'
  | 'leader'
  | 'peerReview'
  | 'unitOpinion'
  | 'commitment'
  | 'cover'
  | 'teachers'
  | 'seals'

/** A declaration with every section there; single values may be blank or absent. */
export type Form = Declaration & { [K in Section]: NonNullable<Declaration[K]> }

/** What a rule sees beside the form; `online`, `others` and `known` only where a mutation gives them. */
export type Mutant = {
  form: Form
  context: Context
  online?: Declaration
  others?: Record<string, FieldReading[]>
  known?: KnownDeclaration[]
}

/** What the pack asks, so that a mutation lies just beyond its bound. */
export type Asked = {
  pack: Pack
  runs(rule: string): boolean
  /** A parameter of a rule as a number; 0 where the pack does not run the rule. */
  number(rule: string, param: string): number
  words(rule: string, param: string): string[]
  /** A word or a date; empty where the pack does not run the rule. */
  text(rule: string, param: string): string
  /** A yes or no; false where the pack does not run the rule. */
  flag(rule: string, param: string): boolean
}

/** One fact of a compliant form blanked, shifted or falsified. */
export type Mutation = {
  /** The rule that must answer. */
  rule: string
  name: string
  /** `unknown` where the contract lets the rule only ask; else `fail`. */
  as?: 'fail' | 'unknown'
  /** Rules that rest on the same fact and may answer beside it, with the reason. */
  also?: Record<string, string>
  /** The path that is blanked: a rule that cannot do without it may say so. */
  blank?: string
  /** How many places of the form it is tried at, one at a time; else at one. */
  places?(mutant: Mutant): number
  /** Gives false where the base has nothing to mutate. */
  change(mutant: Mutant, asked: Asked, place: number): boolean | undefined
}

export const inputOf = ({ form, context, online, others, known }: Mutant): FormInput => ({
  declaration: form,
  context,
  ...(online ? { online } : {}),
  ...(others ? { others } : {}),
  ...(known ? { known } : {}),
})

export function askedOf(pack: Pack): Asked {
  const rules = new Map(pack.rules.map((rule) => [rule.check.file.rule, rule]))
  const param = (rule: string, name: string): unknown => {
    const found = rules.get(rule)
    return found && Reflect.get(found.params.values, name)
  }
  return {
    pack,
    runs: (rule) => rules.has(rule),
    number: (rule, name) => Number(param(rule, name) ?? 0),
    words: (rule, name) => {
      const value = param(rule, name)
      return Array.isArray(value) ? value.map(String) : []
    },
    text: (rule, name) => String(param(rule, name) ?? ''),
    flag: (rule, name) => param(rule, name) === true,
  }
}

/** The day so many days later, `YYYY-MM-DD`. */
export const shiftDay = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)

const keysOf = (path: string): string[] => path.split(/[.[\]]+/).filter(Boolean)

export function valueAt(form: Form, path: string): unknown {
  return keysOf(path).reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    form,
  )
}

/** Gives the value at a path another one; false where nothing stands there. */
export function setAt(form: Form, path: string, value: unknown): boolean {
  const keys = keysOf(path)
  const last = keys.pop() ?? ''
  const holder = keys.length > 0 ? valueAt(form, keys.join('.')) : form
  const old = valueAt(form, path)
  if (typeof holder !== 'object' || holder === null || old === undefined || old === null) return false
  return Reflect.set(holder, last, value)
}

/** Units that are none of any sample's. */
export const OTHER_UNIT = '栖山市第三人民医院'
export const OTHER_PERSON = '段云舟'

export const isHome = ({ form, context }: Mutant, unit: string | null | undefined): boolean =>
  compareUnits(unit ?? '', form.unit.name ?? '', context.unitAliases ?? []) === 'same'

export const isLeaderRow = ({ form }: Mutant, row: Teacher): boolean => row.name === form.leader.name

/** Rows of teachers other than the leader, one list a person. */
export function colleagues(mutant: Mutant): Teacher[][] {
  const people = new Map<string, Teacher[]>()
  for (const row of mutant.form.teachers) {
    if (isLeaderRow(mutant, row) || !row.name) continue
    people.set(row.name, [...(people.get(row.name) ?? []), row])
  }
  return [...people.values()]
}

export const countPeople = ({ form }: Mutant): number => new Set(form.teachers.map(({ name }) => name)).size

import type { RuleFinding, Severity } from '../finding.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { rememberOf } from '../remember.ts'
import type { Language } from './files.ts'
import { Form, type FormInput, mayLackRows, NoValue, SURE } from './form.ts'
import type { Pack, PackRule } from './pack.ts'
import { titleOf } from './shape.ts'
import { Variables } from './views.ts'
import { JOINER } from './wording.ts'
import { type Said, suggest, write } from './write.ts'

/** What became of a rule before it is put into words. `lacking`: the paths without a value. */
type Ruling = { outcome: Outcome | 'skipped'; lacking: NoValue[] }

/**
 * What every rule of a pack says of one declaration, in the pack's order. Never throws: a rule that does is `unknown` with
 * cause `rule-error`.
 */
export function evaluatePack(pack: Pack, input: FormInput, options: Options = {}): RuleFinding[] {
  return evaluateRules(pack.rules, input, options)
}

/** The same of a unit's summary sheets (`input.summaries`). */
export function evaluateSummary(pack: Pack, input: FormInput, options: Options = {}): RuleFinding[] {
  return evaluateRules(pack.summaryRules, input, options)
}

function evaluateRules(rules: PackRule[], input: FormInput, options: Options): RuleFinding[] {
  const form = new Form(input)
  const variables = new Variables(form)
  return rules.map((rule) => evaluateRule(rule, form, variables, options))
}

export type Options = {
  language?: Language
  /** Told of a rule that threw. The error may hold values of the form: it is not for a log. */
  onError?: (rule: string, error: unknown) => void
}

export function evaluateRule(rule: PackRule, form: Form, variables: Variables, options: Options = {}): RuleFinding {
  const language = options.language ?? 'zh-CN'
  variables.params = rule.params.values
  try {
    return report(rule, rulingOf(rule, form, variables), form, language)
  } catch (error) {
    options.onError?.(rule.check.file.rule, error)
    return report(rule, { outcome: unknown('rule-error'), lacking: [] }, form, language)
  }
}

/** A value that is not there decides nothing: the rule is unknown. */
function rulingOf(rule: PackRule, form: Form, variables: Variables): Ruling {
  try {
    return decide(rule, form, variables)
  } catch (error) {
    if (error instanceof NoValue) return lack([error])
    throw error
  }
}

const lack = (lacking: NoValue[]): Ruling => ({
  outcome: unknown(
    lacking[0]?.findingCause ?? 'missing',
    {},
    lacking.map(({ path }) => path),
  ),
  lacking,
})

function decide({ check }: PackRule, form: Form, variables: Variables): Ruling {
  if (check.when?.(variables) === false) return { outcome: 'skipped', lacking: [] }
  if (!check.test) return { outcome: unknown('llm-unavailable'), lacking: [] }
  const lacking: NoValue[] = []
  for (const path of check.file.needs) {
    const state = stateOf(path, form)
    if (state !== 'value') lacking.push(new NoValue(path, state))
  }
  if (lacking.some(({ state }) => state !== 'blank')) return lack(lacking.filter(({ state }) => state !== 'blank'))
  if (lacking.length > 0) {
    const blank = lacking.map(({ path }) => path)
    if (check.file.blank === 'fail') return { outcome: fail({}, blank, { variant: 'blank' }), lacking }
    if (check.file.blank === 'pass') return { outcome: pass({}, blank, { variant: 'blank' }), lacking }
    return lack(lacking)
  }
  const partial = form.wasRead ? check.file.whole.filter((path) => mayLackRows(form, path)) : NOTHING
  if (partial.length > 0) return lack(partial.map((path) => new NoValue(path, 'partial')))
  const answer: unknown = check.test(variables)
  if (typeof answer !== 'boolean') return { outcome: answer as Outcome, lacking }
  return { outcome: answer ? pass({}, check.testFields) : fail({}, check.testFields), lacking }
}

function stateOf(path: string, form: Form): 'value' | NoValue['state'] {
  if (path === 'asOf' || path === 'online') return form[path] === undefined ? 'context' : 'value'
  if (!path.startsWith('context.')) return form.state(path)
  return Reflect.get(form.context, path.slice('context.'.length)) === undefined ? 'context' : 'value'
}

const LEVELS: Severity[] = ['info', 'warning', 'error']
const milder = (one: Severity, other: Severity | undefined): Severity =>
  other && LEVELS.indexOf(other) < LEVELS.indexOf(one) ? other : one

/** `first` and what of `more` is not among them, each once. */
function unite(first: string[], more: string[]): string[] {
  if (first.length > 20) return [...new Set([...first, ...more])]
  const all: string[] = []
  for (const path of first) if (!all.includes(path)) all.push(path)
  for (const path of more) if (!all.includes(path)) all.push(path)
  return all
}

const NOTHING: string[] = []
const NO_FACTS = {}

function report(rule: PackRule, { outcome, lacking }: Ruling, form: Form, language: Language): RuleFinding {
  const { check } = rule
  const said: Said = { rule, form, lacking, language }
  const common = commonOf(rule)
  if (outcome === 'skipped') {
    const message = write(said, 'skipped', null, NO_FACTS)
    return { ...common, status: 'skipped', severity: rule.severity, message, fields: check.whenFields, confidence: 1 }
  }
  const { status, facts } = outcome
  const fields = unite(outcome.fields, check.file.needs)
  const severity = milder(rule.severity, outcome.severity)
  const weighed = form.wasRead ? pathsToWeigh(rule, outcome, form) : NOTHING
  const confidence = weighed.reduce((least, path) => Math.min(least, form.confidence(path)), outcome.confidence ?? 1)
  if (status === 'fail' && severity === 'error' && confidence < SURE) {
    const doubtful = weighed.filter((path) => form.confidence(path) < SURE)
    const values = doubtful.length > 0 ? doubtful : outcome.fields
    const finding = write(said, 'fail', outcome, facts)
    const message = write(said, 'low-confidence', null, { finding, values: valuesOf(values, form, language) })
    const all = unite(values, fields)
    return { ...common, status: 'unknown', cause: 'low-confidence', severity, message, fields: all, confidence }
  }
  const message = write(said, status, outcome, facts)
  if (status === 'unknown') {
    return { ...common, status, cause: outcome.cause ?? 'missing', severity, message, fields, confidence }
  }
  // What the words alone decide is a rule's finding, also where a model is asked for the rest.
  const own = check.file.source === 'llm' ? { ...common, source: 'rule' as const } : common
  const suggestion = status === 'fail' ? suggest(said, facts) : null
  return suggestion === null
    ? { ...own, status, severity, message, fields, confidence }
    : { ...own, status, severity, message, suggestion, fields, confidence }
}

/** The values whose confidence is the finding's. */
function pathsToWeigh({ check }: PackRule, outcome: Outcome, form: Form): string[] {
  const needs = outcome.stands ? [] : check.file.needs.filter((path) => form.state(path) !== 'missing')
  const own = outcome.confidence === undefined && !outcome.stands ? outcome.fields : []
  return [...new Set([...own, ...needs, ...check.whenFields])]
}

/** What to look at: what the value is called and how it was read. */
const valuesOf = (paths: string[], form: Form, language: Language): string =>
  paths
    .map((path) => {
      const raw = form.readings[path]?.raw
      return raw ? `${titleOf(path)}（${raw}）` : titleOf(path)
    })
    .join(JOINER[language])

/** What all findings of a rule share, whatever the form says. */
const commonOf = rememberOf((rule: PackRule) => ({
  rule: rule.check.file.rule,
  source: rule.check.file.source,
  ...citation(rule),
}))

/**
 * Where in the notice and what it asks, the pack's first clause: `《要求》第三部分“认真核对各项信息”第10项：三小时折一学分（BJ-66）`. Of
 * further clauses the next one's place is told; the pack lists them all.
 */
function citation({ clauses }: PackRule): Pick<RuleFinding, 'citation'> {
  const [first, second] = clauses
  if (!first) return {}
  const also = second ? `；另见${second.source ?? ''}（${second.id}）` : ''
  return {
    citation: {
      document: first.notice.number,
      title: first.notice.title,
      clause: `${first.source ? `${first.source}：` : ''}${first.clause}（${first.id}）${also}`,
    },
  }
}

import type { Cause, RuleFinding, Severity } from '../finding.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { rememberOf } from '../remember.ts'
import type { Language } from './files.ts'
import { Form, type FormInput, mayLackRows, NoValue, SURE } from './form.ts'
import { fill, parseTemplate, type Template } from './message.ts'
import type { Pack, PackRule } from './pack.ts'
import { titleOf } from './shape.ts'
import { Variables } from './views.ts'
import { JOINER, WORDING } from './wording.ts'

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
  const lacking = check.file.needs.flatMap((path) => {
    const state = stateOf(path, form)
    return state === 'value' ? [] : [new NoValue(path, state)]
  })
  if (lacking.some(({ state }) => state !== 'blank')) return lack(lacking.filter(({ state }) => state !== 'blank'))
  if (lacking.length > 0) {
    const blank = lacking.map(({ path }) => path)
    if (check.file.blank === 'fail') return { outcome: fail({}, blank, { variant: 'blank' }), lacking }
    if (check.file.blank === 'pass') return { outcome: pass({}, blank, { variant: 'blank' }), lacking }
    return lack(lacking)
  }
  const partial = check.file.whole.filter((path) => mayLackRows(form, path))
  if (partial.length > 0) return lack(partial.map((path) => new NoValue(path, 'partial')))
  const answer: unknown = check.test(variables)
  if (typeof answer !== 'boolean') return { outcome: answer as Outcome, lacking: [] }
  return { outcome: answer ? pass({}, check.testFields) : fail({}, check.testFields), lacking: [] }
}

function stateOf(path: string, form: Form): 'value' | NoValue['state'] {
  if (path === 'asOf' || path === 'online') return form[path] === undefined ? 'context' : 'value'
  if (!path.startsWith('context.')) return form.state(path)
  return Reflect.get(form.context, path.slice('context.'.length)) === undefined ? 'context' : 'value'
}

const LEVELS: Severity[] = ['info', 'warning', 'error']
const milder = (one: Severity, other: Severity | undefined): Severity =>
  other && LEVELS.indexOf(other) < LEVELS.indexOf(one) ? other : one

const unique = (paths: string[]): string[] => (paths.length < 2 ? paths : [...new Set(paths)])

function report(rule: PackRule, { outcome, lacking }: Ruling, form: Form, language: Language): RuleFinding {
  const { check } = rule
  const common = commonOf(rule)
  const write = writer(rule, form, lacking, language)
  if (outcome === 'skipped') {
    const fields = check.whenFields
    return {
      ...common,
      status: 'skipped',
      severity: rule.severity,
      message: write('skipped', null, {}),
      fields,
      confidence: 1,
    }
  }
  const fields = unique([...outcome.fields, ...check.file.needs])
  const severity = milder(rule.severity, outcome.severity)
  const weighed = form.wasRead ? pathsToWeigh(rule, outcome, form) : []
  const doubtful = weighed.filter((path) => form.confidence(path) < SURE)
  const confidence = Math.min(outcome.confidence ?? 1, ...weighed.map((path) => form.confidence(path)))
  if (outcome.status === 'fail' && severity === 'error' && confidence < SURE) {
    const finding = write('fail', outcome, outcome.facts)
    const values = doubtful.length > 0 ? doubtful : outcome.fields
    const message = write('low-confidence', null, { finding, values: valuesOf(values, form, language) })
    return {
      ...common,
      status: 'unknown',
      cause: 'low-confidence',
      severity,
      message,
      fields: unique([...values, ...fields]),
      confidence,
    }
  }
  const { status } = outcome
  // What the words alone decide is a rule's finding, also where a model is asked for the rest.
  const source = check.file.source === 'llm' && status !== 'unknown' ? 'rule' : common.source
  return {
    ...common,
    source,
    status,
    ...(status === 'unknown' ? { cause: outcome.cause ?? 'missing' } : {}),
    severity,
    message: write(status, outcome, outcome.facts),
    ...(status === 'fail' ? suggestion(rule, outcome, form, language) : {}),
    fields,
    confidence,
  }
}

/** The values whose confidence is the finding's. */
function pathsToWeigh({ check }: PackRule, outcome: Outcome, form: Form): string[] {
  const needs = outcome.stands ? [] : check.file.needs.filter((path) => form.state(path) !== 'missing')
  const own = outcome.confidence === undefined && !outcome.stands ? outcome.fields : []
  return unique([...own, ...needs, ...check.whenFields])
}

/** What to look at: what the value is called and how it was read. */
const valuesOf = (paths: string[], form: Form, language: Language): string =>
  paths
    .map((path) => {
      const raw = form.readings[path]?.raw
      return raw ? `${titleOf(path)}（${raw}）` : titleOf(path)
    })
    .join(JOINER[language])

function suggestion(rule: PackRule, outcome: Outcome, form: Form, language: Language): { suggestion?: string } {
  const template = rule.check.suggestion?.[language]
  const text = template ? fill(template, [outcome.facts, ...knownParams(rule)], form) : null
  return text === null ? {} : { suggestion: text }
}

const knownParams = ({ params }: PackRule) => [params.shown, params.qualified]

type Key = 'pass' | 'fail' | 'unknown' | 'skipped' | 'low-confidence'

/** Finds the words: the check's own where they can be filled, else the engine's. */
function writer(rule: PackRule, form: Form, lacking: NoValue[], language: Language) {
  const { check } = rule
  const own = check.messages[language]
  const known = knownParams(rule)
  return function write(key: Key, outcome: Outcome | null, facts: Outcome['facts']): string {
    const values = lacking.length > 0 ? lacking.map(({ path }) => titleOf(path)).join(JOINER[language]) : ''
    const all = [facts, ...known, { title: check.file.title[language], values, missing: values }]
    const keys = key === 'low-confidence' ? [] : ownKeys(key, outcome, lacking)
    for (const candidate of keys) {
      const template = own[candidate]
      const text = template ? fill(template, all, form) : null
      if (text !== null) return text
    }
    const isOpen = key === 'unknown' || key === 'low-confidence'
    const generic = isOpen ? fill(engineTemplate(key, outcome, lacking, language), all, form) : null
    return generic ?? check.file.title[language]
  }
}

/** The check's message keys, most particular first. */
function ownKeys(key: Exclude<Key, 'low-confidence'>, outcome: Outcome | null, lacking: NoValue[]): string[] {
  const state = lacking[0]?.state
  const particular = [outcome?.variant, state, outcome?.cause].filter((name) => name !== undefined)
  return [
    ...particular.map((name) => `${key}-${name}`),
    ...(key === 'unknown' && isEngines(outcome, lacking) ? [] : [key]),
  ]
}

/** The check never ran, so its message for what it leaves open does not fit. */
const isEngines = (outcome: Outcome | null, lacking: NoValue[]): boolean =>
  lacking.length > 0 || outcome?.cause === 'rule-error' || outcome?.cause === 'llm-unavailable'

const engineTemplates = new Map<string, Template>()

function engineTemplate(key: Key, outcome: Outcome | null, lacking: NoValue[], language: Language): Template {
  const state: Cause | 'blank' | 'partial' = lacking[0]?.state ?? outcome?.cause ?? 'missing'
  const name = key === 'low-confidence' ? key : state
  const cached = engineTemplates.get(`${language} ${name}`)
  if (cached) return cached
  const template = parseTemplate(WORDING[language][name])
  engineTemplates.set(`${language} ${name}`, template)
  return template
}

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

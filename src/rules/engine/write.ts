import type { Cause } from '../finding.ts'
import type { Outcome } from '../outcome.ts'
import { rememberOf } from '../remember.ts'
import type { Language } from './files.ts'
import type { Form, NoValue } from './form.ts'
import { fill, parseTemplate, type Template } from './message.ts'
import type { PackRule } from './pack.ts'
import { titleOf } from './shape.ts'
import { JOINER, WORDING } from './wording.ts'

/** What is put into words. `lacking`: the paths without a value. */
export type Said = { rule: PackRule; form: Form; lacking: NoValue[]; language: Language }

type Key = 'pass' | 'fail' | 'unknown' | 'skipped' | 'low-confidence'

/** Finds the words: the check's own where they can be filled, else the engine's. */
export function write(said: Said, key: Key, outcome: Outcome | null, facts: Outcome['facts']): string {
  const { rule, form, lacking, language } = said
  const own = rule.check.messages[language]
  const known = lacking.length > 0 ? { ...shownOf(rule)[language], ...listed(said) } : shownOf(rule)[language]
  if (key !== 'low-confidence') {
    for (const candidate of ownKeys(key, outcome, lacking)) {
      const template = own[candidate]
      const text = template ? fill(template, facts, known, form) : null
      if (text !== null) return text
    }
  }
  const isOpen = key === 'unknown' || key === 'low-confidence'
  const generic = isOpen ? fill(engineTemplate(key, outcome, lacking, language), facts, known, form) : null
  return generic ?? rule.check.file.title[language]
}

/** What to do about a failure; `null` where the check does not say. */
export function suggest({ rule, form, language }: Said, facts: Outcome['facts']): string | null {
  const template = rule.check.suggestion?.[language]
  return template ? fill(template, facts, paramsOf(rule), form) : null
}

const paramsOf = rememberOf(({ params }: PackRule) => ({ ...params.qualified, ...params.shown }))

/** What every message of a rule may print, whatever the form says. */
const shownOf = rememberOf((rule: PackRule): Record<Language, Record<string, string>> => {
  const { title } = rule.check.file
  const lists = { values: '', missing: '' }
  return {
    'zh-CN': { title: title['zh-CN'], ...lists, ...paramsOf(rule) },
    en: { title: title.en, ...lists, ...paramsOf(rule) },
  }
})

function listed({ rule, lacking, language }: Said): Record<string, string> {
  const values = lacking.map(({ path }) => titleOf(path)).join(JOINER[language])
  return { values, missing: values, ...paramsOf(rule) }
}

const PLAIN = { pass: ['pass'], fail: ['fail'], unknown: ['unknown'], skipped: ['skipped'] }

/** The check's message keys, most particular first. */
function ownKeys(key: Exclude<Key, 'low-confidence'>, outcome: Outcome | null, lacking: NoValue[]): string[] {
  const { variant, cause } = outcome ?? {}
  if (lacking.length === 0 && variant === undefined && cause === undefined) return PLAIN[key]
  const particular = [variant, lacking[0]?.state, cause].filter((name) => name !== undefined)
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

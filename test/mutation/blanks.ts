import type { RuleFinding } from '../../src/rules/finding.ts'
import { type Asked, type Mutation, setAt, valueAt } from './mutant.ts'

/** Every value that the pack wants on the form, left blank one at a time. */
export function blanksOf(asked: Asked): Mutation[] {
  const paths = ['required', 'ifAsked', 'minor', 'onPaper'].flatMap((param) => asked.words('required-fields', param))
  return paths.map((path) => ({
    also: BESIDE[path] ?? {},
    rule: 'required-fields',
    name: `${path} blank`,
    blank: path,
    places: ({ form }) => (path.includes('[].') ? form.teachers.length : 1),
    change: (mutant, _, place) => {
      if (path.includes('[].')) return setAt(mutant.form, path.replace('[]', `[${place}]`), null)
      const blanked = path.split('|').map((each) => setAt(mutant.form, each, blankFor(valueAt(mutant.form, each))))
      return blanked.includes(true)
    },
  }))
}

/** Rules that take a blank for an answer of its own. */
const BESIDE: Record<string, Record<string, string>> = {
  'leader.name': { 'leader-recent-project': 'approved projects are looked up by the leader’s name' },
  'project.delivery': { 'enrollment-cap': 'the cap binds whatever is not marked as remote' },
}

const blankFor = (value: unknown): unknown => (Array.isArray(value) ? [] : null)

/** A blank leaves every rule that needs the value without an answer; of the rules written for a blank some fail. */
export function lacksValue({ rule, status, fields }: RuleFinding, path: string, asked: Asked): boolean {
  const alternatives = path.split('|')
  const field = path.split('[].')[1]
  const names = (place: string) =>
    field ? place.startsWith('teachers') : alternatives.some((each) => place === each || place.startsWith(`${each}[`))
  if (status === 'unknown') return fields.some(names)
  const check = asked.pack.rules.find((each) => each.check.file.rule === rule)?.check
  return check?.file.blank === 'fail' && check.file.needs.some((need) => alternatives.includes(need))
}

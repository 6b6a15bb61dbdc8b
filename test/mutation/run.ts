import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import type { Pack } from '../../src/rules/engine/pack.ts'
import type { RuleFinding } from '../../src/rules/finding.ts'
import { type Base, readBases } from './bases.ts'
import { blanksOf, lacksValue } from './blanks.ts'
import { HARMLESS } from './harmless.ts'
import { type Asked, askedOf, inputOf, type Mutant, type Mutation } from './mutant.ts'
import { MUTATIONS } from './mutations/all.ts'

/** `survived`: the rule that must answer did not. `others`: rules that answered and had no reason to. */
export type Trial = {
  pack: string
  base: string
  rule: string
  mutation: string
  survived: boolean
  others: string[]
  /** Rules that answered beside it for a reason of the mutation's. */
  beside: string[]
}

/** What a base answers before any mutation, where it should answer nothing: `rule status`. */
export type Unclean = { pack: string; base: string; answers: string[] }

/** A rule that answered although the form was as compliant as before. */
export type Alarm = { pack: string; base: string; change: string; answers: string[] }

export type Run = { packs: Pack[]; trials: Trial[]; unclean: Unclean[]; alarms: Alarm[] }

/** Every mutation on every compliant form of every pack. */
export function runMutations(): Run {
  const { packs } = loadPacks(packSourceFromFolder('rules'))
  const all = readBases()
  const runs = [...packs.values()].map((pack) => {
    const bases = all.filter((base) => base.pack === pack.id)
    return {
      trials: bases.flatMap((base) => tryAll(pack, base)),
      unclean: bases.flatMap((base) => uncleanOf(pack, base)),
      alarms: bases.flatMap((base) => tryHarmless(pack, base)),
    }
  })
  return {
    packs: [...packs.values()],
    trials: runs.flatMap(({ trials }) => trials),
    unclean: runs.flatMap(({ unclean }) => unclean),
    alarms: runs.flatMap(({ alarms }) => alarms),
  }
}

const review = (pack: Pack, mutant: Mutant): RuleFinding[] => evaluatePack(pack, inputOf(mutant))

const saysOf = ({ status, cause, severity, message }: RuleFinding): string =>
  `${status} ${cause} ${severity} ${message}`

/** Without outside data there is none left to miss, and without a model nobody is asked. */
const answers = ({ status, cause }: RuleFinding): boolean =>
  status === 'fail' || (status === 'unknown' && cause !== 'llm-unavailable')

function uncleanOf(pack: Pack, base: Base): Unclean[] {
  const found = review(pack, base).filter(answers)
  const told = found.filter(({ rule, cause }) => !(rule === 'leader-unit' && cause === 'context'))
  if (told.length === 0) return []
  return [{ pack: pack.id, base: base.name, answers: told.map(({ rule, status }) => `${rule} ${status}`) }]
}

function tryAll(pack: Pack, base: Base): Trial[] {
  const asked = askedOf(pack)
  const before = new Map(review(pack, base).map((finding) => [finding.rule, saysOf(finding)]))
  return [...MUTATIONS, ...blanksOf(asked)]
    .filter(({ rule }) => asked.runs(rule))
    .flatMap((mutation) => Array.from({ length: mutation.places?.(base) ?? 1 }, (_, place) => ({ mutation, place })))
    .flatMap(({ mutation, place }) => {
      const mutant: Mutant = structuredClone({ form: base.form, context: base.context })
      if (mutation.change(mutant, asked, place) === false) return []
      const changed = review(pack, mutant).filter(
        (finding) => answers(finding) && before.get(finding.rule) !== saysOf(finding),
      )
      return [
        {
          pack: pack.id,
          base: base.name,
          rule: mutation.rule,
          mutation: mutation.name,
          ...judge(mutation, changed, asked),
        },
      ]
    })
}

function tryHarmless(pack: Pack, base: Base): Alarm[] {
  const asked = askedOf(pack)
  const before = new Map(review(pack, base).map((finding) => [finding.rule, finding.status]))
  return HARMLESS.flatMap(({ name, change }) => {
    const mutant: Mutant = structuredClone({ form: base.form, context: base.context })
    if (change(mutant, asked) === false) return []
    const found = review(pack, mutant).filter(
      (finding) => answers(finding) && before.get(finding.rule) !== finding.status,
    )
    const told = found.map(({ rule, status, message }) => `${rule} ${status}: ${message}`)
    return told.length > 0 ? [{ pack: pack.id, base: base.name, change: name, answers: told }] : []
  })
}

function judge(
  { rule, as = 'fail', also = {}, blank }: Mutation,
  changed: RuleFinding[],
  asked: Asked,
): Pick<Trial, 'survived' | 'others' | 'beside'> {
  const rest = changed.filter((finding) => finding.rule !== rule)
  const beside = rest.filter((finding) => finding.rule in also)
  const others = rest.filter((finding) => !beside.includes(finding) && !(blank && lacksValue(finding, blank, asked)))
  return {
    beside: beside.map((finding) => finding.rule),
    survived: !changed.some((finding) => finding.rule === rule && finding.status === as),
    others: others.map((finding) => `${finding.rule} ${finding.status}`),
  }
}

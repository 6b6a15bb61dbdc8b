import { type Mutant, type Mutation, OTHER_UNIT, setAt, shiftDay, valueAt } from '../mutant.ts'

/** What the paper shows: seals, signatures, dates, and whether it agrees with the record filled in online. */
export const PAPER: Mutation[] = [
  unmarked('unit-seal', 'cover.sealed'),
  unmarked('unit-seal', 'unitOpinion.sealed'),
  unmarked('leader-signature', 'leader.signed'),
  unmarked('commitment-signed', 'commitment.signed'),
  unmarked('commitment-signed', 'commitment.present'),
  {
    rule: 'commitment-signed',
    name: 'the commitment names another project',
    change: (mutant) => {
      mutant.others = { 'project.name': [readingOf('社区高血压规范管理培训班')] }
    },
  },
  {
    rule: 'unit-seal-name',
    name: 'the seal of another unit',
    change: ({ form }) => setAt(form, 'seals[0].text', OTHER_UNIT),
  },
  {
    rule: 'unit-seal-name',
    name: "a department's seal",
    change: ({ form }) => setAt(form, 'seals[0].text', `${form.unit.name}医务科`),
  },
  {
    rule: 'unit-seal-name',
    name: 'a contract seal',
    change: ({ form }) => setAt(form, 'seals[0].text', `${form.unit.name}合同专用章`),
  },
  differing('project.name', '社区高血压规范管理培训班'),
  differing('project.hours', 99),
  differing('leader.title', '主任技师'),
  differing('teachers[0].unit', OTHER_UNIT),
  {
    rule: 'application-window',
    name: 'the day after the last',
    change: ({ form }, asked) => {
      const kind = form.project.kind === 'filing' ? 'filingUntil' : 'until'
      return setAt(form, 'cover.date', shiftDay(asked.text('application-window', kind), 1))
    },
  },
  {
    rule: 'application-window',
    name: 'the day before the first',
    change: ({ form }, asked) => {
      const [from, maybe] = [asked.text('application-window', 'from'), asked.text('application-window', 'maybeFrom')]
      if (from < '2000') return false
      return setAt(form, 'cover.date', shiftDay(maybe > '2000' ? maybe : from, -1))
    },
  },
  {
    rule: 'application-window',
    name: 'a first day that the notice leaves in doubt',
    as: 'unknown',
    change: ({ form }, asked) =>
      asked.text('application-window', 'maybeFrom') > '2000' &&
      setAt(form, 'cover.date', shiftDay(asked.text('application-window', 'from'), -1)),
  },
]

function unmarked(rule: string, path: string): Mutation {
  return { rule, name: `${path} false`, change: ({ form }) => setAt(form, path, false) }
}

/** The paper stays as it is, the record says something else. */
function differing(path: string, value: string | number): Mutation {
  return {
    rule: 'paper-matches-online',
    name: `online another ${path}`,
    change: (mutant: Mutant) => {
      const online = structuredClone(mutant.form)
      if (valueAt(online, path) === value || !setAt(online, path, value)) return false
      mutant.online = online
    },
  }
}

export const readingOf = (value: string) => ({ value, raw: value, confidence: 1, evidence: [] })

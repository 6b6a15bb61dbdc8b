import { isNursing, isPractical, isPracticeRow } from '../../domain/skill.ts'
import { isNursingTitle, type Rank, rankAtLeast, ranksOfLevelWord, readTitle } from '../../domain/title.ts'
import type { Cause } from '../../finding.ts'
import { and, fail, type Outcome, unknown } from '../../outcome.ts'
import { type Exact, ONE } from '../exact.ts'
import { doubtAt, type Form, type View } from '../form.ts'
import type { CelFunction } from '../function.ts'
import { cellPath } from '../paths.ts'
import { type Item, Share } from '../share.ts'
import { formOf, type Person, peopleOf, rowLabel, settle, type TeacherRow, type Verdict } from './rows.ts'
import { totalHours } from './shares.ts'

/** The ranks a 职称 leaves open: one for a listed title, several for a level word, none with `why` where it tells nothing. */
type Ranks = { ranks: Rank[]; why?: Cause }

function ranksOf(row: TeacherRow): Ranks {
  const doubt = doubtAt(row, 'title')
  if (doubt) return { ranks: [], why: doubt }
  const raw = row.raw?.title ?? ''
  const { rank } = readTitle(raw)
  const ranks = rank ? [rank] : ranksOfLevelWord(raw)
  return ranks.length > 0 ? { ranks } : { ranks, why: 'missing' }
}

type Titled = View<{ title?: string | null | undefined }>

const titlePath = (row: TeacherRow): string => cellPath(row.path, 'title')

/** How the form marks a row (A20): with neither kind nor method it is taken for theory, and never more than a warning. */
function isMarked(row: TeacherRow): boolean {
  return Boolean(row.raw?.kind) || Boolean(row.raw?.method)
}

/** Whether lower ranks are allowed for this row because shares of their own bound them (BJ-20, BJ-21, A5). */
function allowance(form: Form | null, nursing: boolean, skills: boolean): (row: TeacherRow) => boolean | null {
  const isNurses = nursing && form !== null && isNursing(form.declaration).answer === true
  const skill = skills && form !== null ? isPractical(form.declaration).answer : false
  return (row) => isNurses || (nursing && isNursingTitle(row.raw?.title ?? '')) || skill
}

function judge(row: TeacherRow, required: Rank, lowered: boolean | null): Verdict {
  const { ranks, why } = ranksOf(row)
  const label = `${rowLabel(row)}${row.raw?.title ? ` ${row.raw.title}` : ''}`
  const fields = [titlePath(row)]
  const meets = (floor: Rank) => ranks.filter((rank) => rankAtLeast(rank, floor)).length
  if (ranks.length === 0) return { label, state: 'open', fields, ...(why ? { why } : {}) }
  if (meets(required) === ranks.length) return { label, state: 'ok', fields }
  const floor = lowered === false ? required : 'intermediate'
  if (meets(floor) === 0) return { label, state: 'bad', fields }
  if (lowered === true && meets('intermediate') === ranks.length) return { label, state: 'ok', fields }
  return { label, state: 'open', why: 'missing', fields }
}

/** Teachers of theory hold `required` or more. Rows that the form marks as neither theory nor practice only warn. */
function theoryTitles(teachers: TeacherRow[], required: Rank, nursing: boolean, skills: boolean): Outcome {
  const theory = teachers.filter((row) => !isPracticeRow(row.raw ?? {}))
  const allow = allowance(formOf(teachers), nursing, skills)
  const verdictOf = (row: TeacherRow) => judge(row, required, allow(row))
  const marked = settle(theory.filter(isMarked).map(verdictOf))
  const unmarked = settle(theory.filter((row) => !isMarked(row)).map(verdictOf))
  if (marked.status === 'fail' || unmarked.status === 'pass') return marked
  if (unmarked.status === 'fail' && marked.status === 'pass')
    return { ...unmarked, severity: 'warning', variant: 'unmarked' }
  return and(marked, unmarked.status === 'fail' ? unknown('missing', unmarked.facts, unmarked.fields) : unmarked)
}

const practiceTitles = (teachers: TeacherRow[], required: Rank): Outcome =>
  settle(teachers.filter((row) => isPracticeRow(row.raw ?? {})).map((row) => judge(row, required, false)))

const hasTheoryRows = (teachers: TeacherRow[]): boolean => teachers.some((row) => !isPracticeRow(row.raw ?? {}))

const hasPracticeRows = (teachers: TeacherRow[]): boolean => teachers.some((row) => isPracticeRow(row.raw ?? {}))

/** A person holds the highest rank of any row (A23). */
function isIntermediate(person: Person, counts: (row: TeacherRow) => boolean | null): Pick<Item, 'place' | 'why'> {
  const read = person.members.map((row) => ranksOf(row))
  const known = read.filter(({ ranks }) => ranks.length > 0)
  const higher = known.some(({ ranks }) => ranks.every((rank) => rankAtLeast(rank, 'deputy')))
  if (higher) return { place: 'outside' }
  const [doubt] = read.filter(({ ranks }) => ranks.length === 0)
  if (doubt) return { place: 'open', why: doubt.why ?? 'missing' }
  if (!known.some(({ ranks }) => ranks.includes('intermediate'))) return { place: 'outside' }
  const counted = person.members.map(counts)
  if (counted.every((answer) => answer === false)) return { place: 'outside' }
  return counted.includes(null) ? { place: 'open', why: 'missing' } : { place: 'inside' }
}

function intermediateShares(teachers: TeacherRow[], counts: (row: TeacherRow) => boolean | null) {
  const people = peopleOf(teachers).map((person) => ({
    person,
    item: {
      label: person.label,
      weight: ONE,
      ...isIntermediate(person, counts),
      fields: person.members.map(titlePath),
    },
  }))
  const hours = new Share(people.map(({ person, item }) => ({ ...item, weight: totalHours(person.members) })))
  const told = hours.items.every((item) => item.weight !== null) ? hours.told : '—'
  return {
    heads: new Share(
      people.map(({ item }) => item),
      { hours: told },
    ),
    hours,
  }
}

/** `null`: 中级 alone does not tell the series. */
const isNurse = (row: TeacherRow): boolean | null => {
  const title = row.raw?.title ?? ''
  return readTitle(title).rank === null && ranksOfLevelWord(title).length > 0 ? null : isNursingTitle(title)
}

/** BJ-20: nurses of a nursing project are bounded by their own share (A7). */
function skillShare(form: Form, teachers: TeacherRow[], max: Exact): Outcome {
  const skill = isPractical(form.declaration)
  const isMixed = isNursing(form.declaration).answer === true
  const { heads } = intermediateShares(teachers, (row) => (isMixed ? invert(isNurse(row)) : true))
  const outcome = heads.atMost(max)
  const facts = { ...outcome.facts, evidence: skill.evidence }
  if (skill.answer === null && outcome.status !== 'pass') {
    return unknown('missing', facts, outcome.fields, { variant: 'skill' })
  }
  return { ...outcome, facts, ...(isMixed && outcome.status === 'fail' ? { severity: 'warning' as const } : {}) }
}

const invert = (answer: boolean | null): boolean | null => (answer === null ? null : !answer)

/** BJ-21 by heads; where heads and hours disagree a person decides (A4). */
function nursingShare(teachers: TeacherRow[], max: Exact): Outcome {
  const { heads, hours } = intermediateShares(teachers, isNurse)
  const byHeads = heads.atMost(max)
  const byHours = hours.atMost(max)
  if (byHeads.status === 'unknown' || byHours.status === 'unknown' || byHeads.status === byHours.status) return byHeads
  return fail(byHeads.facts, byHeads.fields, {
    severity: 'warning',
    variant: byHeads.status === 'fail' ? 'heads' : 'hours',
    confidence: 1,
  })
}

function hasNurses(form: Form, teachers: TeacherRow[]): boolean {
  if (isNursing(form.declaration).answer === true) return true
  return teachers.some(
    (row) => row.raw?.title && isNursingTitle(row.raw.title) && readTitle(row.raw.title).rank === 'intermediate',
  )
}

const skillAnswer = (form: Form): string => {
  const { answer } = isPractical(form.declaration)
  return answer === null ? 'open' : answer ? 'yes' : 'no'
}

/** BJ-71: a level, post, degree, honour or licence is no title; a text that no list knows is for a person. */
function titlesExplicit(_form: Form, leader: Titled, teachers: TeacherRow[]): Outcome {
  const places: { view: Titled; label: string }[] = [
    { view: leader, label: '项目负责人' },
    ...teachers.map((row) => ({ view: row, label: rowLabel(row) })),
  ]
  const verdicts = places.flatMap(({ view, label }): Verdict[] => {
    const raw = view.raw?.title
    if (!raw) return []
    const path = cellPath(view.path, 'title')
    const doubt = doubtAt(view, 'title')
    const { problem } = readTitle(raw)
    const told = `${label} ${raw}`
    if (problem === null) return [{ label: told, state: 'ok', fields: [path] }]
    if (doubt) return [{ label: told, state: 'open', why: doubt, fields: [path] }]
    return [{ label: told, state: problem === 'unlisted' ? 'open' : 'bad', why: 'missing', fields: [path] }]
  })
  return verdicts.length > 0 ? settle(verdicts) : unknown('missing', { openNames: '职称' }, ['leader.title'])
}

export const titleFunctions: CelFunction[] = [
  {
    signature: 'theoryTitles(list<Teacher>, string, bool, bool): Outcome',
    about:
      'Teachers of theory hold the rank given; intermediate nurses and skill projects allowed as the two flags say.',
    call: theoryTitles,
  },
  {
    signature: 'practiceTitles(list<Teacher>, string): Outcome',
    about: 'Teachers of practice hold the rank given or more.',
    call: practiceTitles,
  },
  { signature: 'hasTheoryRows(list<Teacher>): bool', about: 'Some row is not practice.', call: hasTheoryRows },
  { signature: 'hasPracticeRows(list<Teacher>): bool', about: 'Some row is practice.', call: hasPracticeRows },
  {
    signature: 'skillProject(Form): string',
    about: 'Whether this is a clinical-skills project: yes, no or open.',
    call: skillAnswer,
  },
  {
    signature: 'skillShare(Form, list<Teacher>, Number): Outcome',
    about: 'Share of intermediate-rank people among the teachers of a clinical-skills project, at most.',
    call: skillShare,
  },
  {
    signature: 'hasNurses(Form, list<Teacher>): bool',
    about: 'A nursing project, or intermediate nurses among the teachers of another.',
    call: hasNurses,
  },
  {
    signature: 'nursingShare(list<Teacher>, Number): Outcome',
    about: 'Share of intermediate-rank nurses among the teachers, at most.',
    call: nursingShare,
  },
  {
    signature: 'titlesExplicit(Form, Leader, list<Teacher>): Outcome',
    about: 'Every title filled in is a professional title.',
    call: titlesExplicit,
  },
]

import { compareUnits, parseUnitName } from '../../domain/unit-name.ts'
import type { Outcome } from '../../outcome.ts'
import { rememberOf } from '../../remember.ts'
import { type Exact, ONE, sum } from '../exact.ts'
import type { CelFunction } from '../function.ts'
import { cellPath } from '../paths.ts'
import { type Item, Share } from '../share.ts'
import { hoursOf, type Person, peopleOf, placeByUnit, rowLabel, type TeacherRow } from './rows.ts'

const unitFields = (rows: TeacherRow[]): string[] => rows.map((row) => cellPath(row.path, 'unit'))

/** The name counts too where it may be read wrongly. */
const twinOf = ({ twin, members }: Person): Pick<Item, 'twin' | 'fields'> =>
  twin
    ? { twin, fields: [...members.map((row) => cellPath(row.path, 'name')), ...unitFields(members)] }
    : { fields: unitFields(members) }

/** Hours shown beside a share of heads (A1); `—` where they cannot be summed. */
const shareText = (share: Share): string => {
  const isWhole = share.items.every((item) => item.weight !== null && item.place !== 'open')
  return isWhole ? share.told : '—'
}

function homeHours(teachers: TeacherRow[], home: string, aliases: string[]): Share {
  const items = teachers.map(
    (row): Item => ({
      label: rowLabel(row),
      weight: hoursOf(row),
      ...placeByUnit([row], home, aliases),
      fields: [cellPath(row.path, 'unit'), cellPath(row.path, 'hours')],
    }),
  )
  return new Share(items)
}

function homeShare(teachers: TeacherRow[], home: string, aliases: string[]): Share {
  const items = peopleOf(teachers).map(
    (person): Item => ({
      label: person.label,
      weight: ONE,
      ...placeByUnit(person.members, home, aliases),
      ...twinOf(person),
    }),
  )
  return new Share(items, { hours: shareText(homeHours(teachers, home, aliases)), unit: home })
}

/** The first unit a person names; people without one are in nobody's group for certain. */
const namedUnit = ({ members }: Person): string | null => members.find((row) => row.raw?.unit)?.raw?.unit ?? null

/** One share for every employer named, spelling by spelling of the same one once. */
export const employerShares = rememberOf((teachers: TeacherRow[]): { unit: string; share: Share }[] => {
  const people = peopleOf(teachers)
  const units: string[] = []
  for (const person of people) {
    const unit = namedUnit(person)
    if (unit && !units.some((known) => compareUnits(unit, known) === 'same')) units.push(unit)
  }
  return units.map((spelling) => {
    const unit = employerName(people, spelling)
    const items = people.map(
      (person): Item => ({
        label: person.label,
        weight: ONE,
        ...placeByUnit(person.members, spelling, []),
        ...twinOf(person),
      }),
    )
    return { unit, share: new Share(items, { unit }) }
  })
})

/** The shortest of an employer's spellings, without campus and department. */
function employerName(people: Person[], spelling: string): string {
  const units = people.flatMap((person) => namedUnit(person) ?? [])
  const own = units.filter((unit) => compareUnits(unit, spelling) === 'same').map((unit) => parseUnitName(unit).full)
  const [shortest = spelling] = own.sort((a, b) => a.length - b.length)
  return shortest
}

/** 同一单位…不高于: the largest share of any one employer. */
function largestEmployer(teachers: TeacherRow[], bound: Exact): Outcome {
  const shares = employerShares(teachers).map(({ share }) => share)
  const nobody = new Share(
    peopleOf(teachers).map(({ label, members }) => ({
      label,
      weight: ONE,
      place: 'open' as const,
      why: 'missing' as const,
      fields: unitFields(members),
    })),
    { unit: '—' },
  )
  const outcomes = (shares.length > 0 ? shares : [nobody])
    .sort((a, b) => b.weigh('inside').compare(a.weigh('inside')) || b.weigh('open').compare(a.weigh('open')))
    .map((share) => share.atMost(bound))
  const telling = (status: Outcome['status']) => outcomes.find((outcome) => outcome.status === status)
  return telling('fail') ?? telling('unknown') ?? outcomes[0] ?? nobody.atMost(bound)
}

/** How much is known of the weight of rows taught by one person. */
export const totalHours = (rows: TeacherRow[]): Exact | null => {
  const hours = rows.map(hoursOf)
  return hours.some((value) => value === null) ? null : sum(hours.flatMap((value) => value ?? []))
}

export const shareFunctions: CelFunction[] = [
  {
    signature: 'homeShare(list<Teacher>, string, list<string>): Share',
    about: 'Distinct teachers of the applying unit (its name, its other names) among all teachers.',
    call: homeShare,
  },
  {
    signature: 'homeHours(list<Teacher>, string, list<string>): Share',
    about: 'Hours taught by the applying unit’s teachers among all hours of the table.',
    call: homeHours,
  },
  {
    signature: 'largestEmployer(list<Teacher>, Number): Outcome',
    about: 'Whether no single employer has more than the share given of the distinct teachers.',
    call: largestEmployer,
  },
]

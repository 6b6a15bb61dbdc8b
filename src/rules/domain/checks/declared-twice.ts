import { compareProjects, isComparable, isCopy, type Likeness } from '../../across/copies.ts'
import { compareUnitsOf, hasSameName, sameYear } from '../../across/projects.ts'
import { compareLeaders, type Sameness } from '../../across/same-leader.ts'
import type { Form } from '../../engine/form.ts'
import type { KnownDeclaration } from '../../known.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { isSameName, isThisYear } from './named-projects.ts'

/**
 * The same project is not declared a second time this year: by name in the caller's lists (`context.leaderProjects`,
 * `context.unitProjects`), by name and by nearly the same lectures and text among other declarations that were read.
 */
export function notDeclaredTwice(form: Form): Outcome {
  const { leaderProjects, unitProjects } = form.context
  const lists = [leaderProjects, unitProjects].filter((list) => Array.isArray(list))
  const fields = ['project.name', 'unit.name']
  const named = lists.flat().find((project) => isThisYear(form, project) && isSameName(form, project.name))
  if (named) return fail({ number: named.number ?? '', other: named.name ?? '' }, fields)
  const twins = form.known.flatMap((known) => twinOf(form, known))
  const gravest = ORDER.flatMap((kind) => twins.filter((twin) => twin.kind === kind))[0]
  if (gravest) return tell(gravest, fields)
  return lists.length > 0 ? pass({}, fields) : unknown('context', {}, fields)
}

/**
 * `elsewhere`: by another unit or leader. `again`: the very form a second time. `copy`: under another name. `name`: of the same name
 * and other content.
 */
type Kind = 'elsewhere' | 'copy' | 'again' | 'name'
type Twin = { kind: Kind; known: KnownDeclaration; likeness: Likeness }

const ORDER: Kind[] = ['elsewhere', 'copy', 'again', 'name']

function twinOf(form: Form, known: KnownDeclaration): Twin[] {
  const [own, other] = [form.declaration, known.declaration]
  if (sameYear(own, other) === 'different') return []
  const likeness = compareProjects(own, other)
  const [isNamesake, isAlike] = [hasSameName(own, other), isCopy(likeness)]
  if (!isNamesake && !isAlike) return []
  const [unit, leader] = [compareUnitsOf(own, other), compareLeaders(form, known)]
  if (isHandedInAgain(known, unit, leader, isNamesake)) return []
  const twin = (kind: Kind) => [{ kind, known, likeness }]
  if (!isNamesake) return twin('copy')
  if (unit === 'same' && leader === 'same') return twin('again')
  if (isAlike || (!isComparable(likeness) && unit === 'same')) return twin('elsewhere')
  return unit === 'same' || leader === 'same' ? twin('name') : []
}

/** A form that came earlier, from the same unit, is this one before it was corrected. */
function isHandedInAgain(
  { earlier, returned }: KnownDeclaration,
  unit: Sameness,
  leader: Sameness,
  isNamesake: boolean,
) {
  if (!earlier || unit === 'different') return false
  return returned === true || (isNamesake && leader !== 'different')
}

/** Likeness is no proof: a renamed copy and a form handed in twice are for a person, and so is what was reviewed earlier, perhaps a draft. */
function tell({ kind, known, likeness }: Twin, fields: string[]): Outcome {
  const { project, unit, leader } = known.declaration
  const facts = {
    number: '',
    other: project?.name ?? '',
    where: [unit?.name, leader?.name, known.label].filter(Boolean).join('，'),
    text: percent(likeness.text),
    topics: percent(likeness.topics),
  }
  const paths = kind === 'again' ? fields : [...fields, 'project.content', 'project.objective', 'teachers']
  if (kind === 'name') return unknown('context', facts, paths, { variant: 'name' })
  if (kind === 'elsewhere' && !known.earlier) return fail(facts, paths, { variant: 'elsewhere' })
  return fail(facts, paths, { variant: kind, severity: 'warning' })
}

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)}%`)

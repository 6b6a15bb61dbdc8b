import type { Declaration } from '../../declaration/schema.ts'
import { bareText } from '../domain/likeness.ts'
import { compareUnits } from '../domain/unit-name.ts'
import type { Form } from '../engine/form.ts'
import type { KnownDeclaration } from '../known.ts'
import { compareProjects, isCopy } from './copies.ts'
import { compareLeaders, type Sameness } from './same-leader.ts'

/** Projects of one person or unit beside the one under review. `open`: perhaps not this person's, of another level or year, or given up. */
export type Others = { certain: KnownDeclaration[]; open: KnownDeclaration[] }

/** The other projects of this leader at a level (`all`: every level) in the same year; each project once, however often handed in. */
export const leadersOthers = (form: Form, level: string): Others =>
  othersOf(form, level, (known) => compareLeaders(form, known))

/** The other projects of the applying unit. */
export const unitsOthers = (form: Form, level: string): Others =>
  othersOf(form, level, ({ declaration }) => compareUnitsOf(form.declaration, declaration))

export function compareUnitsOf(one: Declaration, other: Declaration): Sameness {
  return one.unit?.name && other.unit?.name ? compareUnits(one.unit.name, other.unit.name) : 'unknown'
}

function othersOf(form: Form, level: string, compare: (known: KnownDeclaration) => Sameness): Others {
  const others: Others = { certain: [], open: [] }
  for (const known of form.known) {
    const relation = compare(known)
    if (relation === 'different' || isSameProject(form.declaration, known.declaration)) continue
    const facets = [relation, sameYear(form.declaration, known.declaration), isOfLevel(known.declaration, level)]
    if (facets.includes('different')) continue
    // Whether a returned form ever came back nobody knows.
    const list = known.returned || facets.includes('unknown') ? others.open : others.certain
    if (!list.some(({ declaration }) => isSameProject(declaration, known.declaration))) list.push(known)
  }
  return others
}

const facet = (one: unknown, other: unknown): Sameness => {
  if (one === null || one === undefined || other === null || other === undefined) return 'unknown'
  return one === other ? 'same' : 'different'
}

export const sameYear = (one: Declaration, other: Declaration): Sameness =>
  facet(one.project?.year, other.project?.year)

const isOfLevel = ({ project }: Declaration, level: string): Sameness =>
  level === 'all' ? 'same' : facet(project?.level, level)

export const hasSameName = (one: Declaration, other: Declaration): boolean => {
  const name = bareText(one.project?.name ?? '')
  return name !== '' && name === bareText(other.project?.name ?? '')
}

/** One project, handed in twice: of one name or nearly the same, in one year at one level. */
export function isSameProject(one: Declaration, other: Declaration): boolean {
  if (sameYear(one, other) === 'different' || facet(one.project?.level, other.project?.level) === 'different')
    return false
  return hasSameName(one, other) || isCopy(compareProjects(one, other))
}

/** What a message calls other declarations: `《某班》（b.pdf）`. */
export const listOf = (known: KnownDeclaration[]): string =>
  known.map(({ declaration, label }) => `《${declaration.project?.name ?? '未具名项目'}》（${label}）`).join('、')

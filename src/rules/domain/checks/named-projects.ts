import type { Context } from '../../context.ts'
import type { Form } from '../../engine/form.ts'
import { bareText } from '../likeness.ts'

/** A project that the caller names. */
export type NamedProject = NonNullable<Context['approvedBefore']>[number]

export const isSameName = (form: Form, name: string | undefined): boolean =>
  Boolean(name) && bareText(name ?? '') === bareText(form.declaration.project?.name ?? '')

export const isThisProject = (form: Form, project: NamedProject): boolean =>
  isSameName(form, project.name) &&
  Boolean(project.number) &&
  project.number === form.declaration.project?.disciplineCode

export const isThisYear = (form: Form, project: NamedProject): boolean =>
  project.year === undefined || !form.declaration.project?.year || project.year === form.declaration.project.year

import { type Form, record } from '../form.ts'
import { type Block, paragraph } from '../sheet.ts'

export const PAGE: Block = { kind: 'page' }

/** What the form's title tells: level and year. */
export const titled = (form: Form, year = true) => {
  record(form, 'project.level', form.source.full.project.level)
  if (year) record(form, 'project.year', form.source.full.project.year)
  record(form, 'unit.kind', form.source.full.unit.kind)
}

export const head = (words: string, form: Form) =>
  paragraph(words, { heading: true, size: form.style.size + 2, before: 4 })

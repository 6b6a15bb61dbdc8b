import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build } from './build.ts'
import type { Form } from './forms/form.ts'
import * as municipal from './forms/municipal.ts'
import * as national from './forms/national.ts'

const FORMS: Form[] = [...Object.values(national), ...Object.values(municipal)]

/** Blank rows and derived values apart, what was read is exactly what the form says. */
describe.each(FORMS)('$name', ({ specs, expected }) => {
  it('is read as printed', () => {
    expect(extractDeclaration([build(specs)]).declaration).toEqual(expected)
  })

  it('is read the same without geometry', () => {
    const withoutSpread = specs.filter((spec) => spec !== '     实训班')
    const { declaration } = extractDeclaration([build(withoutSpread, { source: 'docx' })])
    expect(declaration.leader).toEqual(expected.leader)
    expect(declaration.teachers?.length).toBe(expected.teachers?.length)
    expect(declaration.unit).toEqual(expected.unit)
  })
})

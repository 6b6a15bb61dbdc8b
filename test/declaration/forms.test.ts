import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build } from './build.ts'
import type { Form } from './forms/form.ts'
import * as lines from './forms/lines.ts'
import * as municipal from './forms/municipal.ts'
import * as national from './forms/national.ts'
import * as odd from './forms/odd.ts'
import * as provinces from './forms/provinces.ts'
import * as sections from './forms/sections.ts'

const FORMS: Form[] = [national, municipal, provinces, sections, lines, odd].flatMap((forms) => Object.values(forms))

/** Blank rows and derived values apart, what was read is exactly what the form says. */
describe.each(FORMS)('$name', ({ specs, expected }) => {
  it('is read as printed', () => {
    expect(extractDeclaration([build(specs)]).declaration).toEqual(expected)
  })

  // Words set in columns without rulings need their places.
  it.skipIf(specs === provinces.unruledPdf.specs)('is read the same without geometry', () => {
    const withoutSpread = specs.filter((spec) => spec !== '     实训班')
    const { declaration } = extractDeclaration([build(withoutSpread, { source: 'docx' })])
    expect(declaration.leader).toEqual(expected.leader)
    expect(declaration.teachers?.length).toBe(expected.teachers?.length)
    expect(declaration.unit).toEqual(expected.unit)
  })
})

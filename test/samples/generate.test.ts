import { describe, expect, it } from 'vitest'
import * as compliant from '../../samples/generate/cases/beijing-compliant.ts'
import * as violations from '../../samples/generate/cases/beijing-violations.ts'
import { damage, type Raster } from '../../samples/generate/degrade.ts'
import { findSeals } from '../../samples/generate/find-seals.ts'
import { idNumber, PEOPLE } from '../../samples/generate/people.ts'
import { exactly } from '../../samples/generate/texts.ts'
import { fill, truthOf } from '../../samples/generate/truth.ts'

describe('filling a form', () => {
  const medical = { source: compliant.medical, layout: 'beijing-book', style: 'song', kind: 'pdf' } as const

  it('claims nothing that the layout does not print', () => {
    const { declaration } = fill(medical)
    expect(declaration.project?.name).toBe('围手术期抗菌药物合理使用与药学监护培训班')
    expect(declaration.project).not.toHaveProperty('outsideShare')
    expect(declaration.leader).not.toHaveProperty('age')
  })

  it('claims marks on paper only', () => {
    const text = JSON.stringify(truthOf(medical, fill(medical).declaration, ['a.pdf']))
    const paper = JSON.stringify(truthOf({ ...medical, kind: 'scan-clean' }, fill(medical).declaration, ['a.pdf']))
    expect(text).not.toContain('"sealed"')
    expect(paper).toContain('"sealed":true')
  })

  it('expects no fault in sessions that the layout has no room for', () => {
    const source = Object.values(violations).find(({ id }) => id === 'bm-cdc-faults') ?? compliant.medical
    const rulesOf = (layout: 'beijing-book' | 'beijing-grouped') =>
      Object.keys(
        truthOf({ ...medical, source, layout }, fill({ ...medical, source, layout }).declaration, []).findings ?? {},
      )
    expect(rulesOf('beijing-book')).toContain('sessions-cap')
    expect(rulesOf('beijing-grouped')).not.toContain('sessions-cap')
    expect(rulesOf('beijing-grouped')).toContain('infectious-flag')
  })

  it('gives a blank label null', () => {
    const source = structuredClone(compliant.medical)
    source.full.project.audience = null
    expect(fill({ ...medical, source }).declaration.project?.audience).toBeNull()
  })
})

describe('the parts of a sample', () => {
  it('cuts texts to an exact number of characters', () => {
    for (const count of [200, 300])
      expect([...exactly(count, compliant.medical.full.overview ?? '')]).toHaveLength(count)
  })

  it('computes the check digit of GB 11643', () => {
    expect(idNumber(PEOPLE.lin)).toBe('990101197003150016')
    expect(idNumber(PEOPLE.song)).toBe('990101197606151827')
  })

  it('damages a page in the same way every time', () => {
    const page: Raster = { width: 60, height: 80, data: new Uint8Array(60 * 80 * 3).fill(200) }
    const how = { dpi: 150, skew: [1, 2] as [number, number], noise: 8, quality: 40 }
    expect(damage(page, how, 'a').data).toEqual(damage(page, how, 'a').data)
    expect(damage(page, how, 'a').data).not.toEqual(damage(page, how, 'b').data)
  })

  it('finds two seals apart from each other', () => {
    const page: Raster = { width: 600, height: 800, data: new Uint8Array(600 * 800 * 3).fill(255) }
    for (const [left, top] of [
      [100, 100],
      [350, 500],
    ] as const)
      for (let y = top; y < top + 90; y++)
        for (let x = left; x < left + 90; x++) page.data.set([216, 38, 44], (y * 600 + x) * 3)
    expect(findSeals([page])).toEqual([
      { page: 1, box: [0.167, 0.125, 0.148, 0.111] },
      { page: 1, box: [0.583, 0.625, 0.148, 0.111] },
    ])
  })
})

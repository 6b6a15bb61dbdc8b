import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/declaration/book.ts'
import { mendUnitName } from '../../src/declaration/mend-unit.ts'

const reading = (value: string, confidence: number) => ({ value, raw: value, confidence, evidence: [] })

const mend = (own: [string, number], leader: [string, number], teacher = leader) => {
  const book = openBook()
  book.found.set('unit.name', [reading(...own)])
  book.found.set('leader.unit', [reading(...leader)])
  book.lists.set('teachers', [{ unit: reading(...teacher) }])
  mendUnitName(book)
  return book.found.get('unit.name')?.[0]
}

describe('a doubtful name of the applying unit', () => {
  it.each([
    ['北京登湖医', '北京澄湖医院'],
    ['瓯澜区人民区院', '瓯澜区人民医院'],
  ])('%s is mended to %s, which leader and teacher agree on', (own, sure) => {
    expect(mend([own, 0.7], [sure, 0.99])).toMatchObject({ value: sure, repaired: true })
  })

  it('stays when it is read well, when they disagree, and when the slip could tell sisters apart', () => {
    expect(mend(['北京登湖医院', 0.97], ['北京澄湖医院', 0.99])?.value).toBe('北京登湖医院')
    expect(mend(['北京登湖医院', 0.7], ['北京澄湖医院', 0.99], ['北京云岭医院', 0.99])?.value).toBe('北京登湖医院')
    expect(mend(['北京登湖医院', 0.7], ['北京澄湖医院', 0.7])?.value).toBe('北京登湖医院')
    expect(mend(['瓯澜区医院', 0.7], ['瓯澜医院', 0.99])?.value).toBe('瓯澜区医院')
    expect(mend(['北京第一医院', 0.7], ['北京第二医院', 0.99])?.value).toBe('北京第一医院')
  })
})

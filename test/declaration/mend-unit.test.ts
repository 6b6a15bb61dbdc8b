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

  it.each([
    ['东幽市第_人民〓', '东山市第一人民医院'],
    ['泰☑市第√人民匯完', '泰湾市第一人民医院'],
    ['上注《东塘医院', '上海市东塘医院'],
  ])('%s is what is left of %s, as a guess', (own, sure) => {
    const mended = mend([own, 0.6], [sure, 0.7], [sure, 0.7])
    expect(mended).toMatchObject({ value: sure, raw: own, repaired: true })
    expect(mended?.confidence).toBeLessThanOrEqual(0.5)
  })

  it('is no guess where a name stands, where a sister is told, and where too little is left', () => {
    expect(mend(['北京云岭山医院', 0.5], ['北京澄湖医院', 0.99])?.value).toBe('北京云岭山医院')
    expect(mend(['北京云岭医院', 0.85], ['北京澄湖医院', 0.99])?.confidence).toBeLessThanOrEqual(0.5)
    expect(mend(['东幽市第二人民〓', 0.3], ['东山市第一人民医院', 0.99])?.value).toBe('东幽市第二人民〓')
    expect(mend(['东〓市〓', 0.3], ['东山市第一人民医院', 0.99])?.value).toBe('东〓市〓')
  })
})

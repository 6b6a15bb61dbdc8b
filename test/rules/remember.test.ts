import { describe, expect, it } from 'vitest'
import { remember, rememberOf } from '../../src/rules/remember.ts'

describe('remember', () => {
  it('asks once for what it holds', () => {
    const asked: string[] = []
    const length = remember(10, (text: string) => {
      asked.push(text)
      return text.length
    })
    expect([length('讲授'), length('讲授'), length('')]).toEqual([2, 2, 0])
    expect(asked).toEqual(['讲授', ''])
  })

  it('never holds more than its limit', () => {
    let asked = 0
    const same = remember(3, (value: number) => {
      asked++
      return value
    })
    for (const value of [1, 2, 3, 4]) same(value)
    expect(same(4)).toBe(4)
    expect(asked).toBe(4)
    same(1)
    expect(asked).toBe(5)
  })

  it('tells parts of different declarations apart, however alike', () => {
    const first = rememberOf((rows: { name: string }[]) => rows.map(({ name }) => name).join('、'))
    expect(first([{ name: '甲' }])).toBe('甲')
    expect(first([{ name: '乙' }])).toBe('乙')
  })
})

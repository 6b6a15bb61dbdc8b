import { describe, expect, it } from 'vitest'
import { matchWhole } from '../../src/declaration/labels/lexicon.ts'
import { columnsOf } from '../../src/declaration/lists/columns.ts'

describe('labels that a poor copy changed', () => {
  it.each([
    ['举办起止H期及地点', 'project.sessions'],
    ['上作单位', 'leader.unit'],
    ['从事专业☑二、三级学科）', 'leader.speciality'],
    ['项月名称', 'project.name'],
  ])('%s is known on a scan, and in typed text no label', (text, path) => {
    expect(matchWhole(text, null, true)?.label.path).toBe(path)
    expect(matchWhole(text, null)).toBeNull()
  })

  it.each(['主任医师', '清湖市第一人民医院', '☑是☐否', '学附'])('%s is none', (text) => {
    expect(matchWhole(text, null, true)).toBeNull()
  })

  it('head columns on a scan', () => {
    expect(columnsOf('学附', true)).toEqual(['hours'])
    expect(columnsOf('学附')).toEqual([])
    expect(columnsOf('姓名', true)).toEqual(['name'])
  })
})

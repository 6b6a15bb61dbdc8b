import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { matchWhole } from '../../src/declaration/labels/lexicon.ts'
import { columnsOf } from '../../src/declaration/lists/columns.ts'
import { build } from './build.ts'

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

  it('end with a semicolon where nothing but a label stands before it', () => {
    const lines = [
      '2025年市级继续医学教育项目申报书',
      '1.项目名称：心衰管理培训班',
      '2.性别；男',
      '3.职务；科主任',
      '4.职称：研究员单位；北京海河医院',
    ]
    const read = (source: 'ocr' | 'text') =>
      extractDeclaration([build(['二、项目负责人', ...lines], { source })]).declaration.leader
    expect(read('ocr')).toMatchObject({ sex: '男', post: '科主任', title: '研究员' })
  })

  it('head columns on a scan', () => {
    expect(columnsOf('学附', true)).toEqual(['hours'])
    expect(columnsOf('学附')).toEqual([])
    expect(columnsOf('姓名', true)).toEqual(['name'])
  })
})

import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build, type CellSpec, type Spec } from './build.ts'

const read = (...specs: Spec[]) => extractDeclaration([build(specs)]).declaration

const COURSE_HEAD: CellSpec[] = ['学时', '序号', '讲授题目', '教学方法', '授课教师', '所在单位']
const course = (hours: string, serial: string, topic: string, name: string): CellSpec[] => [
  hours,
  serial,
  topic,
  '讲座',
  name,
  '北京澄湖医院',
]

describe('a table of courses whose hours stand first', () => {
  it('has no lecturer in the row of its sum', () => {
    const { teachers } = read([
      COURSE_HEAD,
      course('3', '1', '创面评估', '苏映晴'),
      course('4.5', '2', '负压治疗', '何景行'),
      ['7.5', { t: '合　计', c: 5 }],
    ])
    expect(teachers?.map(({ name }) => name)).toEqual(['苏映晴', '何景行'])
  })

  it('keeps a lecture whose topic only begins with such a word', () => {
    const { teachers } = read([
      COURSE_HEAD,
      course('3', '1', '共计学在随访中的应用', '苏映晴'),
      ['4', '2', '合计指标的临床解读', '', '', ''],
    ])
    expect(teachers).toHaveLength(2)
  })
})

describe('a lecturer’s title under the name', () => {
  it.each(['苏映晴\n（副主任护师）', '苏映晴（副主任护师）', '苏映晴/副主任护师'])('is read off %j', (cell) => {
    const { teachers } = read([
      ['学时', '讲授题目', '授课教师\n（职称）', '所在单位'],
      ['3', '创面评估', cell, '北京澄湖医院'],
    ])
    expect(teachers?.[0]).toMatchObject({ name: '苏映晴', title: '副主任护师' })
  })

  it('is no other bracket behind a name', () => {
    const { teachers } = read([
      ['学时', '讲授题目', '授课教师', '所在单位'],
      ['3', '创面评估', '苏映晴（特邀）', '北京澄湖医院'],
    ])
    expect(teachers?.[0]?.title).toBeUndefined()
  })
})

describe('two labels one over the other in a cell', () => {
  it('have the two values beside them', () => {
    const { unit } = read([['申报单位', '北京澄湖医院', '单位联系电话\n单位联系人', '（010）55501234\n俞青']])
    expect(unit).toMatchObject({ phone: '（010）55501234', contact: '俞青' })
  })

  it('are one that was wrapped, where a single value stands beside them', () => {
    const { leader } = read([['项目负责人\n联系电话', '13900001122', '项目负责人\n姓名', '苏映晴']])
    expect(leader).toMatchObject({ phone: '13900001122', name: '苏映晴' })
  })
})

describe('a filing form', () => {
  it('tells the credits in the row of this year’s session, and that the leader is in post', () => {
    const { project, leader } = read('2021年湖南省级继续医学教育项目备案表', [
      ['负责人', '龚若谷', '性别', '女', '在职状况', '在职'],
      ['起止日期', '地点', '期数', '学员人数', { t: '学分', c: 2 }],
      ['2021.10.15—10.17', '湘洲市中心医院', '1', '130人', { t: '4分', c: 2 }],
    ])
    expect(project?.credits).toBe(4)
    expect(project?.sessions).toMatchObject([{ start: '2021-10-15', end: '2021-10-17' }])
    expect(leader?.employed).toBe(true)
  })
})

describe('an instruction that begins with a label', () => {
  it.each(['text', 'ocr'] as const)('is no value of it (%s)', (source) => {
    const specs = ['填表说明', '二、教学时数 为实际授课时间，每3学时授予1学分，最高不超过5学分。', '姓名：苏映晴']
    const { declaration } = extractDeclaration([build(specs, { source, confidence: 0.95 })])
    expect(declaration.project?.hours).toBeUndefined()
  })

  it('is none where a figure stands behind 为', () => {
    const { declaration } = extractDeclaration([build(['教学总学时 为12学时', '姓名：苏映晴'])])
    expect(declaration.project?.hours).toBe(12)
  })
})

describe('二、三级学科', () => {
  it.each(['临床内科学　内分泌学', '临床内科学-内分泌学', '临床内科学（内分泌学）'])('holds both in %j', (value) => {
    const { project } = read(`二、三级学科：${value}`)
    expect(project).toMatchObject({ discipline: '临床内科学', subdiscipline: '内分泌学' })
  })

  it('is the second item of a list where it holds one', () => {
    const { project } = read('一、二级学科：临床内科学', '二、三级学科：内分泌学')
    expect(project).toMatchObject({ discipline: '临床内科学', subdiscipline: '内分泌学' })
  })
})

it('calls a leader’s results 主要科研成果', () => {
  const { leader } = read([
    ['姓名', '褚云舒', '性别', '男'],
    ['主要科研成果', { t: '主持省自然科学基金项目1项。', c: 3 }],
  ])
  expect(leader?.achievements).toBe('主持省自然科学基金项目1项。')
})

import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build, type Spec } from './build.ts'

const teachersOf = (specs: Spec[]) => extractDeclaration([build(specs)]).declaration.teachers

describe('lectures that are no rows of a table', () => {
  it('are read from a small table each', () => {
    const lecture = (count: string, topic: string, hours: string, name: string, title: string): Spec => [
      [{ t: count, r: 2 }, '讲授题目', { t: topic, c: 3 }, '学时', hours],
      ['授课教师', name, `职称：${title}`, { t: '单位：北京澄湖医院', c: 3 }],
    ]
    const teachers = teachersOf([
      '课程及教师',
      lecture('第一讲', '慢性伤口的评估', '2', '林知远', '主任医师'),
      '',
      lecture('第二讲', '负压治疗', '1.5', '叶清和', '副主任医师'),
    ])
    expect(teachers).toEqual([
      { name: '林知远', title: '主任医师', unit: '北京澄湖医院', topic: '慢性伤口的评估', hours: 2 },
      { name: '叶清和', title: '副主任医师', unit: '北京澄湖医院', topic: '负压治疗', hours: 1.5 },
    ])
  })

  it('are read from a numbered sentence each', () => {
    const teachers = teachersOf([
      '四、授课教师及课程',
      '1. 林知远，主任医师，北京澄湖医院，讲授《慢性伤口的评估》，3学时（理论）',
      '2. 苏映晴，主管护师，北京云岭医院，讲授《敷料更换》，1.5学时（实践）',
    ])
    expect(teachers).toMatchObject([
      { name: '林知远', title: '主任医师', unit: '北京澄湖医院', topic: '慢性伤口的评估', hours: 3, kind: 'theory' },
      { name: '苏映晴', title: '主管护师', unit: '北京云岭医院', topic: '敷料更换', hours: 1.5, kind: 'practice' },
    ])
  })

  it('are read down the columns when the headings stand at the left', () => {
    const teachers = teachersOf([
      [
        ['授课教师', '林知远', '叶清和', '唐以宁'],
        ['职称', '主任医师', '副主任医师', '教授'],
        ['所在单位', '北京澄湖医院', '北京云岭医院', '京北医科大学'],
        ['讲授题目', '慢性伤口的评估', '负压治疗', '营养支持'],
        ['学时', '2', '1.5', '1'],
      ],
    ])
    expect(teachers).toHaveLength(3)
    expect(teachers?.[1]).toMatchObject({ name: '叶清和', unit: '北京云岭医院', topic: '负压治疗', hours: 1.5 })
  })

  it('are not made of the leader and of numbered sentences of a text', () => {
    const declaration = extractDeclaration([
      build([
        [
          ['姓名', '林知远', '性别', '男'],
          ['职称', '主任医师', '职务', '科主任'],
          ['工作单位', '北京澄湖医院', '学历', '博士'],
          ['从事专业', '普通外科', '年龄', '50'],
        ],
        '项目内容：',
        '1. 学习《医师法》，了解北京澄湖医院，主任医师讲解2学时。',
        '2. 讨论病例，每组6学时。',
      ]),
    ]).declaration
    expect(declaration.teachers).toBeUndefined()
    expect(declaration.leader?.name).toBe('林知远')
  })
})

it('takes the method from a column of kinds', () => {
  const teachers = teachersOf([
    [
      ['讲授题目', '学时', '讲者', '职称', '单位', '类型'],
      ['喉返神经监测', '1', '唐以宁', '副主任医师', '温州市瓯澜医院', '理论'],
      ['模拟穿刺', '1', '苏映晴', '主管护师', '温州市瓯澜医院', '实践'],
    ],
  ])
  expect(teachers?.map(({ method, kind }) => [method, kind])).toEqual([
    ['理论', 'theory'],
    ['实践', 'practice'],
  ])
})

it('parts the brackets behind a name and the number behind a contact', () => {
  const { leader, unit } = extractDeclaration([
    build(['项目负责人姓名：林知远（男，1970年3月12日出生）', '单位联系人：苏映晴 010-55501234']),
  ]).declaration
  expect(leader).toMatchObject({ name: '林知远', sex: '男', birth: '1970-03-12' })
  expect(unit).toMatchObject({ contact: '苏映晴', phone: '010-55501234' })
})

it('reads two headings of one column, the values a line each', () => {
  const teachers = teachersOf([
    [
      ['姓名／职称', '单位', '题目', '学时'],
      ['林知远\n主任医师', '北京澄湖医院', '激光参数的选择', '2'],
      ['叶清和\n副主任医师', '北京云岭医院', '并发症的处理', '2'],
    ],
  ])
  expect(teachers?.map(({ name, title }) => [name, title])).toEqual([
    ['林知远', '主任医师'],
    ['叶清和', '副主任医师'],
  ])
})

it('takes the people of the only session for the project’s, and fields under its table for none of its rows', () => {
  const { project } = extractDeclaration([
    build([
      [
        [{ t: '本年度计划', r: 2 }, '举办时间', '举办地点', '拟招生人数'],
        ['2021年8月7日-8日', '湘岭市', '60'],
        ['学时／学分', { t: '6学时／2学分', c: 3 }],
      ],
    ]),
  ]).declaration
  expect(project).toMatchObject({ enrollment: 60, hours: 6, credits: 2 })
  expect(project?.sessions).toHaveLength(1)
})

it('reads parts of the hours behind 其中', () => {
  const { project } = extractDeclaration([
    build([[['教学总时长', '12小时', '其中：理论/实践', '9小时／3小时']]]),
  ]).declaration
  expect(project).toMatchObject({ hours: 12, theoryHours: 9, practiceHours: 3 })
})

it('parts a name from the number that a scan set against it', () => {
  const form = build([[['联系人／电话', '苏映晴010-55501234']]], { source: 'ocr', confidence: 0.95 })
  expect(extractDeclaration([form]).declaration.unit).toEqual({ contact: '苏映晴', phone: '010-55501234' })
})

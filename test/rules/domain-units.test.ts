import { describe, expect, test } from 'vitest'
import { distinctTeachers } from '../../src/rules/domain/people.ts'
import { kindOfName, unitKindOf } from '../../src/rules/domain/unit-kind.ts'
import { compareUnits, isFullStandardName } from '../../src/rules/domain/unit-name.ts'

describe('compareUnits', () => {
  test.each([
    ['北京澄湖医院药学部', '北京澄湖医院'],
    ['首都医科大学附属北京澄湖医院', '北京澄湖医院'],
    ['首都医科大学附属北京澄湖医院心脏中心', '北京澄湖医院'],
    ['北京澄湖医院（新龙泽院区）', '北京澄湖医院'],
    ['北京澄湖医院新龙泽院区', '北京澄湖医院'],
    ['北京市澄湖医院', '北京澄湖医院'],
    ['北京 澄湖 医院', '北京澄湖医院'],
    ['北京澄湖醫院', '北京澄湖医院'],
    ['中国医学科学院北京澄湖医院', '北京澄湖医院'],
    ['北京市栖山区疾控中心', '北京市栖山区疾病预防控制中心'],
    ['瓯澜区人民医院呼吸与危重症医学科', '瓯澜区人民医院'],
    ['沪江医科大学附一院', '沪江医科大学附属第一医院'],
    ['沪江医科大学第一附属医院', '沪江医科大学附属第一医院'],
    ['京北医科大学护理学院', '京北医科大学'],
    ['解放军第二一0医院', '解放军第二一〇医院'],
    ['解放军第210医院', '中国人民解放军第二一〇医院'],
    ['北京澄明护理学会伤口专业委员会', '北京澄明护理学会'],
    ['北京云岭医院（京北医科大学附属云岭医院）', '京北医科大学附属云岭医院'],
  ])('%s is %s', (a, b) => {
    expect(compareUnits(a, b)).toBe('same')
    expect(compareUnits(b, a)).toBe('same')
  })

  test.each([
    ['北京澄湖医院', '北京云岭医院'],
    ['北京天坛路医院', '北京地坛路医院'],
    ['京北医科大学', '北京澄湖医院'],
    ['北京澄湖医院协会', '北京澄湖医院'],
    ['京北医科大学附属第一医院', '京北医科大学附属第三医院'],
    ['湘洲市第一人民医院', '湘洲市第二人民医院'],
    ['中国医学科学院药物研究所', '中国医学科学院肿瘤医院'],
    ['沪江医科大学', '上海市沪塘医院'],
  ])('%s is not %s', (a, b) => {
    expect(compareUnits(a, b)).toBe('different')
    expect(compareUnits(b, a)).toBe('different')
  })

  test.each([
    ['中山医院', '厦门大学附属中山医院'],
    ['复旦大学附属中山医院', '厦门大学附属中山医院'],
    ['北京大学', '北京大学第一医院'],
    ['沪江医科大学', '沪江医科大学附属沪塘医院'],
    ['沪塘医院', '上海市沪塘医院'],
    ['人民医院', '湘洲市人民医院'],
    ['栖山区疾控中心', '北京市栖山区疾病预防控制中心'],
    ['北京澄湖医院分院', '北京澄湖医院'],
    ['温州一院', '温州第一人民医院'],
    ['澄湖', '北京澄湖医院'],
    ['本院', '北京澄湖医院'],
    ['', '北京澄湖医院'],
  ])('%s may or may not be %s', (a, b) => {
    expect(compareUnits(a, b)).toBe('unknown')
    expect(compareUnits(b, a)).toBe('unknown')
  })

  test('a known alias settles it', () => {
    expect(compareUnits('沪塘医院', '上海市沪塘医院', ['沪塘医院'])).toBe('same')
    expect(compareUnits('新龙泽医学中心', '北京澄湖医院', ['新龙泽医学中心'])).toBe('same')
  })
})

test.each([
  ['北京澄湖医院', true],
  ['北京澄明护理学会', true],
  ['京北医科大学', true],
  ['北京市栖山区疾病预防控制中心', true],
  ['北京市栖山区疾控中心', false],
  ['北京澄湖医院药学部', false],
  ['北京澄湖医院（新龙泽院区）', false],
  ['人民医院', false],
  ['第一医院', false],
  ['澄湖', false],
  ['本院', false],
])('isFullStandardName(%s) is %s', (name, full) => {
  expect(isFullStandardName(name)).toBe(full)
})

test.each([
  ['北京澄湖医院', 'medical', 'medical'],
  ['北京澄湖医院药学部', 'medical', 'medical'],
  ['京北医科大学附属医院', 'medical', 'medical'],
  ['北京市栖山区疾控中心', 'medical', 'medical'],
  ['北京医院协会', 'society', 'society'],
  ['澄湖医院管理有限公司', 'other', 'company'],
  ['北京澄明基金会', 'other', 'foundation'],
  ['京北医科大学', 'teaching', 'teaching'],
  ['中国医学科学院药物研究所', 'research', 'research'],
])('%s is %s', (name, kind, group) => {
  expect(kindOfName(name)).toEqual({ kind, group })
})

test.each(['北京澄明护理学会伤口专业委员会', '北京市护理质量控制中心', '澄明'])(
  'what %s is, its name does not tell',
  (name) => {
    expect(kindOfName(name)).toBeNull()
  },
)

test('the kind that the form states counts before the name', () => {
  expect(unitKindOf({ unit: { name: '北京澄湖医院', kind: 'research' } })).toBe('research')
  expect(unitKindOf({ unit: { name: '北京澄湖医院' } })).toBe('medical')
  expect(unitKindOf({})).toBeNull()
})

describe('distinctTeachers', () => {
  test('several lectures are one person, spellings of the unit aside', () => {
    const people = distinctTeachers([
      { name: '林知远', unit: '北京澄湖医院', title: '主任药师' },
      { name: '顾承泽', unit: '北京云岭医院' },
      { name: '林 知远', unit: '北京澄湖医院药学部' },
    ])
    expect(people).toMatchObject([
      { name: '林知远', rows: [0, 2], unit: '北京澄湖医院', title: '主任药师' },
      { name: '顾承泽', rows: [1], unit: '北京云岭医院', title: null },
    ])
  })

  test('one name with two units: not known which', () => {
    const [person, ...rest] = distinctTeachers([
      { name: '林知远', unit: '北京澄湖医院' },
      { name: '林知远', unit: '北京云岭医院' },
    ])
    expect(rest).toEqual([])
    expect(person).toMatchObject({ rows: [0, 1], unit: null, units: ['北京澄湖医院', '北京云岭医院'] })
  })

  test('a row whose unit is blank belongs to the same person', () => {
    const people = distinctTeachers([
      { name: '林知远', unit: '北京澄湖医院' },
      { name: '林知远', unit: null },
    ])
    expect(people).toMatchObject([{ rows: [0, 1], unit: '北京澄湖医院' }])
  })

  test('rows without a name are people of their own', () => {
    expect(distinctTeachers([{ name: null }, { name: null }])).toHaveLength(2)
    expect(distinctTeachers(null)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import type { Declaration } from '../../src/declaration/schema.ts'
import { createEnvironment } from '../../src/rules/engine/cel.ts'
import { compileDirect, indexFunctions } from '../../src/rules/engine/direct.ts'
import { Form, NoValue } from '../../src/rules/engine/form.ts'
import { Variables } from '../../src/rules/engine/views.ts'
import { functions } from '../../src/rules/functions.ts'

const environment = createEnvironment(functions)
const own = indexFunctions(functions)

const DECLARATIONS: Declaration[] = [
  {},
  { project: { kind: 'new', delivery: 'remote', practical: true }, unit: { kind: 'society', name: '北京护理学会' } },
  { project: { kind: null, delivery: null, jingJinJi: false }, unit: { name: '北京澄湖医院', kind: 'medical' } },
  {
    project: { kind: 'filing', jingJinJi: true, hours: 6 },
    teachers: [{ name: '周启明', unit: '北京澄湖医院', hours: 6, topic: '围手术期管理' }],
    unit: { name: '北京澄湖医院' },
  },
]

const DIRECT = [
  'unit.kind == "society"',
  'unit.kind != "society" && project.practical',
  'project.practical || unit.kind == "society"',
  'unit.kind == "society" || project.practical',
  'project.jingJinJi && unit.kind == "medical"',
  '!(valueOr(project.kind, "") in ["filing"])',
  'unit.kind in ["society", "other"]',
  'valueOr(project.delivery, "in-person") != "remote"',
  'valueOr(project.jingJinJi, false)',
  'present(project.kind) && !blank(project.delivery)',
  'hasLabel(form, "project.kind") ? valueOr(project.practical, false) : blank(project.kind)',
  'teachingOnly(teachers)',
]

const INTERPRETED = ['project.hours >= 6', 'teachers.all(row, present(row.title))', 'unit.name.contains("医院")']

/** What comes out: a value, the path without one, or a fault. */
function outcomeOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error instanceof NoValue ? `no value at ${error.path}` : 'fault'
  }
}

describe('an expression without arithmetic and macros over rows', () => {
  for (const text of DIRECT) {
    it(`gives what the interpreter gives: ${text}`, () => {
      const expression = environment.parse(text)
      expect(expression.check().valid).toBe(true)
      const direct = compileDirect(expression.ast, own)
      for (const declaration of DECLARATIONS) {
        const variables = () => new Variables(new Form({ declaration }))
        expect(outcomeOf(() => direct?.(variables()))).toEqual(outcomeOf(() => expression(variables())))
      }
    })
  }

  it('is left to the interpreter where anything else occurs in it', () => {
    for (const text of INTERPRETED) {
      const expression = environment.parse(text)
      expect(expression.check().valid).toBe(true)
      expect(compileDirect(expression.ast, own)).toBeNull()
    }
  })
})

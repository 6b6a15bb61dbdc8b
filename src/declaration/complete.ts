import type { Declaration, FieldReading, Readings } from './schema.ts'
import { judgeTeachingKind, judgeUnitKind } from './values/lists.ts'

/**
 * Adds what follows from the declaration's own values: the unit's kind from its name, a lecture's kind from its method.
 * Never overwrites what is given, a blank included.
 */
export function completeDeclaration(declaration: Declaration): Declaration {
  const { unit, teachers } = declaration
  const kind = unit?.kind == null && unit?.name ? judgeUnitKind(unit.name) : null
  return {
    ...declaration,
    ...(unit && kind ? { unit: { ...unit, kind } } : {}),
    ...(teachers ? { teachers: teachers.map(completeTeacher) } : {}),
  }
}

type Teacher = NonNullable<Declaration['teachers']>[number]

function completeTeacher(teacher: Teacher): Teacher {
  const kind = teacher.kind == null && teacher.method ? judgeTeachingKind(teacher.method) : null
  return kind ? { ...teacher, kind } : teacher
}

type Settled = { declaration: Declaration; fields: Readings; others: Record<string, FieldReading[]> }

/** The same for a form: a derived value shows the place of what it follows from. */
export function completeReadings(settled: Settled): Settled {
  const declaration = completeDeclaration(settled.declaration)
  const name = settled.fields['unit.name']
  const kind = declaration.unit?.kind
  if (!name || !kind || settled.fields['unit.kind']?.value != null) return { ...settled, declaration }
  return { ...settled, declaration, fields: { ...settled.fields, 'unit.kind': { ...name, value: kind } } }
}

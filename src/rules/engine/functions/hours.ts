import { isPracticeRow } from '../../domain/skill.ts'
import { findNonTeaching } from '../../domain/words.ts'
import { and, fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { decimal, type Exact, exact, sum } from '../exact.ts'
import { doubtAt, doubtOf, type Form, mayLackRows, SURE } from '../form.ts'
import type { CelFunction } from '../function.ts'
import { cellPath, rowPath } from '../paths.ts'
import { hoursOf, rowLabel, settle, type TeacherRow, type Verdict } from './rows.ts'

const numberAt = (form: Form, path: string): Exact | null => {
  const value = form.at(path)
  return typeof value === 'number' && doubtOf(form, path) === null ? exact(value) : null
}

const near = (one: Exact, other: Exact, tolerance: Exact): boolean => one.sub(other).abs().lte(tolerance)

/** All hours are theory, and practice was left blank or struck out; or the other way round. */
const isWhole = (form: Form, one: Exact | null, other: string, declared: Exact, tolerance: Exact): boolean =>
  one !== null && near(one, declared, tolerance) && form.state(other) === 'blank' && form.confidence(other) >= SURE

/** Theory + practice = declared hours, where the form asks for both. */
function partsAddUp(form: Form, declared: Exact, tolerance: Exact): Outcome | null {
  const fields = ['project.hours', 'project.theoryHours', 'project.practiceHours']
  const [theory, practice] = [numberAt(form, 'project.theoryHours'), numberAt(form, 'project.practiceHours')]
  if (theory === null || practice === null) {
    if (isWhole(form, theory, 'project.practiceHours', declared, tolerance)) return pass({}, fields)
    if (isWhole(form, practice, 'project.theoryHours', declared, tolerance)) return pass({}, fields)
    const doubt = fields
      .map((path) => (form.state(path) === 'missing' ? null : doubtOf(form, path)))
      .find((cause) => cause)
    const isAsked = form.state('project.theoryHours') !== 'missing' && form.state('project.practiceHours') !== 'missing'
    return isAsked && doubt ? unknown(doubt, {}, fields, { variant: 'parts' }) : null
  }
  const sumText = `${decimal(theory)} + ${decimal(practice)} = ${decimal(theory.add(practice))}`
  const facts = { parts: sumText, hours: decimal(declared) }
  return near(theory.add(practice), declared, tolerance)
    ? pass(facts, fields)
    : fail(facts, fields, { variant: 'parts' })
}

/**
 * The table's hours = declared hours. Practice may be taught to groups side by side, so more hours than declared only warn
 * where there are practice rows.
 */
function rowsAddUp(form: Form, teachers: TeacherRow[], declared: Exact, tolerance: Exact): Outcome {
  const open = teachers.filter((row) => hoursOf(row) === null)
  const total = sum(teachers.flatMap((row) => hoursOf(row) ?? []))
  const facts = { sum: decimal(total), hours: decimal(declared), openNames: open.map(rowLabel).join('、') }
  const fields = ['project.hours', ...teachers.map((row) => cellPath(row.path, 'hours'))]
  if (mayLackRows(form, 'teachers')) return unknown('low-confidence', facts, ['teachers'], { variant: 'table' })
  const isOver = total.sub(declared).gt(tolerance)
  if (open.length > 0 && !isOver) {
    const why = doubtOf(form, `${open[0]?.path}.hours`) ?? 'missing'
    return unknown(
      why,
      facts,
      open.map((row) => `${row.path}.hours`),
      { variant: 'rows' },
    )
  }
  if (near(total, declared, tolerance)) return pass(facts, fields)
  const isParallel = isOver && teachers.some((row) => isPracticeRow(row.raw ?? {}))
  return isParallel
    ? fail(facts, fields, { variant: 'parallel', severity: 'warning' })
    : fail(facts, fields, { variant: 'rows', confidence: 1 })
}

/** Practice hours are declared, yet every row of the table is theory. */
function practiceShown(form: Form, teachers: TeacherRow[]): Outcome | null {
  const practice = numberAt(form, 'project.practiceHours')
  if (practice === null || practice.equals(0) || mayLackRows(form, 'teachers')) return null
  if (teachers.some((row) => isPracticeRow(row.raw ?? {}))) return null
  return fail({ practice: decimal(practice) }, ['project.practiceHours', 'teachers'], {
    variant: 'practice',
    severity: 'warning',
  })
}

function hoursConsistent(form: Form, declared: Exact, tolerance: Exact, minutesPerHour: Exact): Outcome {
  const rows = rowsOf(form)
  const parts = [
    rows.length > 0 ? rowsAddUp(form, rows, declared, tolerance) : null,
    partsAddUp(form, declared, tolerance),
    rows.length > 0 ? practiceShown(form, rows) : null,
    scheduleCovers(form, declared, tolerance, minutesPerHour),
  ].filter((outcome) => outcome !== null)
  if (parts.length === 0) return unknown('missing', {}, ['teachers', 'project.theoryHours', 'project.practiceHours'])
  const grave = parts.filter(({ status, severity }) => status === 'fail' && severity === undefined)
  const open = parts.filter(({ status }) => status === 'unknown')
  return and(...(grave.length > 0 ? grave : open.length > 0 ? open : parts))
}

function rowsOf(form: Form): TeacherRow[] {
  return (form.declaration.teachers ?? []).map((raw, index) => ({ form, path: rowPath('teachers', index), raw }))
}

/** Ceremonies and visits counted as lectures. Where they are only a part of the topic it warns, and of a test too (A30). */
function teachingOnly(teachers: TeacherRow[]): Outcome {
  const found = teachers.map((row) => ({
    row,
    label: `${rowLabel(row)}“${row.raw?.topic ?? ''}”`,
    fields: [cellPath(row.path, 'topic')],
    ...findNonTeaching(row.raw?.topic ?? ''),
  }))
  const judge = (counts: (entry: (typeof found)[number]) => boolean): Outcome =>
    settle(found.map((entry) => ({ ...entry, ...judgeTopic(entry.row, counts(entry)) })))
  const outcome = judge(({ whole }) => whole)
  if (outcome.status !== 'pass') return outcome
  if (found.some(({ words }) => words.length > 0)) {
    const mixed = judge(({ words }) => words.length > 0)
    if (mixed.status === 'fail') return { ...mixed, severity: 'warning', variant: 'mixed' }
  }
  if (!found.some(({ examination }) => examination)) return outcome
  const tests = judge(({ examination }) => examination)
  return tests.status === 'fail' ? { ...tests, severity: 'warning', variant: 'examination' } : outcome
}

/** A row without hours is not counted as teaching. */
function judgeTopic(row: TeacherRow, isCaught: boolean): Pick<Verdict, 'state' | 'why'> {
  const doubt = doubtAt(row, 'topic')
  if (doubt === 'unreadable') return { state: 'open', why: doubt }
  if (!isCaught || row.raw?.hours === 0) return { state: 'ok' }
  return doubt === 'low-confidence' ? { state: 'open', why: doubt } : { state: 'bad' }
}

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

/**
 * The schedule's own teaching time against the declared hours: opening, breaks and visits left out. Where 学时 are shorter than an
 * hour (`minutesPerHour`) the notice says so. `null` without times.
 */
function scheduleCovers(form: Form, declared: Exact, tolerance: Exact, minutesPerHour: Exact): Outcome | null {
  const slots = form.declaration.schedule ?? []
  const lengths = slots.map(({ start, end }) => (start && end ? minutes(end) - minutes(start) : 0))
  if (slots.length === 0 || lengths.some((length) => length <= 0)) return null
  const isTeaching = (topic: string | null | undefined) => Boolean(topic) && !findNonTeaching(topic ?? '').whole
  const taught = slots.reduce((total, { topic }, index) => total + (isTeaching(topic) ? (lengths[index] ?? 0) : 0), 0)
  const teaching = exact(taught).div(minutesPerHour)
  const facts = { scheduled: decimal(teaching), hours: decimal(declared) }
  const fields = ['project.hours', 'schedule']
  const detail = { variant: 'schedule', severity: 'warning' as const }
  return declared.sub(teaching).gt(tolerance) ? fail(facts, fields, detail) : pass(facts, fields)
}

function longestLecture(teachers: TeacherRow[], max: Exact): Outcome {
  const verdicts = teachers.flatMap((row): Verdict[] => {
    const hours = hoursOf(row)
    if (hours === null || isPracticeRow(row.raw ?? {})) return []
    const label = `${rowLabel(row)}${decimal(hours)}小时`
    return [{ label, state: hours.gt(max) ? 'bad' : 'ok', fields: [`${row.path}.hours`] }]
  })
  return verdicts.length > 0 ? settle(verdicts) : unknown('missing', {}, ['teachers'])
}

export const hourFunctions: CelFunction[] = [
  {
    signature: 'hoursConsistent(Form, Number, Number, Number): Outcome',
    about:
      'The table’s hours, and theory + practice, add up to the declared hours within the tolerance; minutes of an hour.',
    call: hoursConsistent,
  },
  {
    signature: 'teachingOnly(list<Teacher>): Outcome',
    about: 'No ceremony, registration or visit is counted as teaching.',
    call: teachingOnly,
  },
  {
    signature: 'longestLecture(list<Teacher>, Number): Outcome',
    about: 'No lecture is longer than the hours given.',
    call: longestLecture,
  },
]

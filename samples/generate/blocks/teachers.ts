import { caption, type Form, record, write, writeDate } from '../form.ts'
import { type Block, type Cell, label, type Row, row, value } from '../sheet.ts'

type Teacher = NonNullable<Form['source']['full']['teachers']>[number]
type Column =
  | 'name'
  | 'title'
  | 'method'
  | 'unit'
  | 'topic'
  | 'hours'
  | 'speciality'
  | 'degree'
  | 'kind'
  | 'signature'
  | 'number'
  | 'content'

const CAPTIONS: Partial<Record<Column, string>> = {
  kind: '理论/实践',
  signature: '签字',
  number: '序号',
  content: '内容',
}
const WIDTHS: Record<Column, number> = {
  name: 10,
  title: 14,
  method: 14,
  unit: 22,
  topic: 28,
  hours: 8,
  speciality: 14,
  degree: 10,
  kind: 10,
  signature: 12,
  number: 6,
  content: 20,
}

const heading = (form: Form, column: Column) => CAPTIONS[column] ?? caption(form, `teacher.${column}`)

/** What the columns (and groups) tell of a teacher, written into the truth. */
function remember(form: Form, teacher: Teacher, index: number, columns: Column[], grouped: boolean): void {
  const at = `teachers[${index}]`
  for (const column of columns) {
    if (column === 'number' || column === 'content') continue
    if (column === 'signature') record(form, `${at}.signed`, false)
    else if (column === 'kind') record(form, `${at}.kind`, teacher.kind ?? null)
    else record(form, `${at}.${column}`, teacher[column] ?? null)
  }
  if (grouped || columns.includes('method')) record(form, `${at}.kind`, teacher.kind ?? null)
}

function cellOf(form: Form, teacher: Teacher, column: Column, index: number): Cell {
  switch (column) {
    case 'number':
      return value(String(index + 1), { align: 'center' })
    case 'signature':
      return value('')
    case 'content':
      return value(teacher.topic ? `${teacher.topic}的要点与病例` : '')
    case 'kind':
      return value(teacher.kind === 'practice' ? '实践' : '理论', { align: 'center' })
    case 'hours':
      return value(write(form, 'project.hours', teacher.hours).replace('小时', form.style.units ? '学时' : ''), {
        align: 'center',
      })
    default:
      return value(teacher[column] ?? '', { align: column === 'topic' || column === 'unit' ? 'left' : 'center' })
  }
}

const widths = (columns: Column[], groups: number) => {
  const total = columns.reduce((sum, column) => sum + WIDTHS[column], groups * 6)
  return [
    ...Array.from({ length: groups }, () => (6 * 100) / total),
    ...columns.map((column) => (WIDTHS[column] * 100) / total),
  ]
}

const blank = (columns: Column[]): Cell[] => columns.map(() => value(''))

/** One table, a row a lecture. */
export function teachersMerged(form: Form, columns: Column[]): Block[] {
  const teachers = form.source.full.teachers
  teachers.forEach((teacher, index) => {
    remember(form, teacher, index, columns, false)
  })
  return [
    {
      kind: 'table',
      widths: widths(columns, 0),
      headerRows: 1,
      rows: [
        row(...columns.map((column) => label(heading(form, column)))),
        ...teachers.map((teacher, index) => row(...columns.map((column) => cellOf(form, teacher, column, index)))),
        ...Array.from({ length: form.style.padding }, () => row(...blank(columns))),
      ],
    },
  ]
}

/** One table with group cells at the left: 授课教师 → 理论授课教师 / 实验（技术示范）教师. */
export function teachersGrouped(
  form: Form,
  columns: Column[],
  options: { depth?: 1 | 2; practice?: string } = {},
): Block[] {
  const depth = options.depth ?? 2
  const all = form.source.full.teachers
  const groups = [
    ['理论授课教师', all.filter((t) => t.kind !== 'practice')],
    [options.practice ?? '实验（技术示范）教师', all.filter((t) => t.kind === 'practice')],
  ] as const
  let index = 0
  const rows: Row[] = []
  const size = (teachers: Teacher[]) => teachers.length + Math.max(1, form.style.padding)
  const total = size(groups[0][1]) + size(groups[1][1])
  for (const [name, teachers] of groups) {
    const lines = size(teachers)
    for (let line = 0; line < lines; line++) {
      const teacher = teachers[line]
      const cells = teacher ? columns.map((column) => cellOf(form, teacher, column, index)) : blank(columns)
      const first = line === 0 ? [label(name, { rows: lines, vertical: true })] : []
      const outer =
        line === 0 && rows.length === 0 && depth === 2 ? [label('授课教师', { rows: total, vertical: true })] : []
      rows.push(row(...outer, ...first, ...cells))
      if (teacher) remember(form, teacher, index++, columns, true)
    }
  }
  return [
    {
      kind: 'table',
      widths: widths(columns, depth),
      headerRows: 1,
      rows: [row(label('', { columns: depth }), ...columns.map((column) => label(heading(form, column)))), ...rows],
    },
  ]
}

/** A course table and a teacher table that are joined by the name. */
export function teachersSplit(
  form: Form,
  courses: Column[],
  people: Column[],
  options: { grouped?: boolean } = {},
): Block[] {
  const teachers = form.source.full.teachers
  const distinct = teachers.filter((t, index) => teachers.findIndex((other) => other.name === t.name) === index)
  teachers.forEach((teacher, index) => {
    remember(form, teacher, index, [...courses, ...people], options.grouped === true)
  })
  const ordered = options.grouped
    ? [...distinct.filter((t) => t.kind !== 'practice'), ...distinct.filter((t) => t.kind === 'practice')]
    : distinct
  const groups = options.grouped ? 1 : 0
  const counts = {
    theory: ordered.filter((t) => t.kind !== 'practice').length,
    practice: ordered.filter((t) => t.kind === 'practice').length,
  }
  const courseWord = (column: Column) => (column === 'name' ? '授课教师' : heading(form, column))
  return [
    {
      kind: 'table',
      widths: widths(courses, 0),
      headerRows: 1,
      rows: [
        row(...courses.map((column) => label(courseWord(column)))),
        ...teachers.map((teacher, index) => row(...courses.map((column) => cellOf(form, teacher, column, index)))),
        ...Array.from({ length: form.style.padding }, () => row(...blank(courses))),
      ],
    },
    { kind: 'paragraph', runs: [{ kind: 'text', text: '授课教师' }], before: 4 },
    {
      kind: 'table',
      widths: widths(people, groups),
      headerRows: 1,
      rows: [
        row(...(groups ? [label('')] : []), ...people.map((column) => label(heading(form, column)))),
        ...ordered.map((teacher, index) => {
          const starts = groups && (index === 0 || index === counts.theory)
          const group = starts
            ? [
                label(index < counts.theory ? '理论授课教师' : '实践授课教师', {
                  rows: index < counts.theory ? counts.theory : counts.practice,
                  vertical: true,
                }),
              ]
            : []
          return row(...group, ...people.map((column) => cellOf(form, teacher, column, index)))
        }),
      ],
    },
  ]
}

const OWN: Column[] = ['name', 'title', 'unit', 'speciality']

/** One table in which a teacher's own cells span all lectures that follow each other. */
export function teachersSpanned(form: Form, columns: Column[]): Block[] {
  const teachers = form.source.full.teachers
  teachers.forEach((teacher, index) => {
    remember(form, teacher, index, columns, false)
  })
  const isRepeat = (index: number) => teachers[index]?.name === teachers[index - 1]?.name
  const lecturesFrom = (index: number) => {
    let count = 1
    while (index + count < teachers.length && isRepeat(index + count)) count += 1
    return count
  }
  const rows = teachers.map((teacher, index) =>
    row(
      ...columns.flatMap((column) => {
        if (!OWN.includes(column)) return [cellOf(form, teacher, column, index)]
        return isRepeat(index) ? [] : [{ ...cellOf(form, teacher, column, index), rows: lecturesFrom(index) }]
      }),
    ),
  )
  return [
    {
      kind: 'table',
      widths: widths(columns, 0),
      headerRows: 1,
      rows: [row(...columns.map((column) => label(heading(form, column)))), ...rows],
    },
  ]
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.round(minutes % 60)).padStart(2, '0')}`

/** The lectures one after another from 08:30, at most eight hours a day, from the first session's start. */
export function schedule(form: Form): Block[] {
  const first = new Date(`${form.source.full.project.sessions?.[0]?.start ?? '2025-05-17'}T00:00:00Z`)
  let [day, at] = [0, 510]
  const lines = form.source.full.teachers.map((teacher) => {
    const length = (teacher.hours ?? 0) * 60
    if (at + length > 510 + 480) [day, at] = [day + 1, 510]
    const date = new Date(first.getTime() + day * 86_400_000).toISOString().slice(0, 10)
    const line = {
      date,
      start: clock(at),
      end: clock(at + length),
      topic: teacher.topic ?? null,
      teacher: teacher.name ?? null,
    }
    at += length
    return line
  })
  record(form, 'schedule', lines)
  return [
    {
      kind: 'table',
      widths: [20, 20, 42, 18],
      headerRows: 1,
      rows: [
        row(label('日期'), label('时间'), label('内容'), label('授课教师')),
        ...lines.map((line) =>
          row(
            value(writeDate(form, line.date)),
            value(`${line.start}-${line.end}`),
            value(line.topic ?? ''),
            value(line.teacher ?? ''),
          ),
        ),
      ],
    },
  ]
}

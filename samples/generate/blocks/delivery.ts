import {
  CLASSES,
  caption,
  choose,
  DELIVERIES,
  type Form,
  innerUnit,
  KINDS,
  record,
  show,
  showDiscipline,
  write,
  writeDate,
  yesNo,
} from '../form.ts'
import { type Block, label, paragraph, type Row, type Run, row, runs, value } from '../sheet.ts'

const pair = (form: Form, path: string, columns = 1) => [
  label(caption(form, path)),
  value(show(form, path), { columns }),
]

/** Audience, hours and shares in the national form's order; 教学总时长 spans two rows. */
export function scale(form: Form, options: { shares?: boolean; credits?: boolean; fee?: boolean } = {}): Block[] {
  return [
    {
      kind: 'table',
      widths: [20, 30, 25, 25],
      rows: [
        row(...pair(form, 'project.audience'), ...pair(form, 'project.enrollment')),
        row(
          label(caption(form, 'project.hours'), { rows: 2 }),
          value(show(form, 'project.hours'), { rows: 2 }),
          ...pair(form, 'project.theoryHours'),
        ),
        row(...pair(form, 'project.practiceHours')),
        ...(options.shares
          ? [row(...pair(form, 'project.outsideShare'), ...pair(form, 'project.grassrootsShare'))]
          : []),
        ...(options.credits ? [row(...pair(form, 'project.credits'), ...pair(form, 'project.days'))] : []),
        ...(options.fee ? [row(...pair(form, 'project.fee', 3))] : []),
      ],
    },
  ]
}

type BasicLine =
  | 'name'
  | 'kind'
  | 'class'
  | 'discipline'
  | 'flags'
  | 'delivery'
  | 'practical'
  | 'unit'
  | 'numbers'
  | 'hours'
  | 'credits'
  | 'fee'
  | 'audience'
  | 'assessment'
  | 'contact'
  | 'session'
  | 'year'
  | 'shares'
  | 'code'

/** The system's first tab as a table of two or four columns. */
export function basics(form: Form, lines: BasicLine[]): Block[] {
  return [{ kind: 'table', widths: [22, 28, 22, 28], rows: lines.map((line) => basicRow(form, line)) }]
}

function basicRow(form: Form, line: BasicLine): Row {
  const wide = (path: string, content: string | Run[]) =>
    row(label(caption(form, path)), value(content, { columns: 3 }))
  switch (line) {
    case 'name':
      return wide('project.name', show(form, 'project.name'))
    case 'kind':
      return wide('project.kind', choose(form, 'project.kind', KINDS))
    case 'class':
      return wide('project.contentClass', choose(form, 'project.contentClass', CLASSES))
    case 'discipline':
      return row(label(caption(form, 'project.discipline', '(二级学科)')), value(showDiscipline(form), { columns: 3 }))
    case 'flags':
      return row(
        label(caption(form, 'project.infectiousDisease')),
        value(yesNo(form, 'project.infectiousDisease')),
        label(caption(form, 'project.jingJinJi')),
        value(yesNo(form, 'project.jingJinJi')),
      )
    case 'delivery':
      return wide('project.delivery', choose(form, 'project.delivery', DELIVERIES))
    case 'practical':
      return wide('project.practical', yesNo(form, 'project.practical'))
    case 'unit': {
      record(form, 'unit.name', form.source.full.unit.name)
      return wide('unit.name', innerUnit(form))
    }
    case 'numbers':
      return row(...pair(form, 'project.enrollment'), ...pair(form, 'project.days'))
    case 'hours':
      return row(
        label(caption(form, 'project.hours')),
        value(show(form, 'project.hours')),
        label('其中'),
        value(
          runs([
            caption(form, 'project.theoryHours'),
            '：',
            show(form, 'project.theoryHours'),
            '　',
            caption(form, 'project.practiceHours'),
            '：',
            show(form, 'project.practiceHours'),
          ]),
        ),
      )
    case 'credits':
      return row(...pair(form, 'project.credits'), ...pair(form, 'project.fee'))
    case 'fee':
      return wide('project.fee', show(form, 'project.fee'))
    case 'year':
      return wide('project.year', show(form, 'project.year'))
    case 'shares':
      return row(...pair(form, 'project.outsideShare'), ...pair(form, 'project.grassrootsShare'))
    case 'code':
      return row(label('原项目编号'), value(write(form, '', form.source.approvedNumber), { columns: 3 }))
    case 'audience':
      return wide('project.audience', show(form, 'project.audience'))
    case 'assessment':
      return wide('project.assessment', show(form, 'project.assessment'))
    case 'contact':
      return row(...pair(form, 'unit.contact'), ...pair(form, 'unit.phone'))
    case 'session':
      return row(label('举办起止日期及地点'), value(singleSession(form), { columns: 3 }))
  }
}

function singleSession(form: Form): string {
  const session = form.source.full.project.sessions?.[0]
  record(form, 'project.sessions', [
    { start: session?.start ?? null, end: session?.end ?? null, place: session?.place ?? null },
  ])
  return `${write(form, '', session?.start)}至${write(form, '', session?.end)}，${session?.place ?? ''}`
}

/** 多期举办: a row a session; blank rows up to six. */
export function sessions(form: Form, options: { enrollment?: boolean; oneDate?: boolean } = {}): Block[] {
  const all = form.source.full.project.sessions ?? []
  record(
    form,
    'project.sessions',
    all.map((one) => ({
      start: one.start,
      end: one.end,
      place: one.place,
      ...(options.enrollment ? { enrollment: one.enrollment } : {}),
    })),
  )
  const last = options.enrollment ? [label('招生人数')] : []
  const blanks = Math.max(0, Math.min(form.style.padding, 6 - all.length))
  const dates = (one: (typeof all)[number]) =>
    options.oneDate
      ? [value(`${writeDate(form, one.start ?? '')}至${writeDate(form, one.end ?? '')}`)]
      : [value(writeDate(form, one.start ?? '')), value(writeDate(form, one.end ?? ''))]
  const dateLabels = options.oneDate ? [label('举办起止日期')] : [label('开始日期'), label('结束日期')]
  return [
    paragraph('多期举办信息', { before: 4 }),
    {
      kind: 'table',
      widths: [
        10,
        ...(options.oneDate ? [40] : [20, 20]),
        options.enrollment ? 36 : 50,
        ...(options.enrollment ? [14] : []),
      ],
      headerRows: 1,
      rows: [
        row(label('期数'), ...dateLabels, label('举办地点'), ...last),
        ...all.map((one, index) =>
          row(
            value(`第${index + 1}期`, { align: 'center' }),
            ...dates(one),
            value(one.place ?? ''),
            ...(options.enrollment ? [value(String(one.enrollment ?? ''), { align: 'center' })] : []),
          ),
        ),
        ...Array.from({ length: blanks }, () =>
          row(value(''), ...dateLabels.map(() => value('')), value(''), ...last.map(() => value(''))),
        ),
      ],
    },
  ]
}

import {
  BLANK_DATE,
  CLASSES,
  caption,
  choose,
  DELIVERIES,
  type Form,
  innerUnit,
  KINDS,
  prose,
  record,
  sealAt,
  show,
  showDate,
  showDiscipline,
  signatureAt,
  valueAt,
  write,
  writeDate,
  yesNo,
} from '../form.ts'
import {
  type Block,
  label,
  type Paragraph,
  paragraph,
  type Row,
  type Run,
  row,
  runs,
  tall,
  text,
  value,
} from '../sheet.ts'

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
      return row(label('原项目编号'), value(show(form, 'project.disciplineCode'), { columns: 3 }))
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

/** Each narrative under its own heading, or in a two-column table. */
export function narrative(form: Form, paths: string[], options: { table?: boolean; numbered?: boolean } = {}): Block[] {
  if (options.table)
    return [
      {
        kind: 'table',
        widths: [18, 82],
        rows: paths.map((path) => tall(26, label(caption(form, path)), value(prose(form, path), { top: true }))),
      },
    ]
  return paths.flatMap((path, index) => [
    paragraph(options.numbered ? `${'一二三四五六'[index] ?? ''}、${caption(form, path)}` : caption(form, path), {
      before: 6,
      heading: true,
      size: form.style.size + 1,
    }),
    ...prose(form, path),
  ])
}

export type OpinionOptions = {
  columns?: number
  peer?: 'inline' | 'rows' | 'none'
  peerHint?: string
  higher?: boolean
  unitWord?: string
  sealWord?: string
  contact?: boolean
  sign?: boolean
  sealed?: boolean
}

/** Peer review, the unit's and the higher body's opinions. */
export function opinions(form: Form, options: OpinionOptions): Block[] {
  const rows: Row[] = []
  if (options.contact) {
    record(form, 'unit.name', form.source.full.unit.name)
    rows.push(
      row(
        label(caption(form, 'unit.name')),
        value(innerUnit(form)),
        ...pair(form, 'unit.phone'),
        ...pair(form, 'unit.contact'),
      ),
      row(...pair(form, 'leader.address', 3), ...pair(form, 'leader.phone')),
    )
  }
  if (options.peer !== 'none') rows.push(...peerRows(form, options))
  rows.push(
    tall(
      34,
      label(spread(options.unitWord ?? caption(form, 'unitOpinion'))),
      value(opinion(form, 'unitOpinion', options), { columns: 5 }),
    ),
  )
  if (options.higher)
    rows.push(
      tall(
        30,
        label(spread(caption(form, 'higherOpinion'))),
        value(opinion(form, 'higherOpinion', { ...options, sealed: false }), { columns: 5 }),
      ),
    )
  if (options.sign) {
    const signed = form.source.marks.leaderSignature
    rows.push(
      tall(
        12,
        label('项目负责人签字'),
        value(
          runs([
            ...signatureAt(form, 'leader.signed', signed, form.source.full.leader.name ?? ''),
            signed ? '' : BLANK_DATE,
          ]),
          { columns: 5 },
        ),
      ),
    )
  }
  return [{ kind: 'table', widths: [16, 18, 15, 18, 15, 18], rows }]
}

const spread = (name: string) =>
  name.length > 9
    ? `${name.slice(0, 6)}\n${name.slice(6)}`
    : name.length > 4
      ? `${name.slice(0, 4)}\n${name.slice(4)}`
      : name

function opinion(form: Form, at: 'unitOpinion' | 'higherOpinion', options: OpinionOptions): Paragraph[] {
  const words = show(form, `${at}.text`)
  const sealed = at === 'unitOpinion' && form.source.marks.unitSeal
  const sealRuns = options.sealed === undefined && at === 'higherOpinion' ? [] : sealAt(form, `${at}.sealed`, sealed)
  if (sealRuns.length === 0) record(form, `${at}.sealed`, false)
  return [
    paragraph(words, { indent: true }),
    paragraph([options.sealWord ?? '（盖章）', ...sealRuns], { align: 'right', before: 6 }),
    paragraph(showDate(form, `${at}.date`), { align: 'right' }),
  ]
}

function peerRows(form: Form, options: OpinionOptions): Row[] {
  const { reviewerSignature } = form.source.marks
  const signature = signatureAt(
    form,
    'peerReview.signed',
    reviewerSignature && valueAt(form, 'peerReview.reviewer') !== null,
    form.source.full.peerReview.reviewer ?? '',
  )
  const hint = options.peerHint ?? (form.style.hints ? '推荐理由(不少于200字)。建议理由应包含：培训内容、形式等。' : '')
  const person = ['reviewer', 'title', 'unit'].map((key) => show(form, `peerReview.${key}`))
  const reason: Paragraph[] = [...(hint ? [paragraph(hint)] : []), ...prose(form, 'peerReview.text')]
  if (options.peer === 'rows')
    return [
      tall(50, label('同行\n评议意见'), value(reason, { columns: 5, top: true })),
      row(
        label('评议专家'),
        value(person[0] ?? ''),
        label('职称'),
        value(person[1] ?? ''),
        label('工作单位'),
        value(person[2] ?? ''),
      ),
      row(
        label('专家签字'),
        value(signature, { columns: 2 }),
        label('日期'),
        value(showDate(form, 'peerReview.date'), { columns: 2 }),
      ),
    ]
  return [
    tall(
      60,
      label('同行\n评议意见'),
      value(
        [
          ...reason,
          paragraph([`评议专家：${person[0]}　职称：${person[1]}　单位：${person[2]}`], { before: 4 }),
          paragraph(['签字：', ...signature, showDate(form, 'peerReview.date')], { align: 'right', before: 3 }),
        ],
        { columns: 5, top: true },
      ),
    ),
  ]
}

const PROMISES = [
  '严格按照批准的内容组织培训，不随意变更授课教师，不压缩教学时长，不借用项目名称举办其他内容的学习班。',
  '落实意识形态责任，对授课内容认真审核，确保内容科学、准确。',
  '坚持公益性质，严格经费管理，不接受企业及利益相关方的赞助和服务，课件不含产品标识和广告。',
  '遵守中央八项规定精神，不在风景名胜区举办项目，不组织与培训无关的活动。',
  '严格考核和学分管理，杜绝乱授学分。如有违反，愿承担相应责任。',
]

/** The pledge; nothing at all when the case has none. */
export function commitment(form: Form, options: { title?: string; signWord?: string } = {}): Block[] {
  if (!form.source.full.commitment.present) {
    record(form, 'commitment.present', false)
    return []
  }
  record(form, 'commitment.present', true)
  const signed = form.source.marks.commitmentSignature
  return [
    { kind: 'page' },
    paragraph([text(options.title ?? '继续医学教育项目负责人承诺书', { bold: true })], {
      align: 'center',
      size: 18,
      before: 10,
      heading: true,
    }),
    paragraph(
      [
        '本人负责',
        text(`　${form.source.full.project.name ?? ''}　`, { underline: true }),
        '继续医学教育项目，现郑重承诺：',
      ],
      { indent: true, before: 6 },
    ),
    ...PROMISES.map((promise, index) => paragraph(`${index + 1}. ${promise}`, { indent: true })),
    paragraph(
      [
        `${options.signWord ?? '签名'}：`,
        ...signatureAt(form, 'commitment.signed', signed, form.source.full.leader.name ?? ''),
      ],
      { align: 'right', before: 16 },
    ),
    paragraph(showDate(form, 'commitment.date'), { align: 'right', before: 2 }),
  ]
}

/** `1. 标签：值` without a table; boxes stand in the line. */
export function listed(form: Form, paths: string[], from = 1): Block[] {
  return paths.map((path, index) =>
    paragraph([`${from + index}. ${caption(form, path)}：`, ...listedValue(form, path)], { before: 1.5 }),
  )
}

function listedValue(form: Form, path: string): (string | Run)[] {
  const underline = (words: string) => text(words || '　　　　', { underline: true })
  switch (path) {
    case 'project.kind':
      return choose(form, path, KINDS)
    case 'project.delivery':
      return choose(form, path, DELIVERIES)
    case 'project.contentClass':
      return choose(form, path, CLASSES)
    case 'project.infectiousDisease':
    case 'project.jingJinJi':
    case 'project.practical':
    case 'leader.employed':
    case 'leader.teaches':
      return yesNo(form, path)
    case 'project.discipline':
      return [underline(showDiscipline(form))]
    case 'unit.partners': {
      const partners = form.source.full.unit.partners ?? []
      record(form, path, partners.length > 0 ? partners : null)
      return [underline(partners.join('、'))]
    }
    case 'leader.unit': {
      record(form, path, form.source.full.leader.unit ?? null)
      return [underline(form.source.full.leader.unit ?? '')]
    }
    default:
      return [underline(show(form, path))]
  }
}

import {
  BLANK_DATE,
  box,
  caption,
  type Form,
  innerUnit,
  prose,
  record,
  show,
  signatureAt,
  valueAt,
  yesNo,
} from '../form.ts'
import { type Block, label, paragraph, type Row, type Run, row, runs, tall, text, value } from '../sheet.ts'

/** The leader's unit as inner pages word it. */
function showLeaderUnit(form: Form): string {
  const declared = valueAt(form, 'leader.unit')
  const shown = form.source.insideUnit && declared === form.source.full.unit.name ? innerUnit(form) : declared
  record(form, 'leader.unit', shown)
  return String(shown ?? '')
}

const pair = (form: Form, path: string, columns = 1) => [
  label(caption(form, path)),
  value(path === 'leader.unit' ? showLeaderUnit(form) : show(form, path), { columns }),
]
const flag = (form: Form, path: string, columns = 1) => [
  label(caption(form, path)),
  value(yesNo(form, path), { columns }),
]

/** Six columns, as on the national form of 2025; achievements, history and overview inside the same table. */
export function leaderNational(form: Form, options: { plainFlags?: boolean } = {}): Block[] {
  const employed = options.plainFlags ? pair(form, 'leader.employed') : flag(form, 'leader.employed')
  return [
    {
      kind: 'table',
      widths: [16, 18, 13, 19, 15, 19],
      rows: [
        row(...pair(form, 'leader.name'), ...pair(form, 'leader.sex'), ...pair(form, 'leader.birth')),
        row(...pair(form, 'leader.idNumber', 5)),
        row(...pair(form, 'leader.title'), ...pair(form, 'leader.post'), ...pair(form, 'leader.degree')),
        row(...pair(form, 'leader.unit'), ...employed, ...pair(form, 'leader.speciality')),
        merged(form, 'leader.achievements', '(不少于300字)'),
        ...historyRows(form),
        merged(
          form,
          'overview',
          '(主要表述与项目有关的基本情况，如组织架构、配套政策、经费支持、培训场地、师资队伍等方面)(不少于300字)',
        ),
      ],
    },
  ]
}

/** As on Beijing's municipal form: age, no ID number; resume and results in merged rows. */
export function leaderBeijing(
  form: Form,
  options: { withId?: boolean; withBirth?: boolean; sign?: boolean } = {},
): Block[] {
  return [
    {
      kind: 'table',
      widths: [16, 18, 13, 19, 15, 19],
      rows: [
        row(
          ...pair(form, 'leader.name'),
          ...pair(form, 'leader.sex'),
          ...pair(form, options.withBirth ? 'leader.birth' : 'leader.age'),
        ),
        ...(options.withId ? [row(...pair(form, 'leader.idNumber', 5))] : []),
        row(...pair(form, 'leader.title'), ...pair(form, 'leader.post'), ...pair(form, 'leader.degree')),
        row(...pair(form, 'leader.unit', 3), ...pair(form, 'leader.speciality')),
        row(...flag(form, 'leader.employed', 2), ...flag(form, 'leader.teaches', 2)),
        row(...pair(form, 'leader.phone', 2), ...pair(form, 'leader.email', 2)),
        tall(28, label('工作\n经历'), value(prose(form, 'leader.experience'), { columns: 5, top: true })),
        tall(40, label('科研\n成果'), value(prose(form, 'leader.achievements'), { columns: 5, top: true })),
        ...(options.sign ? [signRow(form, 6)] : []),
      ],
    },
  ]
}

/** Four columns with the label above or beside, as a system prints its record. */
export function leaderRecord(form: Form): Block[] {
  const two = (a: string, b: string): Row =>
    row(...(isFlag(a) ? flag(form, a) : pair(form, a)), ...(isFlag(b) ? flag(form, b) : pair(form, b)))
  return [
    {
      kind: 'table',
      widths: [20, 30, 20, 30],
      rows: [
        two('leader.name', 'leader.sex'),
        two('leader.birth', 'leader.idNumber'),
        two('leader.unit', 'leader.speciality'),
        two('leader.title', 'leader.post'),
        two('leader.degree', 'leader.phone'),
        two('leader.employed', 'leader.teaches'),
        two('leader.address', 'leader.email'),
      ],
    },
  ]
}

const isFlag = (path: string) => path === 'leader.employed' || path === 'leader.teaches'

export const merged = (form: Form, path: string, hint: string, columns = 6): Row =>
  tall(
    60,
    value([paragraph(`${caption(form, path, hint)}${form.style.hints ? '' : '：'}`), ...prose(form, path)], {
      columns,
      top: true,
    }),
  )

type HistoryEntry = NonNullable<Form['source']['full']['leader']['history']>[number]

function historyOf(form: Form): HistoryEntry[] {
  const rows = form.source.full.leader.history ?? []
  record(
    form,
    'leader.history',
    rows.map((entry) => ({ ...entry })),
  )
  return rows
}

function historyLine(form: Form, entry: HistoryEntry | undefined): Run[] {
  const level = entry?.level
  const number = (wanted: string) => (level === wanted ? (entry?.number ?? '') : '') || '　　　　　　'
  return runs([
    '国家级 ',
    box(form, level === 'national'),
    ' 省级 ',
    box(form, level === 'provincial'),
    ' ，是否执行：是 ',
    box(form, entry?.executed === true),
    ' 否 ',
    box(form, entry?.executed === false),
    ' 。国家级项目编号：',
    text(number('national'), { underline: true }),
    '、省级项目编号：',
    text(number('provincial'), { underline: true }),
  ])
}

export function historyRows(form: Form, columns = 6): Row[] {
  const rows = historyOf(form)
  const year = form.source.full.project.year ?? 2025
  return [
    row(value('项目负责人近三年继续医学教育项目申报、执行情况(优先填写国家级项目)：', { columns })),
    ...[year - 3, year - 2, year - 1].map((each) =>
      row(
        value(
          [
            paragraph([
              `${each}年继续医学教育项目申报情况：`,
              ...historyLine(
                form,
                rows.find((entry) => entry.year === each),
              ),
            ]),
          ],
          { columns },
        ),
      ),
    ),
  ]
}

/** The history as a table of its own. */
export function historyTable(form: Form): Block[] {
  const rows = historyOf(form)
  const year = form.source.full.project.year ?? 2025
  return [
    paragraph('项目负责人近三年继续医学教育项目申报、执行情况', { before: 4 }),
    {
      kind: 'table',
      widths: [14, 24, 20, 42],
      headerRows: 1,
      rows: [
        row(label('年度'), label('级别'), label('是否执行'), label('项目编号')),
        ...[year - 3, year - 2, year - 1].map((each) => {
          const entry = rows.find((one) => one.year === each)
          const level = entry?.level
          return row(
            label(String(each)),
            value(runs([box(form, level === 'national'), '国家级　', box(form, level === 'provincial'), '省级'])),
            value(runs([box(form, entry?.executed === true), '是　', box(form, entry?.executed === false), '否'])),
            value(entry?.number ?? ''),
          )
        }),
      ],
    },
  ]
}

export function signRow(form: Form, columns: number): Row {
  const { leaderSignature } = form.source.marks
  return row(
    value(
      [
        paragraph(
          [
            '项目负责人签字：',
            ...signatureAt(form, 'leader.signed', leaderSignature, form.source.full.leader.name ?? ''),
            `　${leaderSignature ? '' : BLANK_DATE}`,
          ],
          { align: 'right' },
        ),
      ],
      { columns },
    ),
  )
}

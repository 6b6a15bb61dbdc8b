import {
  BLANK_DATE,
  caption,
  type Form,
  innerUnit,
  prose,
  record,
  sealAt,
  show,
  showDate,
  signatureAt,
  valueAt,
} from '../form.ts'
import { type Block, label, type Paragraph, paragraph, type Row, row, runs, tall, value } from '../sheet.ts'

const pair = (form: Form, path: string, columns = 1) => [
  label(caption(form, path)),
  value(show(form, path), { columns }),
]

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

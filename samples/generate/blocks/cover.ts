import { caption, type Form, sealAt, show, showDate, showDiscipline, yesNo } from '../form.ts'
import { type Block, label, paragraph, type Run, runs, text, value } from '../sheet.ts'

export type CoverOptions = {
  title: string[]
  variant: 'underlined' | 'table' | 'colon' | 'framed'
  lines: ('name' | 'discipline' | 'leader' | 'unit' | 'date' | 'flags' | 'kind')[]
  unitLabel?: string
  code?: boolean
  pledge?: boolean
  issuer?: string
  annex?: string
  joint?: string
  sealed?: boolean
}

const PLEDGE =
  '(项目申办单位承诺：本单位最近一个周期年检或校验合格。本项目已征得授课教师的知情同意并留存相关证据备查，对所填写信息的真实性、完整性和准确性负责)'

/** The first page: title, the five or six lines, issuer. */
export function cover(form: Form, options: CoverOptions): Block[] {
  const lines = options.lines.map((line) => coverLine(form, line, options))
  const flags = options.lines.includes('flags') ? flagLines(form) : []
  return [
    ...(options.annex ? [paragraph(options.annex, { size: 12 })] : []),
    ...(options.code
      ? [paragraph(`申请代码：${show(form, 'project.disciplineCode')}`, { align: 'right', before: 2 })]
      : []),
    ...options.title.map((line, index) =>
      paragraph([text(line, { bold: true })], {
        align: 'center',
        size: index === options.title.length - 1 && line.startsWith('(') ? 15 : 22,
        before: index === 0 ? 30 : 4,
        heading: true,
      }),
    ),
    ...body(options, lines),
    ...flags,
    ...(options.pledge ? [paragraph(PLEDGE, { before: 8 })] : []),
    ...(options.issuer ? [paragraph(options.issuer, { align: 'center', before: 26, size: 14 })] : []),
    { kind: 'page' },
  ]
}

type Line = { name: string; content: Run[] }

function coverLine(form: Form, line: CoverOptions['lines'][number], options: CoverOptions): Line {
  switch (line) {
    case 'name':
      return { name: caption(form, 'project.name'), content: [text(show(form, 'project.name'))] }
    case 'discipline':
      return {
        name: caption(form, 'project.discipline', '(二、三级学科)'),
        content: [text(showDiscipline(form, options.joint))],
      }
    case 'leader':
      return { name: '项目负责人', content: [text(show(form, 'leader.name'))] }
    case 'unit':
      return {
        name: options.unitLabel ?? caption(form, 'unit.name'),
        content: [
          text(show(form, 'unit.name')),
          ...(isSealed(form, options) ? sealAt(form, 'cover.sealed', form.source.marks.coverSeal) : []),
        ],
      }
    case 'date':
      return { name: caption(form, 'cover.date'), content: [text(showDate(form, 'cover.date'))] }
    case 'kind':
      return { name: '', content: [] }
    case 'flags':
      return { name: '', content: [] }
  }
}

/** A cover without the words has no place for a seal: sealed, it bears one; unsealed, nothing is missing. */
function isSealed(form: Form, { sealed, unitLabel }: CoverOptions): boolean {
  const asks = /章/.test(unitLabel ?? caption(form, 'unit.name'))
  return Boolean(sealed) && (asks || form.source.marks.coverSeal)
}

function body(options: CoverOptions, lines: Line[]): Block[] {
  const filled = lines.filter((line) => line.name !== '')
  if (options.variant === 'table')
    return [
      paragraph('', { before: 20 }),
      {
        kind: 'table',
        widths: [30, 70],
        rows: filled.map((line) => ({ cells: [label(line.name), value(line.content)], height: 13 })),
      },
    ]
  if (options.variant === 'colon')
    return filled.map((line, index) =>
      paragraph([`${line.name}：`, ...line.content], { size: 14, before: index === 0 ? 30 : 7 }),
    )
  return filled.map((line, index) =>
    paragraph(
      [text(`${line.name}　`), ...line.content.map((run) => underlined(run)), text('　　　　', { underline: true })],
      {
        size: 15,
        before: index === 0 ? 34 : 7,
        framed: options.variant === 'framed' && index === 0,
      },
    ),
  )
}

const underlined = (run: Run): Run => (run.kind === 'text' ? { ...run, underline: true } : run)

function flagLines(form: Form): Block[] {
  return [
    paragraph(['项目类别'], { size: 12, before: 6 }),
    paragraph(
      runs(['　　', caption(form, 'project.infectiousDisease'), '　', ...yesNo(form, 'project.infectiousDisease')]),
      { size: 12 },
    ),
    paragraph(runs(['　　', caption(form, 'project.jingJinJi'), '　', ...yesNo(form, 'project.jingJinJi')]), {
      size: 12,
    }),
  ]
}

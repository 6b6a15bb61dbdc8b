import {
  CLASSES,
  caption,
  choose,
  DELIVERIES,
  type Form,
  KINDS,
  prose,
  record,
  show,
  showDiscipline,
  yesNo,
} from '../form.ts'
import { type Block, label, paragraph, type Run, row, tall, text, value } from '../sheet.ts'

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

/** `1. 标签：值` without a table; boxes stand in the line. */
export function listed(form: Form, paths: string[], from = 1): Block[] {
  return paths.map((path, index) =>
    paragraph([`${from + index}. ${caption(form, path)}：`, ...printed(form, path, true)], { before: 1.5 }),
  )
}

function printed(form: Form, path: string, underlined: boolean): (string | Run)[] {
  const underline = (words: string) => (underlined ? text(words || '　　　　', { underline: true }) : text(words))
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

/** A ruled table whose cells hold label and value together, `columns` to a row. */
export function inlined(form: Form, paths: string[], columns = 2): Block[] {
  const cells = paths.map((path) => value([`${caption(form, path)}：`, ...printed(form, path, false)]))
  const rest = cells.length % columns
  const last = cells.at(-1)
  if (rest > 0 && last) last.columns = columns - rest + 1
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, index) =>
    row(...cells.slice(index * columns, (index + 1) * columns)),
  )
  return [{ kind: 'table', widths: Array.from({ length: columns }, () => 100 / columns), rows }]
}

/** One row of labels above one row of values. */
export function headed(form: Form, paths: string[]): Block[] {
  return [
    {
      kind: 'table',
      widths: paths.map(() => 100 / paths.length),
      rows: [
        row(...paths.map((path) => label(caption(form, path)))),
        row(...paths.map((path) => value(printed(form, path, false), { align: 'center' }))),
      ],
    },
  ]
}

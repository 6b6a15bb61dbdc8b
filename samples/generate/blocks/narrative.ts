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
import { type Block, label, paragraph, type Run, tall, text, value } from '../sheet.ts'

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

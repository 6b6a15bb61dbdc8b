import type { Document } from '../documents/model.ts'
import { linesOfPage, textOf } from '../documents/text.ts'
import type { Extraction } from './schema.ts'
import { foldText } from './text/fold.ts'

/** Labels whose presence, filled in or not, makes a form a declaration: of what, by whom, led and taught by whom. */
const SIGNS: string[][] = [
  ['project.name'],
  ['unit.name', 'unit.contact', 'unit.phone'],
  ['leader.name', 'leader.title', 'leader.idNumber', 'leader.sex'],
  ['project.audience', 'project.enrollment', 'project.hours', 'project.credits'],
  ['teachers'],
  ['peerReview.text', 'unitOpinion.text', 'higherOpinion.text', 'overview', 'leader.achievements'],
  ['project.discipline', 'project.objective', 'project.content'],
]
const FORM = /(?:继续医学教育|继续教育|继教|医学教育)[^。；]{0,24}(?:申报书|申报表|备案表|申请书|申请表|推荐书|推荐表)/
const DIRECTIVE = /不得|不予|须|应当|应具|应为|应由|应在|原则上|要求|请各|不低于|不超过/
const OTHER =
  /(?:关于|印发)[^。]{0,60}(?:通知|通告|函|问答)|各(?:区|县|市|省)[^。]{0,30}[:：]|特此通知|申报(?:具体)?(?:要求|指南|须知|说明)|发票|参考文献|摘要[:：]/

/**
 * Whether the documents are a declaration form at all. A form names its subject and has most of the parts of one; with a
 * declaration's own title fewer will do. A notice about declarations speaks of the same things in running text.
 */
export function looksLikeDeclaration(documents: Document[], extraction: Extraction): boolean {
  const paths = Object.keys(extraction.fields)
  const seen = SIGNS.filter((sign) =>
    sign.some((path) => paths.some((known) => known === path || known.startsWith(`${path}[`))),
  ).length
  const text = firstText(documents)
  const hasTitle = FORM.test(text)
  const speaksOfForms = OTHER.test(text)
  const scalars = paths.filter((path) => !path.includes('[') && path !== 'commitment.present').length
  if (directivesIn(documents) >= (speaksOfForms ? 8 : 20)) return false
  if (speaksOfForms) return seen >= 6 && scalars >= 14
  if (hasTitle) return seen >= 2 && scalars >= 5
  return seen >= 4 && scalars >= 8
}

/** Free lines that tell applicants what to do: a form has a handful, a notice lives of them. */
function directivesIn(documents: Document[]): number {
  const lines = documents.flatMap((document) =>
    document.pages.flatMap((page) =>
      page.blocks.flatMap((block) => (block.kind === 'line' ? [textOf(block.line)] : [])),
    ),
  )
  return lines.filter((line) => line.length > 12 && DIRECTIVE.test(line)).length
}

/** The first lines of every document, enough for a title or the opening of a notice. */
function firstText(documents: Document[]): string {
  return documents
    .map((document) => {
      const lines = document.pages.slice(0, 1).flatMap(linesOfPage)
      return foldText(lines.slice(0, 40).map(textOf).join('\n'))
    })
    .join('\n')
}

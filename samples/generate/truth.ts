import { Declaration } from '../../src/declaration/schema.ts'
import { type Form, openForm } from './form.ts'
import { LAYOUTS } from './layouts.ts'
import type { Plan } from './plan.ts'
import type { Sheet } from './sheet.ts'
import { STYLES, type Style } from './style.ts'

export type Filled = { sheet: Sheet; style: Style; declaration: Declaration }

/** Fills the plan's layout with its case; the declaration is exactly what the form shows. */
export function fill(item: Plan): Filled {
  const style: Style = { ...STYLES[item.style], ...item.changes }
  const form: Form = openForm(item.source, style)
  const sheet = LAYOUTS[item.layout](form)
  return { sheet, style, declaration: Declaration.parse(form.truth) }
}

/** On paper the marks can be seen; in text they cannot be told. */
export const isPaper = (kind: Plan['kind']): boolean => !['pdf', 'pdf-libreoffice', 'docx'].includes(kind)

/** A 1-bit fax shows no red: what its seals say is open. */
const showsColour = (kind: Plan['kind']): boolean => isPaper(kind) && kind !== 'scan-fax'

const SEAL_RULES = ['unit-seal', 'unit-seal-name']
const PAPER_RULES = [...SEAL_RULES, 'leader-signature', 'commitment-signed']

/** The truth file of one document. */
export function truthOf(item: Plan, declaration: Declaration, files: string[]): Record<string, unknown> {
  const { source, kind } = item
  const paper = isPaper(kind)
  const sessionsIn = ({ project }: Declaration) => project?.sessions?.length ?? 0
  // A layout with room for one session prints no second one, and nothing of what is wrong with it.
  const showsSessions = sessionsIn(declaration) >= sessionsIn(source.full)
  const findings = Object.fromEntries(
    Object.entries(source.findings).filter(
      ([rule]) =>
        (paper || !PAPER_RULES.includes(rule)) &&
        (showsColour(kind) || !SEAL_RULES.includes(rule)) &&
        (showsSessions || !rule.startsWith('sessions-')),
    ),
  )
  return {
    files,
    family: item.layout.split('-')[0],
    layout: item.layout,
    kind,
    split: item.heldOut ? 'held-out' : 'tuning',
    pack: source.pack,
    ...(source.context ? { context: source.context } : {}),
    ...(source.asOf ? { asOf: source.asOf } : {}),
    ...(source.online ? { online: source.online } : {}),
    paper,
    declaration: visible(declaration, kind),
    findings,
    ...(source.undecided ? { undecided: source.undecided } : {}),
    ...(source.verdict && Object.values(findings).includes('fail') ? { verdict: source.verdict } : {}),
  }
}

/** Without what this kind of document cannot show: seals in text and on a fax, signatures in text. */
function visible(declaration: Declaration, kind: Plan['kind']): unknown {
  const hidden = [...(isPaper(kind) ? [] : ['signed']), ...(showsColour(kind) ? [] : ['sealed', 'seals'])]
  return JSON.parse(JSON.stringify(declaration, (key, value) => (hidden.includes(key) ? undefined : value)))
}

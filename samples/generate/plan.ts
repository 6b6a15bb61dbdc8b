import type { Case } from './case.ts'
import * as bm from './cases/beijing-compliant.ts'
import * as bad from './cases/beijing-violations.ts'
import * as far from './cases/elsewhere.ts'
import type { LayoutName } from './layouts.ts'
import type { Style, StyleName } from './style.ts'

/** How a form becomes files. `degraded`, `fax`, `photo`: see scan.ts. `mixed`: text pages with a scanned last page. */
export type Kind =
  | 'pdf'
  | 'pdf-libreoffice'
  | 'docx'
  | 'scan-clean'
  | 'scan-degraded'
  | 'scan-fax'
  | 'photo'
  | 'tiff'
  | 'images'
  | 'mixed'

export type Plan = {
  source: Case
  layout: LayoutName
  style: StyleName
  kind: Kind
  /** Held-out documents are never looked at while the product is tuned. */
  heldOut?: true
  changes?: Partial<Style>
}

const plan = (source: Case, layout: LayoutName, style: StyleName, kind: Kind, changes?: Partial<Style>): Plan => ({
  source,
  layout,
  style,
  kind,
  ...(changes ? { changes } : {}),
})
const heldOut = (item: Plan): Plan => ({ ...item, heldOut: true })

export const PLANS: Plan[] = [
  plan(bm.medical, 'beijing-book', 'song', 'pdf'),
  plan(bm.university, 'beijing-tabs', 'micro', 'pdf'),
  plan(bm.cdc, 'beijing-tabs', 'zenhei', 'pdf'),
  plan(bm.skill, 'beijing-grouped', 'kai', 'pdf'),
  heldOut(plan(bm.long, 'beijing-tabs', 'ming', 'pdf')),
  plan(bm.namedChina, 'beijing-book', 'ming', 'pdf'),
  heldOut(plan(bm.society, 'beijing-grouped', 'micro', 'pdf')),
  plan(bad.retired, 'beijing-book', 'zenhei', 'pdf'),
  plan(bad.skill, 'beijing-grouped', 'song', 'pdf'),
  plan(bad.cdc, 'beijing-tabs', 'song', 'pdf'),
  plan(bad.leader, 'beijing-tabs', 'kai', 'pdf'),
  heldOut(plan(bad.birth, 'beijing-tabs', 'sans', 'pdf')),
  plan(bad.hours, 'beijing-tabs', 'song', 'pdf'),
  plan(bad.remote, 'beijing-book', 'micro', 'pdf'),
  heldOut(plan(bad.crowd, 'beijing-grouped', 'zenhei', 'pdf')),
  plan(bad.shortTexts, 'beijing-tabs', 'micro', 'pdf'),
  plan(bad.unitNames, 'beijing-tabs', 'song', 'pdf'),
  heldOut(plan(bad.juniorTeachers, 'beijing-grouped', 'ming', 'pdf')),
  plan(bad.context, 'beijing-tabs', 'micro', 'pdf'),
  plan(bad.injection, 'beijing-tabs', 'zenhei', 'pdf'),
  plan(far.national, 'national-2025', 'plain', 'pdf', { font: 'AR PL UMing CN', headFont: 'WenQuanYi Zen Hei' }),
  plan(far.nationalUnproven, 'national-platform', 'micro', 'pdf'),
  heldOut(plan(far.nationalFaults, 'national-platform', 'zenhei', 'pdf')),
  plan(far.shanghai, 'shanghai', 'zenhei', 'pdf'),
  plan(far.wenzhouFaults, 'wenzhou', 'song', 'pdf', { watermark: '温州市继教项目申报' }),
  plan(far.wenzhouRefused, 'wenzhou', 'micro', 'pdf'),
  plan(far.hunan, 'hunan', 'song', 'pdf'),
  heldOut(plan(far.hunanFaults, 'hunan', 'ming', 'pdf')),
]

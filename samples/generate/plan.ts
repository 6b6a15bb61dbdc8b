import type { Case } from './case.ts'
import * as bm from './cases/beijing-compliant.ts'
import * as bad from './cases/beijing-violations.ts'
import * as far from './cases/elsewhere.ts'
import type { Damage } from './degrade.ts'
import type { LayoutName } from './layouts.ts'
import type { Style, StyleName } from './style.ts'

/** How a form becomes files. `degraded`, `fax`, `photo`: see scan.ts. `mixed`: text pages with a scanned last page. */
export const KINDS = [
  'pdf',
  'pdf-libreoffice',
  'docx',
  'scan-clean',
  'scan-degraded',
  'scan-fax',
  'photo',
  'tiff',
  'images',
  'mixed',
] as const
export type Kind = (typeof KINDS)[number]

export type Plan = {
  source: Case
  layout: LayoutName
  style: StyleName
  kind: Kind
  /** Held-out documents are never looked at while the product is tuned. */
  heldOut?: true
  changes?: Partial<Style>
  damage?: Damage
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
  heldOut(plan(bm.long, 'beijing-lines', 'song', 'pdf')),
  heldOut(plan(bm.repeated, 'beijing-lines', 'zenhei', 'pdf')),
  plan(bm.namedChina, 'beijing-book', 'ming', 'pdf'),
  heldOut(plan(bm.society, 'beijing-grouped', 'micro', 'pdf')),
  plan(bad.retired, 'beijing-book', 'zenhei', 'pdf'),
  plan(bad.skill, 'beijing-grouped', 'song', 'pdf'),
  plan(bad.cdc, 'beijing-tabs', 'song', 'pdf'),
  plan(bad.leader, 'beijing-tabs', 'kai', 'pdf'),
  heldOut(plan(bad.birth, 'beijing-lines', 'micro', 'pdf')),
  plan(bad.hours, 'beijing-tabs', 'song', 'pdf'),
  plan(bad.remote, 'beijing-book', 'micro', 'pdf'),
  heldOut(plan(bad.crowd, 'beijing-grouped', 'zenhei', 'pdf')),
  plan(bad.shortTexts, 'beijing-tabs', 'micro', 'pdf'),
  plan(bad.unitNames, 'beijing-tabs', 'song', 'pdf'),
  heldOut(plan(bad.juniorTeachers, 'beijing-grouped', 'ming', 'pdf')),
  plan(bad.context, 'beijing-tabs', 'micro', 'pdf'),
  plan(bad.injection, 'beijing-tabs', 'zenhei', 'pdf'),
  plan(bad.odd, 'beijing-tabs', 'song', 'pdf'),
  plan(bm.bounds, 'beijing-inline', 'zenhei', 'pdf'),
  heldOut(plan(bad.nursing, 'beijing-inline', 'micro', 'pdf')),
  plan(bad.society, 'beijing-inline', 'song', 'docx', { box: 'control' }),
  plan(far.national, 'national-2025', 'plain', 'pdf', { font: 'AR PL UMing CN', headFont: 'WenQuanYi Zen Hei' }),
  plan(far.nationalUnproven, 'national-platform', 'sans', 'pdf', {
    font: 'WenQuanYi Micro Hei',
    headFont: 'WenQuanYi Micro Hei',
  }),
  heldOut(plan(far.nationalFaults, 'national-records', 'zenhei', 'pdf')),
  plan(far.shanghai, 'shanghai', 'zenhei', 'pdf'),
  plan(far.wenzhouFaults, 'wenzhou', 'song', 'pdf', { watermark: '温州市继教项目申报' }),
  plan(far.wenzhouRefused, 'wenzhou', 'micro', 'pdf'),
  plan(far.hunan, 'hunan', 'song', 'pdf'),
  heldOut(plan(far.hunanFaults, 'hunan', 'ming', 'pdf')),

  plan(bm.research, 'beijing-book', 'song', 'docx', { box: 'control' }),
  plan(bm.remote, 'beijing-tabs', 'zenhei', 'docx', { box: 'wingdings' }),
  heldOut(plan(bm.nursing, 'beijing-lines', 'song', 'docx', { box: 'control' })),
  plan(bad.nursing, 'beijing-tabs', 'song', 'docx', { box: 'tick' }),
  plan(bad.tcm, 'beijing-grouped', 'zenhei', 'docx', { box: 'wingdings' }),
  heldOut(plan(bad.peerUntitled, 'beijing-book', 'micro', 'docx', { box: 'cross' })),
  plan(far.nationalBounds, 'national-2025', 'song', 'docx', { box: 'control' }),
  plan(far.hunanFiling, 'hunan', 'zenhei', 'docx', { box: 'solid' }),
  plan(bm.bounds, 'beijing-tabs', 'song', 'pdf-libreoffice', { box: 'tick' }),
  plan(bad.online, 'beijing-book', 'zenhei', 'pdf-libreoffice', { box: 'tick', font: 'WenQuanYi Micro Hei' }),
  heldOut(plan(bad.unpledged, 'beijing-grouped', 'song', 'pdf-libreoffice', { box: 'solid' })),

  plan(bm.nursing, 'beijing-book', 'song', 'scan-clean'),
  plan(bm.medical, 'beijing-tabs', 'zenhei', 'scan-degraded'),
  plan(bm.university, 'beijing-grouped', 'micro', 'scan-fax'),
  plan(bm.society, 'beijing-book', 'kai', 'photo'),
  heldOut(plan(bm.skill, 'beijing-grouped', 'ming', 'scan-degraded')),
  plan(bm.research, 'beijing-grouped', 'zenhei', 'mixed'),
  plan(bad.golden, 'beijing-book', 'micro', 'scan-degraded'),
  heldOut(plan(bad.society, 'beijing-lines', 'zenhei', 'scan-clean')),
  plan(bad.peer, 'beijing-book', 'zenhei', 'scan-clean'),
  plan(bad.unsealed, 'beijing-book', 'song', 'scan-degraded'),
  plan(bad.unsigned, 'beijing-tabs', 'micro', 'scan-clean'),
  plan(bad.unpledged, 'beijing-book', 'zenhei', 'tiff'),
  plan(bad.otherSeal, 'beijing-grouped', 'song', 'scan-clean'),
  heldOut(plan(bad.many, 'beijing-book', 'micro', 'images')),
  plan(far.national, 'national-platform', 'song', 'scan-clean'),
  plan(far.nationalFaults, 'national-2025', 'zenhei', 'scan-degraded'),
  plan(far.shanghaiFaults, 'shanghai', 'song', 'scan-degraded'),
  plan(far.wenzhou, 'wenzhou', 'zenhei', 'scan-degraded', { watermark: '温州市继教项目申报' }),
  heldOut(plan(far.hunanNational, 'hunan', 'song', 'tiff')),
]

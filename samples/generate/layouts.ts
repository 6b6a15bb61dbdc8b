import type { Form } from './form.ts'
import { beijingBook, beijingGrouped, beijingInline, beijingLines, beijingTabs } from './layouts/beijing.ts'
import { hunan, shanghai, wenzhou } from './layouts/elsewhere.ts'
import { national2025, nationalPlatform, nationalRecords } from './layouts/national.ts'
import type { Sheet } from './sheet.ts'

export const LAYOUTS = {
  'national-2025': national2025,
  'national-platform': nationalPlatform,
  'beijing-book': beijingBook,
  'beijing-tabs': beijingTabs,
  'beijing-grouped': beijingGrouped,
  'beijing-inline': beijingInline,
  'beijing-lines': beijingLines,
  'national-records': nationalRecords,
  shanghai,
  wenzhou,
  hunan,
} satisfies Record<string, (form: Form) => Sheet>

export type LayoutName = keyof typeof LAYOUTS

import type { Case } from './case.ts'
import { type Paragraph, paragraph, type Run, text } from './sheet.ts'
import { LABELS, type Style, UNITS } from './style.ts'

/** A form being filled in: whatever it prints is written into `truth` at the same moment. */
export type Form = { source: Case; style: Style; truth: Record<string, unknown> }

export const openForm = (source: Case, style: Style): Form => ({ source, style, truth: {} })

const steps = (path: string): (string | number)[] =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))

export function valueAt(form: Form, path: string): unknown {
  let at: unknown = form.source.full
  for (const step of steps(path)) {
    if (at === null || typeof at !== 'object') return null
    at = (at as Record<string | number, unknown>)[step]
  }
  return at ?? null
}

/** Says that the form shows `value` at `path`; `null` for a label whose value is blank. */
export function record(form: Form, path: string, value: unknown): void {
  const way = steps(path)
  let at: Record<string | number, unknown> = form.truth
  way.forEach((step, index) => {
    if (index === way.length - 1) at[step] = value
    else {
      at[step] ??= typeof way[index + 1] === 'number' ? [] : {}
      at = at[step] as Record<string | number, unknown>
    }
  })
}

const WIDE = '０１２３４５６７８９'
const widen = (value: string) => value.replace(/\d/g, (digit) => WIDE[Number(digit)] ?? digit)

/** A value as the form's style writes it; records it. */
export function show(form: Form, path: string): string {
  const value = valueAt(form, path)
  record(form, path, value)
  return write(form, path, value)
}

/** `value` as the style writes it at `path`, without recording. */
export function write(form: Form, path: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') {
    const digits = form.style.wideDigits ? widen(String(value)) : String(value)
    return form.style.units ? digits + (UNITS[path] ?? '') : digits
  }
  const string = String(value)
  return /^\d{4}-\d{2}(-\d{2})?$/.test(string) ? writeDate(form, string) : string
}

export function writeDate(form: Form, iso: string): string {
  const [year, month, day] = iso.split('-')
  const m = Number(month)
  const d = Number(day)
  switch (form.style.date) {
    case 'chinese':
      return `${year}年${m}月${day ? `${d}日` : ''}`
    case 'spaced':
      return `${year} 年 ${m} 月${day ? ` ${d} 日` : ''}`
    case 'dot':
      return `${year}.${month}${day ? `.${day}` : ''}`
    case 'slash':
      return `${year}/${month}${day ? `/${day}` : ''}`
    case 'dash':
      return iso
  }
}

export const BLANK_DATE = '　　年　　月　　日'

/** A date where the form prints 年 月 日 to be filled in. */
export function showDate(form: Form, path: string): string {
  const value = valueAt(form, path)
  record(form, path, value)
  return typeof value === 'string' ? writeDate(form, value) : BLANK_DATE
}

/** The label of `path`; `hint` is added where the style prints instructions. */
export function caption(form: Form, path: string, hint = ''): string {
  const own = form.style.labels[path] ?? LABELS[path] ?? path
  const spaced = form.style.spacedLabels && own.length <= 4 ? [...own].join(' ') : own
  return spaced + (form.style.hints ? hint : '')
}

export function box(form: Form, checked: boolean): Run {
  const glyphs = {
    tick: ['☑', '□'],
    solid: ['■', '□'],
    cross: ['☒', '☐'],
    bracket: ['[√]', '[ ]'],
    'check-mark': ['（√）', '（　）'],
    radio: ['●', '○'],
    'dotted-radio': ['', ''],
    control: ['', ''],
    wingdings: ['', ''],
  }[form.style.box]
  const glyph = glyphs[checked ? 0 : 1] ?? ''
  return glyph ? text(glyph) : { kind: 'box', checked, round: form.style.box === 'dotted-radio' }
}

/** `options` as `[value, wording]`; the declared one is ticked. */
export function choose(form: Form, path: string, options: readonly (readonly [unknown, string])[], gap = '　'): Run[] {
  const value = valueAt(form, path)
  record(form, path, value)
  return options.flatMap(([option, wording], index) => [
    ...(index > 0 ? [text(gap)] : []),
    box(form, option === value),
    text(wording),
  ])
}

export const yesNo = (form: Form, path: string): Run[] =>
  choose(form, path, [
    [true, '是'],
    [false, '否'],
  ])

export const DELIVERIES = [
  ['in-person', '面授'],
  ['remote', '远程'],
  ['hybrid', '线上线下结合'],
] as const

export const KINDS = [
  ['new', '新申报项目'],
  ['filing', '备案项目'],
] as const

export const CLASSES = [
  ['基础训练类', '基础训练类'],
  ['学习提高类', '学习提高类'],
  ['前沿进展类', '前沿进展类'],
] as const

/** Long text in one or several paragraphs. */
export function prose(form: Form, path: string): Paragraph[] {
  const value = valueAt(form, path)
  record(form, path, value)
  if (typeof value !== 'string') return [paragraph('')]
  return [paragraph(value, { indent: true, align: 'justify' })]
}

/** 学科 with its subdiscipline as one value. */
export function showDiscipline(form: Form, joint = '-'): string {
  const { discipline, subdiscipline } = form.source.full.project
  record(form, 'project.discipline', discipline ?? null)
  record(form, 'project.subdiscipline', subdiscipline ?? null)
  return [discipline, subdiscipline].filter(Boolean).join(joint)
}

/** The name on inner pages, which a fault may word differently from the cover. */
export const innerUnit = (form: Form): string => form.source.insideUnit ?? form.source.full.unit.name ?? ''

/** Where the form wants a seal. `path` such as `unitOpinion.sealed`. */
export function sealAt(form: Form, path: string, sealed: boolean): Run[] {
  record(form, path, sealed)
  const name = form.source.marks.sealName ?? form.source.full.unit.name ?? ''
  return sealed ? [{ kind: 'seal', name }] : []
}

/** Where the form wants a signature: a blank of eight spaces, with strokes over it when signed. */
export function signatureAt(form: Form, path: string, signed: boolean, name: string): Run[] {
  record(form, path, signed)
  const blank: Run = { kind: 'blank' }
  return signed ? [{ kind: 'signature', name }, blank] : [blank]
}

import type { Review } from '../schema.ts'
import { hang, pad, wrap } from './lines.ts'
import { type Outline, outlineOf, type ReportItem, type Tone } from './outline.ts'

const COLOURS: Record<Tone, string> = { bad: '31', ask: '35', warn: '33', hint: '36', good: '32' }
const ORDINALS = ['一', '二', '三', '四', '五', '六']

/** A review for a terminal: the verdict first, then what to do. `width` in columns; a Chinese character takes two. */
export function renderText(review: Review, { colour = false, width = 100 } = {}): string {
  const outline = outlineOf(review)
  const paint = (text: string, tone: Tone) => (colour ? `\x1b[1;${COLOURS[tone]}m${text}\x1b[0m` : text)
  const dim = (text: string) => (colour ? `\x1b[2m${text}\x1b[0m` : text)
  const lines = [
    paint(`结论：${outline.headline}`, outline.tone),
    ...countLines(outline, width),
    ...wrap(outline.meaning, width),
    '',
    ...outline.facts.flatMap(({ label, value }) => hang(pad(label, 12), value, width)),
  ]
  for (const [index, section] of outline.sections.entries()) {
    lines.push(
      '',
      paint(`${ORDINALS[index]}、${section.title}（${section.items.length}）`, section.tone) + dim(`  ${section.lead}`),
    )
    for (const [number, item] of section.items.entries()) lines.push('', ...itemLines(item, number + 1, width, dim))
  }
  lines.push(...closingLines(outline, width))
  return `${lines.join('\n').trimEnd()}\n`
}

function countLines({ counts }: Outline, width: number): string[] {
  const told = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`)
  return told.length > 0 ? wrap(told.join('，'), width) : []
}

function itemLines(item: ReportItem, number: number, width: number, dim: (text: string) => string): string[] {
  const read = item.readings.map(({ label, value }) => `${label}：${value}`).join('；')
  const details: [string, string][] = [
    ['位置', item.places.join('；')],
    ['读到', read],
    ['依据', item.clause ?? ''],
    ['改正', item.suggestion ?? ''],
    ['提问', item.asker ?? ''],
    ...item.rulings.map((ruling): [string, string] => ['裁定', ruling]),
  ]
  return [
    ...hang(`${String(number).padStart(2)}. `, item.message, width),
    ...details.filter(([, value]) => value).flatMap(([label, value]) => hang(`    ${label}  `, value, width)),
    dim(`    规则  ${item.rule}`),
  ]
}

function closingLines({ passed, skipped, notChecked, rulings, notes }: Outline, width: number): string[] {
  const lines: string[] = []
  if (passed.length > 0)
    lines.push('', `通过 ${passed.length} 项${skipped.length > 0 ? `，不适用 ${skipped.length} 项` : ''}。`)
  if (notChecked.length > 0) {
    lines.push('', `未检查（${notChecked.length}）：以下各项不影响结论，请另行核实`)
    for (const { rule, message, reason } of notChecked)
      lines.push(...hang('  - ', `${message}（${reason}；${rule}）`, width))
  }
  if (rulings.length > 0) {
    lines.push('', `对以上未列各项的裁定（${rulings.length}）`)
    for (const { rule, ruling } of rulings) lines.push(...hang('  - ', `${rule}：${ruling}`, width))
  }
  if (notes.length > 0) lines.push('', ...notes.flatMap((note) => hang('注：', note, width)))
  return lines
}

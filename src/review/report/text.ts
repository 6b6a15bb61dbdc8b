import type { Review } from '../schema.ts'
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
  ]
  return [
    ...hang(`${String(number).padStart(2)}. `, item.message, width),
    ...details.filter(([, value]) => value).flatMap(([label, value]) => hang(`    ${label}  `, value, width)),
    dim(`    规则  ${item.rule}`),
  ]
}

function closingLines({ passed, skipped, notChecked, notes }: Outline, width: number): string[] {
  const lines: string[] = []
  if (passed.length > 0)
    lines.push('', `通过 ${passed.length} 项${skipped.length > 0 ? `，不适用 ${skipped.length} 项` : ''}。`)
  if (notChecked.length > 0) {
    lines.push('', `未检查（${notChecked.length}）：以下各项不影响结论，请另行核实`)
    for (const { rule, message, reason } of notChecked)
      lines.push(...hang('  - ', `${message}（${reason}；${rule}）`, width))
  }
  if (notes.length > 0) lines.push('', ...notes.flatMap((note) => hang('注：', note, width)))
  return lines
}

/** `text` after `lead`, further lines indented by the lead's width. */
function hang(lead: string, text: string, width: number): string[] {
  const indent = widthOf(lead)
  return wrap(text, Math.max(width - indent, 20)).map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line)
}

/** May not begin a line. */
const CLOSING = /^[，。；：、！？）》」』”’%…,.;:!?)\]]/

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const part of paragraph.match(/[\x21-\x7e]+|[\s\S]/gu) ?? []) {
      if (line && widthOf(line + part) > width && !CLOSING.test(part)) {
        lines.push(line.trimEnd())
        line = part.trimStart()
      } else line += part
    }
    lines.push(line.trimEnd())
  }
  return lines
}

const WIDE =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - widthOf(text), 1))
}

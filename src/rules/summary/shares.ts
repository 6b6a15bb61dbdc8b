import { decimal, type Exact, exact, percent } from '../engine/exact.ts'
import type { Form } from '../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { type Figure, figureAt, sheetName, sheetsOf } from './figure.ts'

const SHARES = [
  { key: 'heldShare', of: 'held', parts: ['new.held', 'filing.held'], label: '已完成数占比' },
  { key: 'unheldShare', of: 'unheld', parts: ['new.unheld', 'filing.unheld'], label: '未完成数占比' },
] as const

/**
 * The percentages follow from the counts. As many places as are written count, rounded or cut off; a cell that holds 0.75 without a
 * percent sign says 75 %.
 */
export function summarySharesAgree(form: Form): Outcome {
  const wrong: string[] = []
  const [right, fields, lost]: [string[], string[], string[]] = [[], [], []]
  for (const { sheet, path } of sheetsOf(form, 'execution')) {
    const at = (key: string) => figureAt(form, `${path}.totals.${key}`, key)
    const approved = at('approved')
    for (const { key, of, parts, label } of SHARES) {
      const share = at(key)
      const [count, used] = countOf(at(of), parts.map(at))
      if ([share, approved, ...used].some(({ state }) => state === 'unreadable')) lost.push(share.path, approved.path)
      if (share.state !== 'value' || approved.state !== 'value' || count === null || approved.value === 0) continue
      const exactly = exact(count).div(exact(approved.value))
      if (isWritten(exactly, share, form.readings[share.path]?.raw)) right.push(share.path)
      else {
        wrong.push(
          `${sheetName(sheet)}：${label}填${decimal(exact(share.value))}%，按${count}/${approved.value}应为${percent(exactly)}`,
        )
        fields.push(share.path, approved.path, ...used.map((figure) => figure.path))
      }
    }
  }
  if (wrong.length > 0) return fail({ wrong: wrong.join('；') }, fields)
  if (lost.length > 0) return unknown('unreadable', {}, lost)
  if (right.length === 0)
    return unknown(
      'missing',
      {},
      sheetsOf(form, 'execution').map(({ path }) => path),
      { variant: 'none' },
    )
  return pass({ checked: right.length }, right)
}

/** The total as it is written, else its parts. */
function countOf(total: Figure, parts: Figure[]): [count: number | null, used: Figure[]] {
  // The parts are what the percentage is worked out from; a wrong total is told by the counts themselves.
  if (parts.every(({ state }) => state === 'value')) return [parts.reduce((sum, { value }) => sum + value, 0), parts]
  return total.state === 'value' ? [total.value, [total]] : [null, [total]]
}

function isWritten(exactly: Exact, { value }: Figure, raw = ''): boolean {
  const places = /\.(\d+)/.exec(raw || String(value))?.[1]?.length ?? 0
  const isWithin = (written: Exact, unit: Exact) => exactly.mul(100).sub(written).abs().lt(unit)
  const unit = exact(1).div(exact(10).pow(places) ?? 1)
  if (isWithin(exact(value), unit)) return true
  const isFraction = value <= 1 && places > 0 && !raw.includes('%')
  return isFraction && isWithin(exact(value).mul(100), unit.mul(100))
}

import type { Declaration } from '../declaration/schema.ts'
import { Problem } from '../problem.ts'
import { detectPack, detectSummaryPack } from '../rules/engine/detect.ts'
import type { Packs } from '../rules/engine/load.ts'
import type { Pack } from '../rules/engine/pack.ts'

/** The pack that was asked for. Throws `Problem('unknown_pack')` with the names of those that exist. */
export function findPack({ packs }: Packs, id: string): Pack {
  const pack = packs.get(id)
  if (pack) return pack
  throw new Problem('unknown_pack', `没有名为“${id.slice(0, 100)}”的规则包。${available([...packs.keys()])}`)
}

/** Whether the pack's rules hold on a day (`YYYY-MM-DD`). */
export const isInForce = ({ validity }: Pack, day: string): boolean =>
  validity.from <= day && day <= (validity.until ?? day)

/** For a report: the pack was asked for, yet its rules did not hold on that day. */
export function outOfForce({ id, validity }: Pack, day: string): string {
  const until = validity.until ? `至 ${validity.until}` : '起'
  return `规则包 ${id} 适用于 ${validity.from} ${until}，不含指定的 ${day}；以上结论按该规则包得出。`
}

/**
 * The pack that was asked for, else the one that the form's own words point to; with `asOf` among those in force on that day.
 * Throws `Problem('unknown_pack')`.
 */
export function choosePack(
  packs: Packs,
  asked: string | undefined,
  form: { text: string; declaration: Declaration },
  asOf?: string,
): Pack {
  if (asked !== undefined) return findPack(packs, asked)
  const inForce = asOf === undefined ? packs : packsOn(packs, asOf)
  const detected = detectPack(inForce, form)
  if ('pack' in detected) return findPack(inForce, detected.pack)
  const otherDays = asOf === undefined ? detected : detectPack(packs, form)
  if (asOf !== undefined && 'pack' in otherDays) {
    const { title, validity } = findPack(packs, otherDays.pack)
    throw new Problem(
      'unknown_pack',
      `申报书对应“${title['zh-CN']}”（${otherDays.pack}），适用于 ${validity.from} 至 ${validity.until ?? '今'}，不含指定的 ${asOf}。请核对日期，或直接指定规则包。`,
    )
  }
  throw new Problem(
    'unknown_pack',
    `${detected.reason}（读到的${seen(form.declaration)}）。${available([...packs.packs.keys()])}`,
  )
}

/** The pack that reviews summary sheets, as `choosePack`. Throws `Problem('unknown_pack')`, also when the pack asked for has no rules for them. */
export function chooseSummaryPack(
  packs: Packs,
  asked: string | undefined,
  sheets: { titles: string[]; text: string },
  asOf?: string,
): Pack {
  const having = { packs: new Map([...packs.packs].filter(([, pack]) => pack.summaryRules.length > 0)) }
  if (asked !== undefined) {
    const pack = findPack(packs, asked)
    if (pack.summaryRules.length > 0) return pack
    throw new Problem(
      'unknown_pack',
      `规则包 ${asked} 没有汇总表的规则。有汇总表规则的：${[...having.packs.keys()].join('、')}。`,
    )
  }
  const detected = detectSummaryPack(asOf === undefined ? having : packsOn(having, asOf), sheets)
  if ('pack' in detected) return findPack(packs, detected.pack)
  throw new Problem('unknown_pack', `${detected.reason}。有汇总表规则的：${[...having.packs.keys()].join('、')}。`)
}

const packsOn = ({ packs }: Packs, day: string): Packs => ({
  packs: new Map([...packs].filter(([, pack]) => isInForce(pack, day))),
})

const LEVELS = { national: '国家级', provincial: '省级（直辖市市级）', city: '市级' } as const

function seen({ project }: Declaration): string {
  return `年度：${project?.year ?? '无'}，级别：${project?.level ? LEVELS[project.level] : '无'}`
}

function available(ids: string[]): string {
  return `可用的规则包：${ids.join('、')}。`
}

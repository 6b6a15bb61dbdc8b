import type { Declaration } from '../declaration/schema.ts'
import { Problem } from '../problem.ts'
import { detectPack, detectSummaryPack } from '../rules/engine/detect.ts'
import type { Packs } from '../rules/engine/load.ts'
import type { Pack } from '../rules/engine/pack.ts'

/** `id@version` names that very version, `id` the newest; with `asOf` the newest in force on that day, if one is. */
export function lookUpPack({ packs }: Packs, asked: string, asOf?: string): Pack | undefined {
  const [id = '', version] = asked.split('@')
  const versions = [...packs.values()].filter((pack) => pack.id === id)
  if (version !== undefined) return versions.find((pack) => pack.version === version)
  return versions.find((pack) => asOf !== undefined && isInForce(pack, asOf)) ?? versions[0]
}

/** The pack that was asked for (`lookUpPack`). Throws `Problem('unknown_pack')` with the names of those that exist. */
export function findPack(packs: Packs, asked: string, asOf?: string): Pack {
  const found = lookUpPack(packs, asked, asOf)
  if (found) return found
  throw new Problem('unknown_pack', `没有名为“${asked.slice(0, 100)}”的规则包。${available([...packs.packs.keys()])}`)
}

/** The version under which a review was made, while it is loaded. */
export const packOf = (packs: Packs, { id, version }: { id: string; version: string }): Pack | undefined =>
  lookUpPack(packs, `${id}@${version}`) ?? lookUpPack(packs, id)

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
  if (asked !== undefined) return findPack(packs, asked, asOf)
  const inForce = asOf === undefined ? newestOf(packs) : packsOn(packs, asOf)
  const detected = detectPack(inForce, form)
  if ('pack' in detected) return findPack(inForce, detected.pack)
  const otherDays = asOf === undefined ? detected : detectPack(newestOf(packs), form)
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
    const pack = findPack(packs, asked, asOf)
    if (pack.summaryRules.length > 0) return pack
    throw new Problem(
      'unknown_pack',
      `规则包 ${asked} 没有汇总表的规则。有汇总表规则的：${[...having.packs.keys()].join('、')}。`,
    )
  }
  const detected = detectSummaryPack(asOf === undefined ? newestOf(having) : packsOn(having, asOf), sheets)
  if ('pack' in detected) return findPack(having, detected.pack, asOf)
  throw new Problem('unknown_pack', `${detected.reason}。有汇总表规则的：${[...having.packs.keys()].join('、')}。`)
}

const packsOn = ({ packs }: Packs, day: string): Packs =>
  newestOf({ packs: new Map([...packs].filter(([, pack]) => isInForce(pack, day))) })

/** Of several versions of a pack the newest, which comes first. */
function newestOf({ packs }: Packs): Packs {
  const newest = new Map<string, Pack>()
  for (const pack of packs.values()) if (!newest.has(pack.id)) newest.set(pack.id, pack)
  return { packs: newest }
}

const LEVELS = { national: '国家级', provincial: '省级（直辖市市级）', city: '市级' } as const

function seen({ project }: Declaration): string {
  return `年度：${project?.year ?? '无'}，级别：${project?.level ? LEVELS[project.level] : '无'}`
}

function available(ids: string[]): string {
  return `可用的规则包：${ids.join('、')}。`
}

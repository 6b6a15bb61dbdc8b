import type { Declaration } from '../declaration/schema.ts'
import { Problem } from '../problem.ts'
import { detectPack } from '../rules/engine/detect.ts'
import type { Packs } from '../rules/engine/load.ts'
import type { Pack } from '../rules/engine/pack.ts'

/** The pack that was asked for. Throws `Problem('unknown_pack')` with the names of those that exist. */
export function findPack({ packs }: Packs, id: string): Pack {
  const pack = packs.get(id)
  if (pack) return pack
  throw new Problem('unknown_pack', `没有名为“${id.slice(0, 100)}”的规则包。${available([...packs.keys()])}`)
}

/** The pack that was asked for, else the one that the form's own words point to. Throws `Problem('unknown_pack')`. */
export function choosePack(
  packs: Packs,
  asked: string | undefined,
  form: { text: string; declaration: Declaration },
): Pack {
  if (asked !== undefined) return findPack(packs, asked)
  const detected = detectPack(packs, form)
  if ('pack' in detected) return findPack(packs, detected.pack)
  throw new Problem(
    'unknown_pack',
    `${detected.reason}（读到的${seen(form.declaration)}）。${available([...packs.packs.keys()])}`,
  )
}

const LEVELS = { national: '国家级', provincial: '省级（直辖市市级）', city: '市级' } as const

function seen({ project }: Declaration): string {
  return `年度：${project?.year ?? '无'}，级别：${project?.level ? LEVELS[project.level] : '无'}`
}

function available(ids: string[]): string {
  return `可用的规则包：${ids.join('、')}。`
}

import type { Head } from '../store/audit-chain.ts'
import { type Break, isSound, type Verification, verifyTrail } from '../store/verify-trail.ts'
import { openStoreBeside } from './open-store.ts'
import { parseArguments, UsageError } from './usage.ts'

const OPTIONS = { head: { type: 'string' }, data: { type: 'string' } } as const

/** `xingshen audit verify [--head N:HASH]`: 0 when nothing was changed or taken away, else 1 and where. */
export async function runAudit(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS)
  if (positionals.join(' ') !== 'verify') throw new UsageError('应写作 audit verify [--head N:HASH]。')
  const expected = values.head === undefined ? undefined : parseHead(values.head)
  const opened = await openStoreBeside(values.data)
  try {
    const verification = await verifyTrail(opened.store.audit, expected)
    const sound = isSound(verification)
    process.stdout.write(`${describe(verification).join('\n')}\n`)
    return sound ? 0 : 1
  } finally {
    await opened.close()
  }
}

function parseHead(text: string): Head {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (position !== undefined && hash !== undefined && Number(position) > 0) return { position: Number(position), hash }
  throw new UsageError('--head 应为 audit verify 先前打印的“编号:摘要”。')
}

const WHY: Record<Break['why'], string> = {
  'seal-missing': '这一环的摘要已被删除',
  'line-missing': '这一行已被删除',
  'line-changed': '这一行或其摘要已被改动',
}

const EXPECTED = {
  held: '与所给的链尾相符：到那时为止的记录没有变动。',
  'cut-off': '记录在所给的链尾之前就结束了：其后的记录已被删除。',
  rewritten: '与所给的链尾不符：到那时为止的记录已被改写。',
} as const

function describe({ head, broken, expected, unsealed, lost }: Verification): string[] {
  return [
    broken
      ? `审计记录在第 ${broken.position} 环${broken.seq === undefined ? '' : `（第 ${broken.seq} 行）`}断开：${WHY[broken.why]}。`
      : `审计记录完整：${head.position} 行首尾相连。`,
    ...(expected ? [EXPECTED[expected]] : []),
    ...(lost ? [`曾写入的记录有 ${lost} 行已不在。`] : []),
    ...(unsealed > 0 ? [`另有 ${unsealed} 行尚未计入链中（服务运行时片刻即会计入）。`] : []),
    ...(head.position > 0 ? [`链尾 ${head.position}:${head.hash}`] : []),
    ...(broken || expected ? [] : ['请把链尾另存他处；以后用 --head 核对，可发现末尾的记录是否被整段删除。']),
  ]
}

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
    process.stdout.write(`${describe(verification, expected).join('\n')}\n`)
    return sound ? 0 : 1
  } finally {
    await opened.close()
  }
}

function parseHead(text: string): Head {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (position !== undefined && hash !== undefined && Number(position) > 0) return { position: Number(position), hash }
  throw new UsageError('--head 应为先前另存的链尾“编号:摘要”，见 audit verify 的输出或服务日志中的 audit-head。')
}

const WHY: Record<Break['why'], string> = {
  'seal-missing': '这一环的摘要已被删除',
  'line-missing': '这一行已被删除',
  'line-changed': '这一行或其摘要已被改动',
}

/** What came of the head that was kept elsewhere: its place in the chain is `kept`, `last` is the last one that holds. */
const EXPECTED: Record<NonNullable<Verification['expected']>, (kept: number, last: number) => string> = {
  held: (kept) => `第 ${kept} 环与 --head 相符：到那里为止的记录没有改动。`,
  'cut-off': (kept, last) => `--head 是第 ${kept} 环，现有的记录只到第 ${last} 环：其间的记录已被删除。`,
  rewritten: (kept) => `第 ${kept} 环与 --head 不符：到那里为止的记录已被改写。`,
  'not-reached': (kept) => `--head 是第 ${kept} 环，在断开处之后，无法核对到那里。`,
}

function describe(verification: Verification, kept: Head | undefined): string[] {
  const { head, broken, expected, unsealed, lost } = verification
  const joined = `${head.position} 行首尾相连`
  return [
    broken
      ? `审计记录在第 ${broken.position} 环${broken.seq === undefined ? '' : `（第 ${broken.seq} 行）`}断开：${WHY[broken.why]}。`
      : isSound(verification)
        ? `审计记录完整：${joined}。`
        : `审计记录不完整：现有的 ${joined}，但有记录被删除或改写。`,
    ...(expected && kept ? [EXPECTED[expected](kept.position, head.position)] : []),
    ...(lost ? [`曾写入的记录有 ${lost} 行已不在。`] : []),
    ...(unsealed > 0 ? [`另有 ${unsealed} 行尚未计入链中（服务运行时片刻即会计入）。`] : []),
    ...(head.position > 0 ? [`链尾 ${head.position}:${head.hash}`] : []),
    ...(broken || expected ? [] : ['请把链尾另存他处；以后用 --head 核对，可发现末尾的记录是否被整段删除。']),
  ]
}

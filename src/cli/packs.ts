import { createNodeDeps } from '../node.ts'
import { lookUpPack } from '../review/packs.ts'
import { describePack } from '../rules/engine/describe.ts'
import { hashPack } from '../rules/engine/hash.ts'
import { parseArguments, UsageError } from './usage.ts'

type Description = ReturnType<typeof describePack>

/** `xingshen packs` lists the packs; `xingshen packs show ID` prints rules, parameters and the ledger of one. */
export async function runPacks(args: string[]): Promise<number> {
  const { positionals } = parseArguments(args, {})
  const [action, id, ...rest] = positionals
  const { reviewer } = createNodeDeps({ log: () => {}, rulesFolder: process.env.XINGSHEN_RULES })
  const packs = [...reviewer.packs.packs.values()]
  if (action === undefined) {
    for (const pack of packs)
      console.log(`${pack.id}  ${pack.version}  ${pack.title['zh-CN']}（${pack.notice.number}）`)
    return 0
  }
  if (action !== 'show' || id === undefined || rest.length > 0) throw new UsageError('应写作 packs 或 packs show ID。')
  const pack = lookUpPack(reviewer.packs, id)
  if (!pack) {
    process.stderr.write(
      `xingshen: 没有名为“${id}”的规则包。可用的：${[...reviewer.packs.packs.keys()].join('、')}。\n`,
    )
    return 1
  }
  process.stdout.write(`${describe(describePack(pack), await hashPack(pack)).join('\n')}\n`)
  return 0
}

const SEVERITIES = { error: '错误', warning: '警告', info: '提示' } as const
const SOURCES = { rule: '', llm: '，须由语言模型判断', registry: '，须有外部数据', consistency: '' } as const

function describe(
  { id, version, title, notice, validity, rules, summaryRules, ledger }: Description,
  hash: string,
): string[] {
  const until = validity.until ? `至 ${validity.until}` : '起'
  return [
    `${id} ${version}`,
    title['zh-CN'],
    `${notice.number}《${notice.title}》 ${notice.issuer}`,
    `适用：${validity.from} ${until}`,
    `文件校验：${hash}`,
    '',
    `规则（${rules.length}）`,
    ...rules.flatMap(describeRule),
    ...(summaryRules.length > 0
      ? ['', `汇总表规则（${summaryRules.length}）`, ...summaryRules.flatMap(describeRule)]
      : []),
    '',
    `条款对照（${ledger.length}）`,
    ...ledger.flatMap(describeClause),
  ]
}

function describeRule({
  rule,
  title,
  severity,
  source,
  clauses,
  params,
  reason,
}: Description['rules'][number]): string[] {
  const given = Object.entries(params).map(
    ([name, value]) => `${name} = ${Array.isArray(value) ? value.join('、') : value}`,
  )
  return [
    `  ${rule}  ${title['zh-CN']}（${SEVERITIES[severity]}${SOURCES[source]}）`,
    ...(clauses.length > 0 ? [`      条款 ${clauses.join('、')}`] : []),
    ...(given.length > 0 ? [`      参数 ${given.join('；')}`] : []),
    ...(reason ? [`      说明 ${reason}`] : []),
  ]
}

function describeClause(line: Description['ledger'][number]): string[] {
  const fates: [string, string | undefined][] = [
    ['由规则检查', line.checkedBy?.join('、')],
    ['需要', line.needs],
    ['由人判断', line.person],
    ['办事流程', line.process],
    ['说明', line.reason],
  ]
  return [
    `  ${line.id}  ${line.clause}`,
    ...fates.flatMap(([label, value]) => (value ? [`      ${label}：${value}`] : [])),
  ]
}

import type { Severity } from '../finding.ts'
import type { Check, Params } from './compile.ts'
import type { Detection, SummaryDetection } from './detect.ts'
import { LedgerFile, type LedgerLine, type PackFile, type ParamValue, type RuleEntry } from './files.ts'
import { detectionOf, keyOf, type PackSource, summaryDetectionOf } from './versions.ts'

type Notice = PackFile['notice']
export type ClauseLine = LedgerLine & { notice: Notice }

/** A check under one pack: its clause, how grave it is, and the pack's parameters. */
export type PackRule = {
  check: Check
  clauses: ClauseLine[]
  severity: Severity
  /** Why the pack grades it otherwise, or rests it on no clause. */
  reason: string | null
  given: Record<string, ParamValue>
  params: Params
}

export type Pack = {
  id: string
  version: string
  title: PackFile['title']
  notice: Notice
  validity: PackFile['validity']
  extends: string | null
  detection: Detection | null
  rules: PackRule[]
  /** What is asked of a unit's summary sheets, not of a declaration. */
  summaryRules: PackRule[]
  summaryDetection: SummaryDetection | null
  ledger: ClauseLine[]
  /** The texts of its own files, pack and ledger, after those of the pack it extends. */
  texts: string[]
}

type Checks = { get(name: string): Check | undefined }

type Resolving = {
  sources: Map<string, PackSource>
  checks: Checks
  lists: Map<string, string[]>
  packs: Map<string, Pack>
  /** Packs that are being resolved: meeting one again is a circle. */
  open: string[]
}

/** Builds the pack that `key` names (its id, or `id@version`) and, before it, the one it extends. Faults are left in the pack's sources. */
export function resolvePack(key: string, resolving: Resolving): Pack | null {
  const done = resolving.packs.get(key)
  if (done) return done
  const source = resolving.sources.get(key)
  if (!source) return null
  const { pack: file, data } = source
  if (resolving.open.includes(key)) {
    file.fault(['extends'], `packs extend each other in a circle: ${[...resolving.open, key].join(' → ')}`)
    return null
  }
  const open = [...resolving.open, key]
  const parent = data.extends ? resolvePack(keyOf(data.extends, resolving.sources), { ...resolving, open }) : null
  if (data.extends && !parent) file.fault(['extends'], `no pack ${data.extends}`)
  const lines = source.ledger?.read(LedgerFile)?.clauses ?? []
  const ledger = mergeLedger(parent?.ledger ?? [], lines, data)
  checkDrops(parent, source)
  const inherit = (all: PackRule[]) => withoutDropped(all, data).map((rule) => citeLedger(rule, ledger))
  const rules = mergeRules(inherit(parent?.rules ?? []), RULES, source, ledger, resolving)
  const summaryRules = mergeRules(inherit(parent?.summaryRules ?? []), SUMMARY_RULES, source, ledger, resolving)
  checkLedger(source, lines, ledger, rules, summaryRules)
  const pack: Pack = {
    id: data.id,
    version: data.version,
    title: data.title,
    notice: data.notice,
    validity: data.validity,
    extends: data.extends ?? null,
    detection: detectionOf(source, resolving.sources),
    rules,
    summaryRules,
    summaryDetection: summaryDetectionOf(source, resolving.sources),
    ledger,
    texts: [...(parent?.texts ?? []), file.text, ...(source.ledger ? [source.ledger.text] : [])],
  }
  resolving.packs.set(key, pack)
  return pack
}

/** A clause told anew stands where it stood; one whose rules the pack drops says so. */
function mergeLedger(inherited: ClauseLine[], lines: LedgerLine[], { notice, drop }: PackFile): ClauseLine[] {
  const own = new Map(lines.map((line) => [line.id, { ...line, notice }]))
  const reasons = new Map(drop.map(({ rule, reason }) => [rule, reason]))
  const kept = inherited.map((line) => own.get(line.id) ?? withoutRules(line, reasons))
  const known = new Set(inherited.map((line) => line.id))
  return [...kept, ...[...own.values()].filter((line) => !known.has(line.id))]
}

function withoutRules(line: ClauseLine, dropped: Map<string, string>): ClauseLine {
  const { checkedBy, ...rest } = line
  const left = (checkedBy ?? []).filter((rule) => !dropped.has(rule))
  if (left.length === (checkedBy ?? []).length) return line
  if (left.length > 0) return { ...rest, checkedBy: left }
  const reasons = [...new Set((checkedBy ?? []).flatMap((rule) => dropped.get(rule) ?? []))].join('；')
  return { ...rest, process: '本规则包不核对', reason: reasons }
}

/** An inherited rule cites the clauses as this pack's ledger tells them. */
const citeLedger = (rule: PackRule, ledger: ClauseLine[]): PackRule => ({
  ...rule,
  clauses: rule.clauses.map((clause) => ledger.find((line) => line.id === clause.id) ?? clause),
})

function checkDrops(parent: Pack | null, { pack, data }: PackSource): void {
  const inherited = parent ? [...parent.rules, ...parent.summaryRules] : []
  for (const [index, { rule }] of data.drop.entries()) {
    const isThere = inherited.some(({ check }) => check.file.rule === rule)
    if (!isThere) pack.fault(['drop', index, 'rule'], `${rule} is not inherited, so it cannot be dropped`)
  }
}

const withoutDropped = (inherited: PackRule[], { drop }: PackFile): PackRule[] =>
  inherited.filter(({ check }) => !drop.some(({ rule }) => rule === check.file.rule))

/** The two lists of rules in a pack's file. */
type Entries = { key: string[]; of(data: PackFile): RuleEntry[] }
const RULES: Entries = { key: ['rules'], of: ({ rules }) => rules }
const SUMMARY_RULES: Entries = { key: ['summary', 'rules'], of: ({ summary }) => summary.rules }

function mergeRules(
  inherited: PackRule[],
  entries: Entries,
  source: PackSource,
  ledger: ClauseLine[],
  { checks, lists }: Resolving,
): PackRule[] {
  const rules = new Map(inherited.map((rule) => [rule.check.file.rule, rule]))
  const seen = new Set<string>()
  for (const [index, entry] of entries.of(source.data).entries()) {
    const fault = (key: string[], message: string) => source.pack.fault([...entries.key, index, ...key], message)
    if (seen.has(entry.rule)) fault(['rule'], `${entry.rule} stands twice in this pack`)
    seen.add(entry.rule)
    const check = checks.get(entry.rule)
    if (!check) {
      fault(['rule'], `no check named ${entry.rule}`)
      continue
    }
    const params = withWords(entry.params ?? {}, lists, fault)
    const rule = buildRule(check, { ...entry, params }, rules.get(entry.rule) ?? null, ledger, fault)
    if (rule) rules.set(entry.rule, rule)
  }
  return [...rules.values()]
}

type Report = (key: string[], message: string) => void
type Given = Record<string, ParamValue>

/** The parameters of an entry with the words of the lists they name. */
function withWords(params: NonNullable<RuleEntry['params']>, lists: Map<string, string[]>, fault: Report): Given {
  const told = Object.entries(params).map(([name, value]): [string, ParamValue] => {
    if (typeof value !== 'object' || Array.isArray(value)) return [name, value]
    const words = lists.get(value.list)
    if (!words) fault(['params', name], `no list named ${value.list} (lists/${value.list}.yaml)`)
    return [name, words ?? []]
  })
  return Object.fromEntries(told)
}

function buildRule(
  check: Check,
  entry: Omit<RuleEntry, 'params'> & { params: Given },
  inherited: PackRule | null,
  ledger: ClauseLine[],
  fault: Report,
): PackRule | null {
  const severity = entry.severity ?? inherited?.severity ?? check.file.severity
  const before = inherited?.severity ?? check.file.severity
  if (severity !== before && !entry.reason)
    fault(['severity'], `graded ${severity} instead of ${before} without a reason`)
  if (check.file.source === 'llm' && severity === 'error') fault(['severity'], 'a finding of a model is never an error')
  const clauses = citedClauses(entry, inherited, ledger, fault)
  const given = { ...inherited?.given, ...entry.params }
  try {
    const params = check.bind(given)
    return { check, clauses, severity, reason: entry.reason ?? inherited?.reason ?? null, given, params }
  } catch (error) {
    const name = Object.keys(entry.params).find((key) => String(error).includes(key))
    fault(name ? ['params', name] : ['rule'], error instanceof RangeError ? error.message : String(error))
    return null
  }
}

function citedClauses(
  entry: Pick<RuleEntry, 'rule' | 'clause' | 'reason'>,
  inherited: PackRule | null,
  ledger: ClauseLine[],
  fault: Report,
): ClauseLine[] {
  if (entry.clause === undefined) {
    if (!inherited)
      fault(['rule'], `${entry.rule} cites no clause (write clause: none and a reason if it rests on none)`)
    return inherited?.clauses ?? []
  }
  if (entry.clause === 'none') {
    if (!entry.reason) fault(['clause'], 'a rule that rests on no clause needs a reason')
    return []
  }
  const ids = Array.isArray(entry.clause) ? entry.clause : [entry.clause]
  return ids.flatMap((id) => {
    const line = ledger.find((candidate) => candidate.id === id)
    if (!line) fault(['clause'], `the ledger has no clause ${id}`)
    return line ? [line] : []
  })
}

/** Ledger and rules must tell the same story: each clause is decided somewhere, and by rules that run. */
function checkLedger(
  source: PackSource,
  lines: LedgerLine[],
  ledger: ClauseLine[],
  rules: PackRule[],
  summaryRules: PackRule[],
): void {
  const running = new Set([...rules, ...summaryRules].map(({ check }) => check.file.rule))
  const dropped = new Set(source.data.drop.map(({ rule }) => rule))
  const ids = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const fault: Report = (key, message) => source.ledger?.fault(['clauses', index, ...key], message)
    if (ids.has(line.id)) fault(['id'], `${line.id} stands twice in the ledger`)
    ids.add(line.id)
    const left = line.needs ?? line.person ?? line.process
    if (!line.checkedBy?.length && !left)
      fault(['id'], `${line.id} says neither checkedBy nor needs, person or process`)
    if (!line.checkedBy?.length && left && !line.reason) fault(['id'], `${line.id} is left unchecked without a reason`)
    for (const [at, rule] of (line.checkedBy ?? []).entries()) {
      if (!running.has(rule))
        fault(['checkedBy', String(at)], `${line.id} is said to be checked by ${rule}, which this pack does not run`)
    }
  }
  for (const [entries, own] of [
    [RULES, rules],
    [SUMMARY_RULES, summaryRules],
  ] as const) {
    for (const { check, clauses } of own) {
      const name = check.file.rule
      const at = entries.of(source.data).findIndex(({ rule }) => rule === name)
      const place = at < 0 ? ['extends'] : [...entries.key, at, 'clause']
      const untold = clauses.filter(({ id }) => !ledger.find((line) => line.id === id)?.checkedBy?.includes(name))
      for (const { id } of untold) source.pack.fault(place, `the ledger's ${id} does not name ${name} in checkedBy`)
    }
  }
  for (const line of ledger.filter((candidate) => !ids.has(candidate.id))) {
    const lost = (line.checkedBy ?? []).filter((rule) => !running.has(rule) && !dropped.has(rule))
    for (const rule of lost)
      source.pack.fault(['extends'], `${line.id} is said to be checked by ${rule}, which this pack does not run`)
  }
}

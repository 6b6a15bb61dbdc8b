import type { Pack } from '../../src/rules/engine/pack.ts'
import { MUTATIONS } from './mutations/all.ts'
import { NEVER_TRIED } from './never-tried.ts'
import type { Run, Trial } from './run.ts'

/** Rules that a pack runs, that no mutation tried, and for which no reason is given. */
export function untried({ packs, trials }: Run): string[] {
  const tried = new Set(trials.map(({ pack, rule }) => `${pack} ${rule}`))
  return packs.flatMap(({ id, rules }) =>
    rules
      .map(({ check }) => check.file.rule)
      .flatMap((rule) => (rule in NEVER_TRIED || tried.has(`${id} ${rule}`) ? [] : [`${id} ${rule}`])),
  )
}

/** Reasons that no trial needed, and rules said to be never tried that were. */
export function idleReasons({ trials }: Run): string[] {
  const used = new Set(
    trials.flatMap(({ rule, mutation, beside }) => beside.map((other) => `${rule} | ${mutation} | ${other}`)),
  )
  const tried = new Set(trials.map(({ rule }) => rule))
  const idle = MUTATIONS.flatMap(({ rule, name, also = {} }) =>
    Object.keys(also).map((other) => `${rule} | ${name} | ${other}`),
  )
  return [...idle.filter((reason) => !used.has(reason)), ...Object.keys(NEVER_TRIED).filter((rule) => tried.has(rule))]
}

/** `fault`: what went wrong, with the forms on which it did. */
export function faultsOf({ trials }: Run): string[] {
  const places = new Map<string, string[]>()
  for (const { pack, rule, mutation, base, survived, others } of trials) {
    const faults = [
      ...(survived ? ['did not answer'] : []),
      ...(others.length > 0 ? [`also answered: ${others.join(', ')}`] : []),
    ]
    for (const fault of faults) {
      const key = `${pack} | ${rule} | ${mutation}: ${fault}`
      places.set(key, [...(places.get(key) ?? []), base])
    }
  }
  return [...places].map(([fault, bases]) => `${fault} (${bases.join('; ')})`)
}

const isKilled = ({ survived, others }: Trial): boolean => !survived && others.length === 0

/** Killed of tried, a line a rule, a column a pack; `–`: never tried there, ` `: not run. */
export function killTable({ packs, trials }: Run): string {
  const rules = [...new Set(packs.flatMap((pack) => pack.rules.map(({ check }) => check.file.rule)))].sort()
  const cell = (of: Trial[]) => (of.length === 0 ? '–' : `${of.filter(isKilled).length}/${of.length}`)
  const runs = (pack: Pack, rule: string) => pack.rules.some(({ check }) => check.file.rule === rule)
  const rows = rules.map((rule) => [
    rule,
    ...packs.map((pack) =>
      runs(pack, rule) ? cell(trials.filter((trial) => trial.pack === pack.id && trial.rule === rule)) : ' ',
    ),
    cell(trials.filter((trial) => trial.rule === rule)),
  ])
  const total = ['all', ...packs.map(({ id }) => cell(trials.filter(({ pack }) => pack === id))), cell(trials)]
  return layOut([['rule', ...packs.map(({ id }) => id), 'all'], ...rows, total])
}

function layOut(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** Which rules may answer beside the one expected, and why. */
export const besideTable = (): string =>
  MUTATIONS.flatMap(({ rule, name, also = {} }) =>
    Object.entries(also).map(([other, reason]) => `${rule} | ${name} | beside it ${other}: ${reason}`),
  ).join('\n')

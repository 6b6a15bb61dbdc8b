import { loadPacks, type Packs } from '../../src/rules/engine/load.ts'
import { PackError } from '../../src/rules/engine/yaml.ts'

/** A check file with what every check must have; `lines` are its own. */
export const check = (lines: string, rule = 'fee-stated'): string => `rule: ${rule}
title: { zh-CN: 收费, en: Fee }
${lines}
message:
  zh-CN: { pass: 合格, fail: 不合格, unknown: 未知, skipped: 不适用 }
  en: { pass: good, fail: bad, unknown: unknown, skipped: skipped }
examples:
  - { name: a, expect: pass }
  - { name: b, expect: fail }
`

export const pack = (lines: string, id = 'small', version = '1.0.0'): string => `id: ${id}
version: ${version}
title: { zh-CN: 小包, en: Small }
notice: { number: 某〔2025〕1号, title: 某通知, issuer: 某委 }
validity: { from: "2025-01-01" }
${lines}`

export const ledger = (lines: string): string => `clauses:\n${lines}\n`

/** Files of one check and one pack that runs it. */
export function files(checkFile: string, packLines = '', more: Record<string, string> = {}): Map<string, string> {
  const rule = /^rule: (.+)$/m.exec(checkFile)?.[1] ?? ''
  return new Map(
    Object.entries({
      [`rules/checks/${rule}.yaml`]: checkFile,
      'rules/packs/small/pack.yaml': pack(packLines || `rules: [{ rule: ${rule}, clause: C-1 }]`),
      'rules/packs/small/ledger.yaml': ledger(`  - { id: C-1, clause: 收费须写明, checkedBy: [${rule}] }`),
      ...more,
    }),
  )
}

/** The faults of a load that must fail, as `file:line:column: message`. */
export function faultsOf(map: Map<string, string>): string[] {
  try {
    loadPacks(map)
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return error.faults.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)
  }
  return []
}

export function packOf(packs: Packs, id: string) {
  const found = packs.packs.get(id)
  if (!found) throw new Error(`no pack ${id}`)
  return found
}

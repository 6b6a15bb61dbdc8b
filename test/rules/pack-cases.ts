import { readFileSync } from 'node:fs'
import type { Full } from '../../samples/generate/case.ts'
import { completeDeclaration } from '../../src/declaration/complete.ts'
import { Declaration } from '../../src/declaration/schema.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import type { Context } from '../../src/rules/context.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { packOf } from './small-pack.ts'

const packs = loadPacks(packSourceFromFolder('rules'))

type Change = (form: Full) => void

/** Gives the rows of the teachers named other values. */
export function teachers({ teachers: rows }: Full, names: string[], values: object): void {
  for (const row of rows) if (names.includes(row.name ?? '')) Object.assign(row, values)
}

/** Reviews a compliant sample's declaration, changed in one way, under a pack. */
export function caseOf(packId: string, sample: string) {
  const { declaration } = JSON.parse(readFileSync(`samples/documents/${sample}.truth.json`, 'utf8'))
  return (change: Change = () => {}, context: Context = {}) => {
    const changed: Full = structuredClone(declaration)
    change(changed)
    return evaluatePack(packOf(packs, packId), {
      declaration: completeDeclaration(Declaration.parse(changed)),
      context,
    })
  }
}

/** The failing rules, each with how grave it is: `error unit-quota`. Those of `info` are left out. */
export function failing(findings: ReturnType<typeof evaluatePack>): string[] {
  return findings
    .filter(({ status, severity }) => status === 'fail' && severity !== 'info')
    .map(({ rule, severity }) => `${severity} ${rule}`)
    .sort()
}

export const statusOf = (findings: ReturnType<typeof evaluatePack>, rule: string) => {
  const finding = findings.find((each) => each.rule === rule)
  return finding ? `${finding.status}${finding.cause ? ` ${finding.cause}` : ''}` : 'not run'
}

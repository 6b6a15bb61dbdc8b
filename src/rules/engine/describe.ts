import type { ClauseLine, Pack, PackRule } from './pack.ts'

/** A pack for `GET /v1/packs/{id}`: its rules with clause, title, severity and parameters, and every clause of the ledger. */
export function describePack(pack: Pack) {
  return {
    id: pack.id,
    version: pack.version,
    title: pack.title,
    notice: pack.notice,
    validity: pack.validity,
    ...(pack.extends ? { extends: pack.extends } : {}),
    rules: pack.rules.map(describeRule),
    /** Of the unit's summary sheets. */
    summaryRules: pack.summaryRules.map(describeRule),
    ledger: pack.ledger.map(describeLine),
  }
}

const describeRule = ({ check, clauses, severity, reason, params }: PackRule) => ({
  rule: check.file.rule,
  title: check.file.title,
  source: check.file.source,
  severity,
  ...(reason ? { reason } : {}),
  clauses: clauses.map(({ id }) => id),
  params: params.shown,
  needs: check.file.needs,
})

const describeLine = ({ notice, ...line }: ClauseLine) => ({ ...line, notice: notice.number })

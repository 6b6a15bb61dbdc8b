import type { Declaration } from '../../src/declaration/schema.ts'
import type { Status } from '../../src/rules/finding.ts'

/** What was signed and sealed on the paper copy; `sealName` when the seal's words differ from the unit's name. */
export type Marks = {
  coverSeal: boolean
  unitSeal: boolean
  leaderSignature: boolean
  commitmentSignature: boolean
  reviewerSignature: boolean
  sealName?: string
}

/** A declaration with every section there; single values may still be blank. */
export type Full = {
  project: NonNullable<Declaration['project']>
  unit: NonNullable<Declaration['unit']>
  leader: NonNullable<Declaration['leader']>
  overview: string | null
  teachers: NonNullable<Declaration['teachers']>
  schedule: NonNullable<Declaration['schedule']>
  peerReview: NonNullable<Declaration['peerReview']>
  unitOpinion: NonNullable<Declaration['unitOpinion']>
  higherOpinion: NonNullable<Declaration['higherOpinion']>
  commitment: { present: boolean; date?: string | null }
  cover: { date?: string | null }
}

/** Fictional facts and what the rules must say of them. `insideUnit`: the unit's name as the inner pages give it. */
export type Case = {
  id: string
  pack: string
  full: Full
  marks: Marks
  findings: Record<string, Status>
  /** Left out for compliant forms: `pass` or `manual`, never `return`. */
  verdict?: 'return' | 'manual'
  /** Rules on which two careful people could differ. */
  undecided?: string[]
  insideUnit?: string
  /** The number under which a project filed again was approved. */
  approvedNumber?: string
  context?: Record<string, unknown>
  online?: Declaration
  asOf?: string
  injection?: string
}

type Outcome = Pick<Case, 'findings'> & Partial<Omit<Case, 'id' | 'full' | 'findings' | 'marks'>>

/** A copy of `base` under its own name, changed by one named mutation. */
export function mutate(base: Case, id: string, change: (full: Full, marks: Marks) => void, outcome: Outcome): Case {
  const full = structuredClone(base.full)
  const marks = structuredClone(base.marks)
  change(full, marks)
  return { pack: base.pack, ...outcome, id, full, marks }
}

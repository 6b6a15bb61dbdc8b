import type { Declaration } from '../declaration/schema.ts'
import { normalForm } from '../declaration/text/normal-form.ts'
import { flatten, general, type Leaves } from './flatten.ts'
import type { Truth } from './truth.ts'

/** `missing`: the document shows a value that was not read. `false`: a value was read where the document shows none. */
export type Outcome = 'right' | 'wrong' | 'missing' | 'false'
export type FieldResult = {
  path: string
  outcome: Outcome
  truth: unknown
  value: unknown
  /** A `wrong` that differs in white space or in the width of characters only: 多媒体,讲座 and 多媒体，讲座. */
  nearly?: true
}

const LONG =
  /^(project\.(objective|content|assessment)|leader\.(experience|achievements)|overview|(peerReview|unitOpinion|higherOpinion)\.text)$/

/** Only paper tells these. */
const MARKS = /(^|\.)(signed|sealed)$/
const SEALED = /(^|\.)sealed$/

/** Compares leaf by leaf; `seals` are compared apart, by page. */
export function compareFields(truth: Truth, declaration: Declaration): FieldResult[] {
  const expected = prepare(truth.declaration, truth.paper)
  const found = prepare(declaration, truth.paper)
  // On a copy without colour a red seal may show as a dark ring or not at all: its truth says nothing of seals.
  for (const path of found.keys()) if (SEALED.test(path) && !expected.has(path)) found.delete(path)
  const paths = [...new Set([...expected.keys(), ...found.keys()])]
  return paths.map((path) => {
    const [known, value] = [expected.get(path), found.get(path)]
    const result = { path, ...compare(path, expected, found, truth.paper), truth: known, value }
    return result.outcome === 'wrong' && fold(known) === fold(value) ? { ...result, nearly: true } : result
  })
}

function compare(path: string, expected: Leaves, found: Leaves, paper: boolean): { outcome: Outcome } {
  const truth = expected.get(path)
  const value = found.get(path)
  // A blank that nobody reported and a blank that the truth does not list are both no value at all.
  if (!expected.has(path)) return { outcome: value === null ? 'right' : 'false' }
  if (!found.has(path)) return { outcome: 'missing' }
  if (same(path, truth, value, paper)) return { outcome: 'right' }
  if (truth === null) return { outcome: 'false' }
  return { outcome: value === null ? 'missing' : 'wrong' }
}

function same(path: string, truth: unknown, value: unknown, paper: boolean): boolean {
  if (typeof truth === 'string' && typeof value === 'string')
    return normalise(path, truth, paper) === normalise(path, value, paper)
  return truth === value
}

/** Both sides in the one form that values have; paragraphs of long text do not count. */
/** What is typed is compared as typed; what was read from paper in the one form of text. */
function normalise(path: string, value: string, paper: boolean): string {
  const text = paper ? normalForm(path, value) : value.normalize('NFC').trim()
  return LONG.test(general(path)) ? text.replace(/\s/g, '') : text
}

const fold = (value: unknown): string => String(value).normalize('NFKC').replace(/\s/g, '')

function prepare(declaration: Declaration, paper: boolean): Leaves {
  const { seals: _, ...rest } = declaration
  const leader = rest.leader && { ...rest.leader, history: rest.leader.history?.filter(hasHistory) }
  const leaves = flatten({ ...rest, ...(leader ? { leader } : {}) })
  // No pledge found and a pledge known to be absent are the same.
  if (leaves.get('commitment.present') === false) leaves.delete('commitment.present')
  if (!paper) for (const path of leaves.keys()) if (MARKS.test(path)) leaves.delete(path)
  return leaves
}

type HistoryRow = NonNullable<NonNullable<NonNullable<Declaration['leader']>['history']>[number]>

/** A year without any tick is a blank row, whether it is listed or not. */
const hasHistory = (row: HistoryRow): boolean => Boolean(row.level || row.number) || typeof row.executed === 'boolean'

import type { Declaration } from '../../../declaration/schema.ts'
import type { Form } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { isSignedPaper } from './fields.ts'

/** Whether the form tells of any of these marks: without paper nobody looked for them. */
export function isMarkSought(form: Form, paths: string[]): boolean {
  return paths.some((path) => typeof form.at(path) === 'boolean')
}

/** Every seal or signature that was looked for is there. */
export function marksPresent(form: Form, paths: string[]): Outcome {
  const sought = paths.filter((path) => typeof form.at(path) === 'boolean')
  const lacking = sought.filter((path) => form.at(path) === false)
  const facts = {
    lacking: lacking.map((path) => titleOf(path)).join('、'),
    found: sought
      .filter((path) => form.at(path) === true)
      .map((path) => titleOf(path))
      .join('、'),
  }
  return lacking.length > 0 ? fail(facts, lacking) : pass(facts, sought)
}

/** The commitment is there and signed, for this project (its blank is read as a further place of the project's name). */
export function commitmentHolds(form: Form): Outcome {
  const { commitment, project } = form.declaration
  if (commitment?.present === false) return fail({ other: '' }, ['commitment.present'], { variant: 'absent' })
  if (commitment?.signed === false) return fail({ other: '' }, ['commitment.signed'])
  const elsewhere = (form.others['project.name'] ?? []).flatMap(({ value }) =>
    typeof value === 'string' ? [value] : [],
  )
  const other = elsewhere.find((name) => likeness(name, project?.name ?? '') < 0.8)
  if (other !== undefined && project?.name)
    return fail({ other }, ['project.name'], { variant: 'name', severity: 'warning' })
  return pass({ other: '' }, ['commitment.signed', 'commitment.present'])
}

/** Values that a printed form shows clearly; handwriting is read far worse than print. */
const TYPED = [
  'project.name',
  'project.discipline',
  'unit.name',
  'leader.name',
  'leader.title',
  'leader.unit',
  'project.hours',
]
const HAND = 0.5

/** The values are printed. Told from how surely they were read: a few doubtful ones may be handwriting, most of them look like it. */
export function looksPrinted(form: Form): Outcome {
  const doubtful = TYPED.filter((path) => form.state(path) === 'unreadable' || form.confidence(path) < HAND)
  const facts = { fields: doubtful.map((path) => titleOf(path)).join('、') }
  if (doubtful.length >= 5) return fail(facts, doubtful)
  return doubtful.length >= 3 ? unknown('low-confidence', facts, doubtful) : pass(facts, ['project.name'])
}

export function isOnPaper(form: Form): boolean {
  return isSignedPaper(form)
}

export function hasOnlineRecord(form: Form): boolean {
  return form.online !== undefined
}

/** Signatures, seals and what the paper alone carries are not compared. */
const PAPER_ONLY =
  /^(seals|cover|commitment|higherOpinion|unitOpinion|peerReview\.(signed|date)|leader\.signed|.*\.signed)/

/** The paper says what the online record says, value by value where both have one; long texts may differ by nine hundredths. */
export function paperMatchesOnline(form: Form): Outcome {
  const paper = leavesOf(form.declaration)
  const online = leavesOf(form.online ?? {})
  const shared = [...online.keys()].filter((path) => paper.has(path) && !PAPER_ONLY.test(path))
  const differing = shared.filter((path) => !agree(paper.get(path), online.get(path)))
  const [first = ''] = differing
  const facts = {
    count: differing.length,
    compared: shared.length,
    fields: differing
      .slice(0, 5)
      .map((path) => titleOf(path))
      .join('、'),
    paper: String(paper.get(first) ?? ''),
    online: String(online.get(first) ?? ''),
  }
  if (shared.length === 0) return unknown('missing', facts, [])
  return differing.length > 0 ? fail(facts, differing) : pass(facts, [])
}

function leavesOf(value: unknown, path = '', found = new Map<string, string | number | boolean>()) {
  if (Array.isArray(value)) for (const [at, item] of value.entries()) leavesOf(item, `${path}[${at}]`, found)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value as Declaration))
      leavesOf(inner, path ? `${path}.${key}` : key, found)
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    found.set(path, value)
  return found
}

function agree(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a === b
  return a.length > 60 ? likeness(a, b) > 0.91 : plain(a) === plain(b)
}

const plain = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')

/** Share of the pairs of neighbouring characters that two texts have in common (Dice), 1 for equal texts. */
function likeness(a: string, b: string): number {
  const [left, right] = [plain(a), plain(b)]
  if (left === right) return 1
  const pairs = (text: string) =>
    Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2))
  const rest = pairs(right)
  const shared = pairs(left).filter((pair) => {
    const at = rest.indexOf(pair)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }).length
  return (2 * shared) / Math.max(left.length + right.length - 2, 1)
}

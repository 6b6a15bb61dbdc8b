import type { Declaration } from '../../../declaration/schema.ts'
import type { Form } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { bareText, isSlip, likeness } from '../likeness.ts'
import { isRecognised } from '../recognised.ts'
import { isRecord, isSignedPaper } from './fields.ts'

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

/** Whether the commitment can be asked for: its signature was looked for, or paper or a record tells that it is not there. */
export function isCommitmentSought(form: Form): boolean {
  const { commitment } = form.declaration
  if (typeof commitment?.signed === 'boolean') return true
  return commitment?.present === false && (isSignedPaper(form) || isRecord(form))
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

/**
 * The paper says what the online record says, value by value where both have one; long texts may differ by nine hundredths.
 * Where recognised text differs by a character or two, a person compares.
 */
export function paperMatchesOnline(form: Form): Outcome {
  const paper = leavesOf(form.declaration)
  const online = leavesOf(form.online ?? {})
  const shared = [...online.keys()].filter((path) => paper.has(path) && !PAPER_ONLY.test(path))
  const differing = shared.filter((path) => !agree(paper.get(path), online.get(path)))
  const slips = differing.filter(
    (path) => isRecognised(form.confidence(path)) && isSlip(String(paper.get(path)), String(online.get(path))),
  )
  const certain = differing.filter((path) => !slips.includes(path))
  const told = certain.length > 0 ? certain : slips
  const facts = {
    count: told.length,
    compared: shared.length,
    fields: told
      .slice(0, 5)
      .map((path) => titleOf(path))
      .join('、'),
  }
  if (shared.length === 0) return unknown('missing', facts, [])
  if (certain.length > 0) return fail(facts, certain)
  return slips.length > 0 ? unknown('low-confidence', facts, slips, { variant: 'slip' }) : pass(facts, [])
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
  return a.length > 60 ? likeness(a, b) > 0.91 : bareText(a) === bareText(b)
}

import { type Form, SURE } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { bareText, likeness } from '../likeness.ts'
import { isRecord, isSignedPaper } from './fields.ts'
import { wasSought } from './sought.ts'

/** Whether the form tells of any of these marks: without paper nobody looked for them. */
export function isMarkSought(form: Form, paths: string[]): boolean {
  return paths.some((path) => wasSought(form, path))
}

/** Every seal or signature that was looked for is there. One seen or missed with doubt (a scan without colour) is for a person. */
export function marksPresent(form: Form, paths: string[]): Outcome {
  const sought = paths.filter((path) => wasSought(form, path))
  const doubtful = sought.filter((path) => form.state(path) === 'unreadable' || form.confidence(path) < SURE)
  const sure = sought.filter((path) => !doubtful.includes(path))
  const lacking = sure.filter((path) => form.at(path) === false)
  const facts = {
    lacking: titles(lacking),
    found: titles(sure.filter((path) => form.at(path) === true)),
    doubtful: titles(doubtful),
  }
  if (lacking.length > 0) return fail(facts, lacking)
  return doubtful.length > 0 ? unknown('low-confidence', facts, doubtful) : pass(facts, sought)
}

const titles = (paths: string[]): string => paths.map((path) => titleOf(path)).join('、')

/** Whether the commitment can be asked for: its signature was looked for, or paper or a record tells that it is not there. */
export function isCommitmentSought(form: Form): boolean {
  const { commitment } = form.declaration
  if (wasSought(form, 'commitment.signed')) return true
  return commitment?.present === false && (isSignedPaper(form) || isRecord(form))
}

/** The commitment is there and signed, for this project (its blank is read as a further place of the project's name). */
export function commitmentHolds(form: Form): Outcome {
  const { commitment, project } = form.declaration
  const nothing = { other: '', name: '' }
  if (commitment?.present === false) return fail(nothing, ['commitment.present'], { variant: 'absent' })
  if (commitment?.signed === false) return fail(nothing, ['commitment.signed'])
  if (form.state('commitment.signed') === 'unreadable') return unknown('low-confidence', nothing, ['commitment.signed'])
  const name = project?.name
  const others = (form.others['project.name'] ?? []).flatMap(({ value, confidence }) =>
    typeof value === 'string' && bareText(value) !== '' && name && !isSameName(value, name)
      ? [{ value, confidence }]
      : [],
  )
  const told = others.find(({ value, confidence }) => isProjectName(value, confidence))
  if (told && name) return fail({ other: told.value, name }, ['project.name'], { variant: 'name', severity: 'warning' })
  const [unclear] = others
  if (unclear && name)
    return unknown('low-confidence', { other: unclear.value, name }, ['project.name'], { variant: 'name' })
  return pass(nothing, ['commitment.signed', 'commitment.present'])
}

/** Alike, or cut off where the blank was too short or broke over a line. */
function isSameName(written: string, name: string): boolean {
  const [short, whole] = [bareText(written), bareText(name)]
  return likeness(written, name) >= 0.8 || (short.length >= 4 && whole.includes(short))
}

/** What was read from the blank is surely the name of a project, not a scrap of the sentence around it or handwriting. */
function isProjectName(written: string, confidence: number): boolean {
  return confidence >= SURE && bareText(written).length >= 4 && PROJECT_NAME.test(bareText(written))
}

const PROJECT_NAME =
  /(?:班|会|培训|研讨|讲座|论坛|课程|进展|新技术|技术|应用|推广|研修|实训|讲习|管理|诊疗|诊治|治疗|护理|防治|防控|康复|提高|提升|规范|策略|方法|实践|教育|项目)$/

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

import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { normaliseName } from '../people.ts'
import { compareUnits } from '../unit-name.ts'
import { titleAtLeast } from './leader.ts'

/** One expert of another unit, of the rank required, who is not the leader. Each part is asked for by itself. */
export function reviewerIsOutsideExpert(form: Form, rank: string): Outcome {
  const { peerReview, unit, leader } = form.declaration
  const facts = {
    reviewer: peerReview?.reviewer ?? '',
    unit: peerReview?.unit ?? '',
    title: peerReview?.title ?? '',
    name: unit?.name ?? '',
  }
  const blank = ['peerReview.reviewer', 'peerReview.unit', 'peerReview.title'].filter(
    (path) => form.state(path) === 'blank',
  )
  const absent = ['peerReview.reviewer', 'peerReview.unit', 'peerReview.title'].filter(
    (path) => form.state(path) === 'missing',
  )

  const isLeader = facts.reviewer && normaliseName(facts.reviewer) === normaliseName(leader?.name ?? '')
  if (isLeader) return fail(facts, ['peerReview.reviewer', 'leader.name'], { variant: 'leader' })
  const relation =
    facts.unit && facts.name ? compareUnits(facts.unit, facts.name, form.context.unitAliases ?? []) : 'unknown'
  if (relation === 'same') return fail(facts, ['peerReview.unit', 'unit.name'], { variant: 'inside' })
  const title = facts.title ? titleAtLeast(form, 'peerReview.title', rank) : null
  if (title?.status === 'fail') return fail(facts, title.fields, { variant: 'rank' })
  if (title?.status === 'unknown' && title.cause === 'missing') return fail(facts, title.fields, { variant: 'title' })
  if (blank.length > 0) return fail({ ...facts, blank: namesOf(blank) }, blank)
  if (absent.length > 0) return unknown('missing', { ...facts, absent: namesOf(absent) }, absent)
  if (title?.status === 'unknown' || form.state('peerReview.title') === 'unreadable') {
    return unknown('unreadable', { ...facts, absent: '职称' }, ['peerReview.title'])
  }
  if (relation === 'unknown')
    return unknown('low-confidence', facts, ['peerReview.unit', 'unit.name'], { variant: 'unit' })
  return pass(facts, ['peerReview.unit', 'peerReview.title', 'peerReview.reviewer'])
}

const PARTS: Record<string, string> = { reviewer: '姓名', unit: '单位', title: '职称' }
const namesOf = (paths: string[]): string => paths.map((path) => PARTS[path.split('.')[1] ?? ''] ?? path).join('、')

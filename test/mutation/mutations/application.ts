import { type Mutation, setAt } from '../mutant.ts'
import { setTo, shortened } from './set.ts'

/** Kind, delivery and fee of the application, and its peer review. */
export const APPLICATION: Mutation[] = [
  {
    ...setTo('kind-allowed', 'project.kind', 'filing'),
    change: ({ form }, asked) =>
      !asked.words('kind-allowed', 'allowed').includes('filing') && setAt(form, 'project.kind', 'filing'),
  },
  {
    ...setTo('kind-allowed', 'project.kind', null),
    as: 'unknown',
    also: {
      'required-fields': 'the form asks for it',
      'application-window': 'the last day depends on it',
    },
  },
  setTo('delivery-allowed', 'project.delivery', 'remote'),
  setTo('delivery-allowed', 'project.delivery', 'hybrid'),
  setTo('fee-stated', 'project.fee', null),
  shortened('peer-review-length', 'peerReview.text'),
  setTo('peer-review-reviewer', 'peerReview.title', '主治医师'),
  setTo('peer-review-reviewer', 'peerReview.title', '科主任'),
  ...['reviewer', 'unit', 'title'].map((part) => setTo('peer-review-reviewer', `peerReview.${part}`, null)),
  {
    rule: 'peer-review-reviewer',
    name: 'a reviewer of the applying unit',
    change: ({ form }) => setAt(form, 'peerReview.unit', form.unit.name),
  },
  {
    rule: 'peer-review-reviewer',
    name: 'the leader reviews the own project',
    change: ({ form }) => setAt(form, 'peerReview.reviewer', form.leader.name),
  },
  {
    rule: 'peer-review-substance',
    name: 'one sentence again and again',
    change: ({ form }) => setAt(form, 'peerReview.text', '该项目内容先进实用，师资力量雄厚，同意推荐申报。'.repeat(12)),
  },
]

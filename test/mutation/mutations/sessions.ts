import { type Mutant, type Mutation, OTHER_UNIT, setAt } from '../mutant.ts'
import { setTo } from './set.ts'

/** Learners, sessions and places. */
export const SESSIONS: Mutation[] = [
  {
    rule: 'enrollment-cap',
    name: 'one learner over the cap',
    change: ({ form }, asked) => {
      const { sessions = [] } = form.project
      const isEach = asked.flag('enrollment-cap', 'eachSession')
      if (isEach && sessions?.every(({ enrollment }) => typeof enrollment === 'number')) {
        return setAt(form, 'project.sessions[0].enrollment', asked.number('enrollment-cap', 'max') + 1)
      }
      const times = isEach ? Math.max(sessions?.length ?? 1, 1) : 1
      const over = asked.number('enrollment-cap', 'max') * times + 1
      return form.project.delivery !== 'remote' && setAt(form, 'project.enrollment', over)
    },
  },
  {
    rule: 'enrollment-cap',
    name: 'over the cap of one session, not told whether of all',
    as: 'unknown',
    change: ({ form }, asked) =>
      asked.flag('enrollment-cap', 'eachSession') &&
      (form.project.sessions?.length ?? 0) > 1 &&
      form.project.sessions?.some(({ enrollment }) => enrollment === undefined) === true &&
      setAt(form, 'project.enrollment', asked.number('enrollment-cap', 'max') + 1),
  },
  {
    rule: 'enrollment-few',
    name: 'one learner too few',
    also: { 'jingjinji-enrollment': 'it wants more learners still' },
    change: ({ form }, asked) =>
      (form.project.practiceHours ?? 0) === 0 &&
      !form.project.practical &&
      setAt(form, 'project.enrollment', asked.number('enrollment-few', 'min') - 1),
  },
  {
    rule: 'jingjinji-enrollment',
    name: 'one learner too few',
    change: ({ form }, asked) =>
      form.project.jingJinJi === true &&
      (form.project.practiceHours ?? 0) === 0 &&
      setAt(form, 'project.enrollment', asked.number('jingjinji-enrollment', 'min') - 1),
  },
  {
    rule: 'column-shift',
    name: 'a phone number for the number of learners',
    also: { 'enrollment-cap': 'the number is over the cap' },
    change: ({ form }) => setAt(form, 'project.enrollment', 13900000000),
  },
  setTo('enrollment-outside-share', 'project.outsideShare', 9.9),
  setTo('enrollment-outside-share', 'project.grassrootsShare', 9.9),
  {
    rule: 'sessions-cap',
    name: 'one session more than the cap',
    change: ({ form }, asked) => {
      const [first] = form.project.sessions ?? []
      if (!first) return false
      const year = (first.start ?? '').slice(0, 4)
      const count = asked.number('sessions-cap', 'max') + 1
      form.project.sessions = Array.from({ length: count }, (_, at) => {
        const day = `${year}-${String(at + 6).padStart(2, '0')}-0${at + 1}`
        return { ...first, start: day, end: day }
      })
    },
  },
  { ...blank('place'), also: { 'venue-home': 'no place, no venue', 'venue-allowed': 'no place, no venue' } },
  {
    ...blank('start'),
    also: {
      'sessions-in-order': 'no date, no order',
    },
  },
  {
    rule: 'sessions-in-order',
    name: 'ends the day before it starts',
    change: ({ form }) => {
      const [first] = form.project.sessions ?? []
      if (!first?.start || !first.end || first.start.length < 10) return false
      first.end = `${Number(first.start.slice(0, 4)) - 1}${first.start.slice(4)}`
    },
  },
  {
    rule: 'sessions-in-order',
    name: 'the same session twice',
    change: ({ form }) => {
      const [first] = form.project.sessions ?? []
      if (!first?.start) return false
      form.project.sessions = [first, structuredClone(first)]
    },
  },
  {
    rule: 'sessions-after-application',
    name: 'held a year before the application',
    change: ({ form }) => {
      const [first] = form.project.sessions ?? []
      if (!first?.start) return false
      const year = Number((form.cover.date ?? '').slice(0, 4)) - 1
      for (const session of form.project.sessions ?? []) {
        if (session.start) session.start = `${year}${session.start.slice(4)}`
        if (session.end) session.end = `${year}${session.end.slice(4)}`
      }
    },
  },
  {
    rule: 'venue-allowed',
    name: 'held in a scenic area',
    places: sessionsOf,
    change: ({ form }, _, place) => setAt(form, `project.sessions[${place}].place`, '黄山风景区云松宾馆'),
  },
  {
    rule: 'venue-allowed',
    name: 'sightseeing in the schedule',
    change: ({ form }) => setAt(form, 'schedule[0].topic', '组织旅游观光'),
  },
  {
    rule: 'venue-home',
    name: 'held at another unit',
    places: sessionsOf,
    change: ({ form }, _, place) => setAt(form, `project.sessions[${place}].place`, `${OTHER_UNIT}三楼会议室`),
  },
]

function sessionsOf({ form }: Mutant): number {
  return form.project.sessions?.length ?? 0
}

function blank(key: 'place' | 'start'): Mutation {
  return {
    rule: 'sessions-detailed',
    name: `the ${key} of a session blank`,
    places: sessionsOf,
    change: ({ form }, _, place) => setAt(form, `project.sessions[${place}].${key}`, null),
  }
}

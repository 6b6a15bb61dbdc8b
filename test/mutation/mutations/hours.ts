import { type Mutation, setAt } from '../mutant.ts'
import { setTo } from './set.ts'

const HOURS_REST = {
  'credits-match-hours': 'credits follow from the hours',
}

/** Hours, days and credits. */
export const HOURS: Mutation[] = [
  {
    rule: 'credits-cap',
    name: 'half a credit over the cap',
    also: { 'credits-match-hours': 'more credits than the hours give' },
    change: ({ form }, asked) =>
      setAt(
        form,
        'project.credits',
        asked.number('credits-cap', form.project.delivery === 'remote' ? 'remoteCap' : 'cap') + 0.5,
      ),
  },
  {
    rule: 'credits-cap',
    name: 'over the cap of remote projects',
    change: ({ form }, asked) =>
      (form.project.credits ?? 0) > asked.number('credits-cap', 'remoteCap') &&
      setAt(form, 'project.delivery', 'remote'),
  },
  {
    rule: 'credits-match-hours',
    name: 'one credit more',
    also: { 'credits-cap': 'over the cap as well' },
    change: ({ form }) => setAt(form, 'project.credits', (form.project.credits ?? 0) + 1),
  },
  {
    rule: 'credits-match-hours',
    name: 'one credit less',
    change: ({ form }) => setAt(form, 'project.credits', (form.project.credits ?? 0) - 1),
  },
  {
    rule: 'credits-match-hours',
    name: 'a day less',
    also: { 'hours-per-day': 'hours a day follow from the days' },
    change: ({ form }, asked) =>
      asked.number('credits-match-hours', 'creditsPerDay') > 0 &&
      setAt(form, 'project.days', (form.project.days ?? 0) - 1),
  },
  hours('one hour more', (declared) => declared + 1),
  hours('one hour less', (declared) => declared - 1),
  setTo('hours-consistent', 'project.theoryHours', 99),
  {
    rule: 'hours-consistent',
    name: 'an hour more of practice',
    change: ({ form }) => setAt(form, 'project.practiceHours', (form.project.practiceHours ?? 0) + 1),
  },
  {
    rule: 'hours-consistent',
    name: 'an hour more in the table',
    also: { 'teacher-home-hours': 'shares of hours rest on it', 'leader-teaching-share': 'shares of hours rest on it' },
    places: ({ form }) => form.teachers.length,
    change: ({ form }, _, place) => setAt(form, `teachers[${place}].hours`, (form.teachers[place]?.hours ?? 0) + 1),
  },
  {
    rule: 'hours-consistent',
    name: 'a lecture gone from the schedule',
    change: ({ form }) => (form.schedule?.length ?? 0) > 1 && form.schedule?.pop() !== undefined,
  },
  {
    rule: 'hours-per-day',
    name: 'more hours than days hold',
    also: { 'credits-match-hours': 'credits follow from the days as well' },
    change: ({ form }, asked) => {
      const perDay = asked.number('hours-per-day', 'perDay')
      const hours = form.project.hours ?? 0
      return hours * 2 > perDay && setAt(form, 'project.days', hours > perDay ? 1 : 0.5)
    },
  },
  {
    rule: 'hours-minimum',
    name: 'half the fewest hours',
    also: { ...HOURS_REST, 'hours-consistent': 'the table no longer adds up to them' },
    change: ({ form }, asked) => setAt(form, 'project.hours', asked.number('hours-minimum', 'min') / 2),
  },
]

function hours(name: string, change: (declared: number) => number): Mutation {
  return {
    rule: 'hours-consistent',
    name: `hours: ${name}`,
    also: HOURS_REST,
    change: ({ form }) => setAt(form, 'project.hours', change(form.project.hours ?? 0)),
  }
}

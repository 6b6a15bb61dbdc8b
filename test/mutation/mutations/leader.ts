import type { z } from 'zod'
import type { HistoryRow as HistorySchema } from '../../../src/declaration/schema.ts'
import { colleagues, isLeaderRow, type Mutation, OTHER_PERSON, OTHER_UNIT, setAt } from '../mutant.ts'
import { setTo, shortened } from './set.ts'

type HistoryRow = z.infer<typeof HistorySchema>

const ID_TELLS = { 'leader-id-number': 'the ID number holds the true birth date' }

export const LEADER: Mutation[] = [
  setTo('leader-title', 'leader.title', '主治医师'),
  setTo('leader-title', 'leader.title', '讲师'),
  setTo('leader-title', 'leader.title', '主管护师'),
  setTo('leader-employed', 'leader.employed', false),
  {
    ...setTo('leader-employed', 'leader.post', '退休返聘专家'),
    name: 'a post that speaks of retirement',
  },
  {
    rule: 'leader-employed',
    name: 'a career that ends in retirement',
    change: ({ form }) => setAt(form, 'leader.experience', '1995.07-2022.06 临床工作；2022.07-至今 已退休'),
  },
  {
    rule: 'leader-unit',
    name: 'the leader of another unit',
    change: ({ form }) => form.unit.kind !== 'society' && setAt(form, 'leader.unit', OTHER_UNIT),
  },
  {
    rule: 'leader-unit',
    name: 'the leader of a society’s project works where the form cannot tell',
    as: 'unknown',
    change: ({ form }) => form.unit.kind === 'society' && setAt(form, 'leader.unit', OTHER_UNIT),
  },
  {
    rule: 'unit-name-complete',
    name: "the leader's unit in a shorter wording",
    also: { 'leader-unit': 'a shortened name may be anybody’s' },
    change: ({ form }) => {
      const name = form.unit.name ?? ''
      const short = name.replace(/^(北京市?|上海市?|湘洲市|瓯澜区)/, '')
      return short !== name && form.unit.kind !== 'society' && setAt(form, 'leader.unit', short)
    },
  },
  {
    rule: 'leader-teaches',
    name: 'the box for teaching unticked',
    change: ({ form }) => setAt(form, 'leader.teaches', false),
  },
  {
    rule: 'leader-teaches',
    name: 'somebody else in the rows of the leader',
    also: { 'leader-teaching-share': 'who does not teach has no hours' },
    change: (mutant) => {
      const own = mutant.form.teachers.filter((row) => isLeaderRow(mutant, row))
      for (const row of own) row.name = OTHER_PERSON
      return own.length > 0
    },
  },
  {
    rule: 'leader-teaches',
    name: 'the leader only demonstrates',
    change: (mutant, asked) => {
      const own = mutant.form.teachers.filter((row) => isLeaderRow(mutant, row))
      if (!asked.flag('leader-teaches', 'theory')) return false
      for (const row of own) Object.assign(row, { kind: 'practice', method: '实验（技术示范）' })
      return own.length > 0
    },
  },
  {
    rule: 'leader-teaching-share',
    name: 'hours of the leader given to a colleague',
    change: (mutant) => {
      const own = mutant.form.teachers.filter((row) => isLeaderRow(mutant, row))
      const [colleague] = colleagues(mutant).flat()
      if (!colleague || own.length === 0) return false
      for (const row of own) {
        colleague.hours = (colleague.hours ?? 0) + (row.hours ?? 0) - 0.5
        row.hours = 0.5
      }
    },
  },
  {
    rule: 'leader-age',
    name: 'one year over the limit',
    also: ID_TELLS,
    change: ({ form }, asked) => {
      const year = Number((form.cover.date ?? '').slice(0, 4)) - asked.number('leader-age', 'limit') - 1
      return (
        setAt(form, 'leader.birth', `${year}-01`) || setAt(form, 'leader.age', asked.number('leader-age', 'limit') + 1)
      )
    },
  },
  {
    rule: 'leader-age',
    name: 'born in the month in which the limit is passed',
    as: 'unknown',
    also: ID_TELLS,
    change: ({ form }, asked) => {
      const date = form.cover.date ?? ''
      const year = Number(date.slice(0, 4)) - asked.number('leader-age', 'limit') - 1
      return setAt(form, 'leader.birth', `${year}${date.slice(4, 7)}`)
    },
  },
  id('a digit changed', (number) => `${number.slice(0, 16)}${(Number(number[16]) + 1) % 10}${number.slice(17)}`),
  id('the check digit changed', (number) => number.slice(0, 17) + (number[17] === '0' ? '1' : '0')),
  id('a digit dropped', (number) => number.slice(0, 17)),
  id('a birth date that does not exist', (number) => `${number.slice(0, 10)}1332${number.slice(14)}`),
  {
    rule: 'leader-id-number',
    name: 'the other sex ticked',
    change: ({ form }) =>
      Boolean(form.leader.idNumber) && setAt(form, 'leader.sex', form.leader.sex === '男' ? '女' : '男'),
  },
  {
    rule: 'leader-id-number',
    name: 'born a year later',
    change: ({ form }) => {
      const birth = form.leader.birth ?? ''
      return (
        Boolean(form.leader.idNumber) &&
        setAt(form, 'leader.birth', `${Number(birth.slice(0, 4)) + 1}${birth.slice(4)}`)
      )
    },
  },
  shortened('leader-achievements-length', 'leader.achievements'),
  shortened('overview-length', 'overview'),
  {
    rule: 'leader-recent-project',
    name: 'no project of the last years was held',
    change: ({ form, context }) => {
      context.approvedBefore = []
      const rows = form.leader.history ?? []
      for (const row of rows) if (row.executed) row.executed = false
      return rows.length > 0
    },
  },
  {
    rule: 'leader-recent-project',
    name: 'all projects lie four years back',
    change: ({ form, context }) => {
      context.approvedBefore = []
      const rows = form.leader.history ?? []
      const year = (form.project.year ?? 2025) - 4
      for (const row of rows) {
        if (row.number) row.number = row.number.replace(/^20\d\d/, String(year))
        row.year = year
      }
      return rows.length > 0
    },
  },
  {
    rule: 'leader-recent-project',
    name: 'the history blank',
    change: ({ form, context }) => {
      context.approvedBefore = []
      return setAt(form, 'leader.history', [])
    },
  },
  {
    rule: 'leader-recent-project',
    name: 'the list of approved projects has none of the leader’s',
    as: 'unknown',
    change: ({ context }) => {
      context.approvedBefore = []
    },
  },
  history('held, the number blank', (row) => {
    row.number = null
  }),
  history('held, no level ticked', (row) => {
    row.level = null
  }),
  history('a number of another year', (row) => {
    row.number = '1999-03-01-042 (国)'
  }),
  {
    rule: 'leader-history-complete',
    name: 'a level ticked, not whether it was held',
    change: ({ form }) => {
      const rows = (form.leader.history ?? []).filter(({ level }) => level)
      for (const row of rows) row.executed = null
      return rows.length > 0
    },
  },
]

function id(name: string, change: (number: string) => string): Mutation {
  return {
    rule: 'leader-id-number',
    name: `ID number: ${name}`,
    change: ({ form }) => setAt(form, 'leader.idNumber', change(form.leader.idNumber ?? '')),
  }
}

function history(name: string, change: (row: HistoryRow) => void): Mutation {
  return {
    rule: 'leader-history-complete',
    name: `history: ${name}`,
    change: ({ form }) => {
      const row = form.leader.history?.findLast(({ executed }) => executed)
      if (!row) return false
      change(row)
    },
  }
}

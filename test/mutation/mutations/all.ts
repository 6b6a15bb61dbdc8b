import type { Mutation } from '../mutant.ts'
import { APPLICATION } from './application.ts'
import { HOURS } from './hours.ts'
import { KNOWN_FACTS } from './known.ts'
import { LEADER } from './leader.ts'
import { NAME } from './name.ts'
import { PAPER } from './paper.ts'
import { SESSIONS } from './sessions.ts'
import { TEACHERS } from './teachers.ts'

export const MUTATIONS: Mutation[] = [
  ...APPLICATION,
  ...PAPER,
  ...KNOWN_FACTS,
  ...LEADER,
  ...TEACHERS,
  ...NAME,
  ...HOURS,
  ...SESSIONS,
]

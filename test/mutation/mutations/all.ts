import type { Mutation } from '../mutant.ts'
import { KNOWN_FACTS } from './known.ts'
import { LEADER } from './leader.ts'
import { PAPER } from './paper.ts'
import { PROJECT, SESSIONS } from './project.ts'
import { TEACHERS } from './teachers.ts'

export const MUTATIONS: Mutation[] = [...PAPER, ...KNOWN_FACTS, ...LEADER, ...TEACHERS, ...PROJECT, ...SESSIONS]

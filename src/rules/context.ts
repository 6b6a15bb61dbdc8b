import { z } from 'zod'

const count = z.number().int().nonnegative()
const byLevel = z.looseObject({ national: count.optional(), provincial: count.optional(), city: count.optional() })
const project = z.looseObject({
  name: z.string().optional(),
  leader: z.string().optional(),
  number: z.string().optional(),
  year: z.number().int().optional(),
  level: z.enum(['national', 'provincial', 'city']).optional(),
  /** Whether an approved project was held; `excuse`: why it was not, where the office accepts that. */
  executed: z.boolean().optional(),
  excuse: z.string().optional(),
  /** When and where a project of this year is held. */
  sessions: z
    .array(z.looseObject({ start: z.string().optional(), end: z.string().optional(), place: z.string().optional() }))
    .optional(),
})

/** What the caller knows and the form cannot tell (contract §2). Everything may be left out; what is left out stays unknown. */
export const Context = z
  .looseObject({
    /** Other names, campuses and seal wordings of the applying unit. */
    unitAliases: z.array(z.string()).optional(),
    /** This year's other projects of the leader: how many at each level, or the projects themselves. */
    leaderProjects: z.union([byLevel, z.array(project)]).optional(),
    /** This year's other projects of the unit. */
    unitProjects: z.union([byLevel, z.array(project)]).optional(),
    /** How many projects the unit may put forward. */
    unitQuota: z.union([count, byLevel]).optional(),
    /**
     * How many projects of the pack's level the unit held (Beijing: were published for it) in each of the years its quota is worked out
     * from; `[]`: it never applied.
     */
    unitHeld: z.array(count).optional(),
    /** Earlier approved projects. */
    approvedBefore: z.array(project).optional(),
    /** `true`, `valid`, `pass`, `合格` are good; `false`, `revoked`, `deferred`, `fail`, `不合格`, `暂缓校验`, `撤销` are not. */
    unitStanding: z
      .looseObject({
        approved: z.union([z.boolean(), z.string()]).optional(),
        licence: z.union([z.boolean(), z.string()]).optional(),
        inspection: z.union([z.boolean(), z.string()]).optional(),
        assessment: z.union([z.boolean(), z.string()]).optional(),
      })
      .optional(),
    /** `unit` tells people of one name apart. */
    integrityRecords: z
      .array(z.looseObject({ name: z.string().optional(), unit: z.string().optional(), detail: z.string().optional() }))
      .optional(),
  })
  .meta({ id: 'Context' })
export type Context = z.infer<typeof Context>

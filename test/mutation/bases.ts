import { readdirSync, readFileSync } from 'node:fs'
import { idNumber } from '../../samples/generate/people.ts'
import { completeDeclaration } from '../../src/declaration/complete.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { Truth } from '../../src/evaluation/truth.ts'
import type { Context } from '../../src/rules/context.ts'
import type { Form, Mutant } from './mutant.ts'

const FOLDER = 'samples/documents'

/** A compliant form as its record would tell it, with all that the caller can know. */
export type Base = Mutant & { name: string; pack: string }

/** Of samples printed in several ways the declaration is the same: one is enough. */
export function readBases(): Base[] {
  const samples = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.truth.json'))
    .sort()
    .map((file) => ({
      name: file.replace('.truth.json', ''),
      truth: Truth.parse(JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))),
    }))
    .filter(({ truth }) => truth.split === 'tuning' && truth.verdict === undefined)
  const read = samples.map(({ name, truth }) => ({
    name,
    pack: truth.pack,
    form: dress(truth.declaration),
    context: {
      ...KNOWN,
      ...truth.context,
      unitStanding: KNOWN.unitStanding,
      approvedBefore: approvedOf(truth.declaration),
    },
  }))
  const told = new Map(read.map((base) => [base.pack + JSON.stringify(base.form), base]))
  const bases = [...told.values()]
  return [...bases, ...deriveAll(bases)]
}

/** Everything a caller can know, and all of it good. */
const KNOWN = {
  leaderProjects: [],
  unitProjects: [
    {
      name: '基层医务人员急救技能培训班',
      leader: '白若溪',
      sessions: [{ start: '2030-03-01', end: '2030-03-01', place: '栖山市培训中心一楼' }],
    },
  ],
  unitQuota: { national: 5, provincial: 5, city: 5 },
  unitHeld: [4, 4],
  unitStanding: {
    approved: true,
    licence: true,
    inspection: true,
    assessment: true,
    supervision: true,
    execution: true,
    reporting: true,
    remote: true,
  },
  integrityRecords: [],
} satisfies Context

/** The caller knows the projects that the form tells. */
function approvedOf({ leader }: Declaration): NonNullable<Context['approvedBefore']> {
  return (leader?.history ?? []).flatMap(({ year, level, executed, number }) =>
    year && level && number
      ? [{ name: `${year}年往期项目`, leader: leader?.name ?? '', year, level, number, executed: executed === true }]
      : [],
  )
}

/** Signed and sealed, as a record tells it of the paper. */
function dress(declaration: Declaration): Form {
  const { project, unit, leader, teachers, peerReview, unitOpinion, commitment, cover, ...rest } =
    completeDeclaration(declaration)
  return {
    ...rest,
    project: project ?? {},
    unit: unit ?? {},
    leader: { ...leader, signed: true },
    teachers: teachers ?? [],
    peerReview: peerReview ?? {},
    unitOpinion: { ...unitOpinion, sealed: true },
    commitment: { ...commitment, present: true, signed: true },
    cover: { ...cover, sealed: true },
    seals: [{ page: 1, box: null, text: unit?.name ?? '' }],
  }
}

type Derivation = { pack: string; from: string; as: string; change(form: Form): void }

const SOCIETY = '澄明护理学会'
const HOSPITALS = ['湘洲市第一人民医院', '京北医科大学', '北京云岭医院', '北京澄湖医院']

/** A society's project whose teachers come from several units. */
function toSociety(form: Form, place: string): void {
  Object.assign(form.unit, { name: place + SOCIETY, kind: 'society' })
  form.seals = [{ page: 1, box: null, text: place + SOCIETY }]
  for (const [at, row] of form.teachers.entries()) row.unit = HOSPITALS[at % HOSPITALS.length] ?? ''
  form.leader.unit = form.teachers.find(({ name }) => name === form.leader.name)?.unit ?? null
}

/** Nothing but lectures, three hours more of them. */
function toLectures(form: Form): void {
  for (const row of form.teachers) Object.assign(row, { kind: 'theory', method: '讲座', title: '副主任医师' })
  const [first] = form.teachers
  if (first) form.teachers.push({ ...first, topic: '随访与自我管理', hours: 3 })
  const hours = (form.project.hours ?? 0) + 3
  Object.assign(form.project, { hours, theoryHours: hours, practiceHours: 0, credits: hours / 3, days: 2 })
}

/** Kinds of project for which a pack has rules and no sample. */
const DERIVED: Derivation[] = [
  {
    pack: 'beijing-2025-national',
    from: 'bn-heart-chromium',
    as: 'of a society',
    change: (form) => toSociety(form, '北京'),
  },
  {
    pack: 'beijing-2025-national',
    from: 'bn-heart-chromium',
    as: 'held remotely',
    change: (form) => Object.assign(form.project, { delivery: 'remote' }),
  },
  {
    pack: 'beijing-2025-national',
    from: 'bn-heart-chromium',
    as: 'of practical training',
    change: (form) => Object.assign(form.project, { practical: true }),
  },
  {
    pack: 'beijing-2025-national',
    from: 'bn-heart-chromium',
    as: 'of lectures alone, its class ticked',
    change: (form) => {
      toLectures(form)
      Object.assign(form.project, { contentClass: '专业科目', delivery: 'in-person' })
    },
  },
  {
    pack: 'beijing-2025-municipal',
    from: 'bm-medical-chromium',
    as: 'with shares of learners',
    change: (form) => Object.assign(form.project, { outsideShare: 10, grassrootsShare: 10 }),
  },
  {
    pack: 'shanghai-2025-municipal',
    from: 'sm-newborn-chromium',
    as: 'with a peer review',
    change: (form) => Object.assign(form.peerReview, { text: form.overview }),
  },
  {
    pack: 'wenzhou-2025-city',
    from: 'wc-bounds-scan-degraded',
    as: 'with an ID number, learners told for all sessions together',
    change: ({ leader, project }) => {
      for (const session of project.sessions ?? []) delete session.enrollment
      const sex = leader.sex ?? '男'
      const birth = `${leader.birth ?? '1975-01'}-01`.slice(0, 10)
      leader.idNumber = idNumber({ name: leader.name ?? '', sex, birth, serial: sex === '男' ? 1 : 2 })
    },
  },
  {
    pack: 'wenzhou-2025-city',
    from: 'wc-bounds-scan-degraded',
    as: 'held once',
    change: ({ project }) => {
      project.sessions = project.sessions?.slice(0, 1) ?? []
      project.enrollment = 100
    },
  },
  {
    pack: 'beijing-2025-municipal',
    from: 'bm-medical-chromium',
    as: 'on infectious disease',
    change: (form) => Object.assign(form.project, { discipline: '临床内科学', subdiscipline: '传染病学' }),
  },
  {
    pack: 'hunan-2021-provincial',
    from: 'hp-new-chromium',
    as: 'of a society',
    change: (form) => toSociety(form, '湘洲市'),
  },
  {
    pack: 'hunan-2021-national',
    from: 'hp-new-chromium',
    as: 'of a society, put forward nationally',
    change: (form) => {
      toSociety(form, '湘洲市')
      Object.assign(form.project, { level: 'national' })
      Object.assign(form.cover, { date: '2020-08-25' })
    },
  },
  {
    pack: 'hunan-2021-national',
    from: 'hp-new-chromium',
    as: 'put forward nationally',
    change: (form) => {
      Object.assign(form.project, { level: 'national' })
      Object.assign(form.cover, { date: '2020-08-25' })
    },
  },
  {
    pack: 'hunan-2021-national',
    from: 'hp-filing-word',
    as: 'put forward nationally',
    change: (form) => Object.assign(form.project, { level: 'national' }),
  },
]

function deriveAll(bases: Base[]): Base[] {
  return DERIVED.map(({ pack, from, as, change }) => {
    const base = bases.find(({ name }) => name === from)
    if (!base) throw new Error(`no compliant sample ${from}`)
    const form = structuredClone(base.form)
    change(form)
    return { ...base, pack, form, name: `${from} ${as}` }
  })
}

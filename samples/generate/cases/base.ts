import type { Case, Full, Marks } from '../case.ts'
import { idNumber, PEOPLE, type Person } from '../people.ts'
import * as texts from '../texts.ts'

/** name｜title｜method｜unit｜topic｜hours, with an optional speciality and degree. */
export type Lecture = [string, string, string, string, string, number, string?]

const PRACTICE = /实验|演示|操作|示范|实操|实践/

export const teach = (rows: Lecture[]): Full['teachers'] =>
  rows.map(([name, title, method, unit, topic, hours, speciality]) => ({
    name,
    title,
    method,
    unit,
    topic,
    hours,
    kind: PRACTICE.test(method) ? 'practice' : 'theory',
    speciality: speciality ?? '临床教学',
    degree: '研究生',
  }))

export const SIGNED: Marks = {
  coverSeal: true,
  unitSeal: true,
  leaderSignature: true,
  commitmentSignature: true,
  reviewerSignature: true,
}

type Outline = {
  id: string
  pack: string
  name: string
  topic: string
  unit: string
  kind: NonNullable<Full['unit']['kind']>
  department: string
  discipline: [string, string]
  leader: Person
  leaderTitle: string
  leaderPost?: string
  leaderUnit?: string
  lectures: Lecture[]
  credits: number
  enrollment?: number
  reviewer: [string, string, string]
  change?: (full: Full) => void
}

const round = (value: number) => Math.round(value * 1000) / 1000
const sum = (rows: Full['teachers'], kind: string) =>
  round(rows.filter((t) => t.kind === kind).reduce((total, t) => total + (t.hours ?? 0), 0))

/** A compliant Beijing declaration of 2025 around the outline; other regions change what differs. */
export function compliant(outline: Outline): Case {
  const { unit, department, topic, leader } = outline
  const teachers = teach(outline.lectures)
  const [reviewer, reviewerTitle, reviewerUnit] = outline.reviewer
  const theoryHours = sum(teachers, 'theory')
  const practiceHours = sum(teachers, 'practice')
  const full: Full = {
    project: {
      name: outline.name,
      level: outline.pack.includes('national') ? 'national' : outline.pack.includes('city') ? 'city' : 'provincial',
      kind: 'new',
      year: 2025,
      discipline: outline.discipline[0],
      subdiscipline: outline.discipline[1],
      disciplineCode: null,
      contentClass: '学习提高类',
      infectiousDisease: false,
      jingJinJi: false,
      delivery: 'in-person',
      practical: practiceHours > theoryHours,
      audience: '各级医疗机构相关专业技术人员',
      enrollment: outline.enrollment ?? 120,
      outsideShare: 20,
      grassrootsShare: 30,
      hours: round(theoryHours + practiceHours),
      theoryHours,
      practiceHours,
      credits: outline.credits,
      fee: 0,
      objective: texts.objective(topic),
      content: texts.content(topic),
      assessment: texts.assessment,
      days: Math.max(1, Math.ceil((theoryHours + practiceHours) / 8)),
      sessions: [
        { start: '2025-05-17', end: '2025-05-18', place: `${unit}学术报告厅`, enrollment: outline.enrollment ?? 120 },
      ],
    },
    unit: { name: unit, kind: outline.kind, contact: '白若溪', phone: '010-55501234', partners: [] },
    leader: {
      name: leader.name,
      sex: leader.sex,
      birth: leader.birth.slice(0, 7),
      age: 2024 - Number(leader.birth.slice(0, 4)),
      idNumber: idNumber(leader),
      title: outline.leaderTitle,
      post: outline.leaderPost ?? '科主任',
      degree: '博士研究生',
      unit: outline.leaderUnit ?? unit,
      speciality: outline.discipline[1],
      employed: true,
      teaches: true,
      address: '北京市栖山区澄湖路18号',
      phone: '13900001234',
      email: 'kejiao@chenghu.example',
      experience: texts.experience(unit, department),
      achievements: texts.achievements(leader.name, outline.leaderTitle, unit, department, topic),
      history: [
        { year: 2022, level: 'provincial', executed: true, number: '2022-03-01-118 (省)' },
        { year: 2023, level: 'national', executed: true, number: '2023-03-01-042 (国)' },
        { year: 2024, level: 'provincial', executed: true, number: '2024-03-01-077 (省)' },
      ],
    },
    overview: texts.overview(unit, department),
    teachers,
    schedule: [],
    peerReview: {
      text: texts.peerReview(topic),
      reviewer,
      title: reviewerTitle,
      unit: reviewerUnit,
      date: '2024-11-20',
    },
    unitOpinion: { text: '情况属实，同意申报。', date: '2024-11-21' },
    higherOpinion: { text: null, date: null },
    commitment: { present: true, date: '2024-11-20' },
    cover: { date: '2024-11-20' },
  }
  outline.change?.(full)
  return { id: outline.id, pack: outline.pack, full, marks: { ...SIGNED }, findings: {} }
}

export { PEOPLE }

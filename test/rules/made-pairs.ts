import type { Full } from '../../samples/generate/case.ts'
import * as beijing from '../../samples/generate/cases/beijing-compliant.ts'
import { hunan, national, shanghai, wenzhou } from '../../samples/generate/cases/elsewhere.ts'
import type { Declaration } from '../../src/declaration/schema.ts'

/** Projects of different subjects. Their long texts are of one mould, as those of one department are. */
export const projects: Full[] = [
  ...[beijing.medical, beijing.university, beijing.research, beijing.society, beijing.nursing, beijing.skill],
  ...[beijing.remote, beijing.cdc, beijing.bounds, beijing.namedChina, national, shanghai, wenzhou, hunan],
].map(({ full }) => full)

type Change = (copy: Full, original: Full) => void

const change =
  (make: Change) =>
  (original: Full): Declaration => {
    const copy = structuredClone(original)
    make(copy, original)
    return copy
  }

/** The words of a name that its long texts repeat. */
const subjectOf = (name: string): string => name.replace(/(?:及新技术)?(?:培训班|学习班|提高班|研讨班|提升班|班)$/, '')

const everywhere = (copy: Full, from: string, to: string): void => {
  for (const key of ['objective', 'content', 'assessment'] as const)
    copy.project[key] = copy.project[key]?.replaceAll(from, to) ?? null
}

export const renamed = change((copy) => {
  const subject = subjectOf(copy.project.name ?? '')
  everywhere(copy, subject, `${subject.slice(0, 3)}临床实践能力`)
  copy.project.name = `${subject.slice(0, 3)}临床实践能力提升学习班`
})

export const ofAnotherLeader = change((copy) => {
  Object.assign(copy.leader, { name: '韩亦舟', idNumber: null, birth: '1971-05', sex: '男' })
  copy.unit.name = '北京槐安医院'
  for (const [row, teacher] of copy.teachers.entries())
    Object.assign(teacher, { name: `韩${'甲乙丙丁戊己庚辛壬癸'[row % 10]}舟`, unit: '北京槐安医院' })
})

const OTHER_SENTENCES = [
  '学员须携带本单位近一年的真实案例参加讨论，并在结业前提交一份改进计划。',
  '培训采用小班分组的形式，每组配备一名带教老师，全程记录学员的操作过程。',
  '课后通过线上平台推送复习材料，由助教答疑，连续跟踪六周的学习效果。',
]
const OTHER_TOPICS = ['多中心数据平台的建设与应用', '患者教育材料的编写', '不良事件上报流程演练']

/** A fifth of the sentences and lectures replaced, another lecture worded differently, the order turned round. */
export const edited = change((copy) => {
  for (const key of ['objective', 'content'] as const) {
    const sentences = (copy.project[key] ?? '').split(/(?<=[，。；])/).filter(Boolean)
    copy.project[key] = sentences
      .map((sentence, at) => (at % 5 === 2 ? (OTHER_SENTENCES[at % 3] ?? sentence) : sentence))
      .join('')
  }
  for (const [row, teacher] of copy.teachers.entries()) {
    if (row % 5 === 1) teacher.topic = OTHER_TOPICS[row % 3] ?? null
    if (row % 5 === 3) teacher.topic = `${teacher.topic}进展`
  }
  copy.teachers.reverse()
})

/** Renamed, edited and under another leader at once. */
export const disguised = (original: Full): Declaration => {
  const once = { ...structuredClone(original), ...ofAnotherLeader(original) } as Full
  return edited({ ...once, ...renamed(once) } as Full)
}

/** The same department's next project: its texts word for word, its first lecture again, other lectures, another name. */
export const nextOfDepartment = (original: Full, other: Full): Declaration => {
  const copy = structuredClone(other)
  const [own, subject] = [subjectOf(original.project.name ?? ''), subjectOf(other.project.name ?? '')]
  for (const key of ['objective', 'content', 'assessment'] as const)
    copy.project[key] = original.project[key]?.replaceAll(own, subject) ?? null
  Object.assign(copy, { unit: original.unit, leader: original.leader, overview: original.overview })
  const [first] = original.teachers
  if (first) copy.teachers.unshift(structuredClone(first))
  return copy
}

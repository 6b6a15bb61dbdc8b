import type { Declaration, Teacher } from '../../declaration/schema.ts'
import { rememberOf } from '../remember.ts'
import { readDiscipline } from './discipline.ts'
import { isNursingTitle } from './title.ts'

export type Evidenced = {
  /** `null`: the form leaves it open. */
  answer: boolean | null
  /** What on the form it rests on, in words for the message. */
  evidence: string
}

const PRACTICE_METHOD = /实验|实践|实操|操作|演示|示范|模拟|工作坊|实训/
const SKILL_NAME = /技能|操作|实操|实训|穿刺|模拟/

/**
 * Whether this is a clinical-skills or practical training project. What the form says itself counts first, then the practice
 * hours (at least half), then the teaching methods (at least half of the rows), then words in the name.
 */
export const isPractical = rememberOf((declaration: Declaration): Evidenced => {
  const { project, teachers } = declaration
  if (typeof project?.practical === 'boolean') {
    return { answer: project.practical, evidence: `申报书填写实操训练类“${project.practical ? '是' : '否'}”` }
  }
  const practice = project?.practiceHours ?? null
  const total = project?.hours ?? null
  if (practice !== null && total !== null && practice > 0 && practice * 2 >= total) {
    return { answer: true, evidence: `实践学时${practice}占总学时${total}的一半以上` }
  }
  const rows = teachers ?? []
  const practical = rows.filter(isPracticeRow).length
  if (practical > 0 && practical * 2 >= rows.length) {
    return { answer: true, evidence: `授课表${rows.length}行中${practical}行为实践教学` }
  }
  const word = project?.name?.match(SKILL_NAME)?.[0]
  const lecturesOnly = practice === 0 && practical === 0 && rows.length > 0
  if (word) return { answer: lecturesOnly ? null : true, evidence: `项目名称含“${word}”` }
  if (practical > 0 || (practice ?? 0) > 0) return { answer: null, evidence: '实践教学不足一半' }
  if (rows.length > 0 || practice === 0) return { answer: false, evidence: '未见实践教学安排' }
  return { answer: null, evidence: '未填教学方法和实践学时' }
})

/** A row of practice teaching, from `kind`, else from the method's words. */
export function isPracticeRow(row: Pick<Teacher, 'kind' | 'method'>): boolean {
  return row.kind ? row.kind === 'practice' : PRACTICE_METHOD.test(row.method ?? '')
}

/** Whether the project belongs to nursing: by its discipline; a project of another discipline with nurses among its teachers stays open. */
export const isNursing = rememberOf((declaration: Declaration): Evidenced => {
  const { project, teachers } = declaration
  const reading = readDiscipline(project?.discipline, project?.subdiscipline, project?.disciplineCode)
  if (reading.heading) {
    return { answer: reading.heading.code === '14', evidence: `所在学科为${reading.heading.name}` }
  }
  const nurses = (teachers ?? []).filter((teacher) => teacher.title && isNursingTitle(teacher.title)).length
  if (nurses === 0 && (teachers?.length ?? 0) > 0) return { answer: false, evidence: '授课教师中无护理职称' }
  return { answer: null, evidence: nurses > 0 ? `授课教师${nurses}行为护理职称` : '未填所在学科' }
})

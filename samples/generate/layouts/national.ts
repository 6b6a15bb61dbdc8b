import { commitment } from '../blocks/commitment.ts'
import { cover } from '../blocks/cover.ts'
import { basics, scale, sessions } from '../blocks/delivery.ts'
import { historyTable, leaderNational, leaderRecord } from '../blocks/leader.ts'
import { narrative } from '../blocks/narrative.ts'
import { opinions } from '../blocks/opinions.ts'
import { schedule, teachersGrouped, teachersSpanned, teachersSplit } from '../blocks/teachers.ts'
import type { Form } from '../form.ts'
import type { Sheet } from '../sheet.ts'
import { head, PAGE, titled } from './common.ts'

/** The national form of 2025: narrow tables, checkbox history inside the leader's table, merged opinions. */
export function national2025(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        annex: '附件2',
        code: true,
        title: ['继续医学教育推荐项目申报书', '(2025年)'],
        variant: 'underlined',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        issuer: '国家卫生健康委科技教育司制',
        sealed: true,
      }),
      ...leaderNational(form),
      PAGE,
      ...narrative(form, ['project.objective', 'project.content', 'project.assessment']),
      head('课程及教师', form),
      ...teachersGrouped(form, ['name', 'title', 'speciality', 'unit', 'topic', 'hours', 'signature']),
      ...scale(form, { shares: true, credits: true }),
      ...sessions(form, { oneDate: true }),
      PAGE,
      ...opinions(form, { contact: true, peer: 'inline', higher: true, sign: true, sealWord: '签字（盖章）' }),
      ...commitment(form),
    ],
  }
}

/** The national form as a commercial platform prints it: split course and teacher tables, boxes with frames. */
export function nationalPlatform(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['国家级继续医学教育推荐项目', '申报书', '(2025年)'],
        variant: 'table',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位(盖章)',
        issuer: '全国继续医学教育委员会制',
        sealed: true,
      }),
      head('一、项目负责人', form),
      ...leaderNational(form, { plainFlags: true }),
      head('二、项目内容', form),
      ...narrative(form, ['project.objective', 'project.content'], { table: true }),
      head('三、课程安排', form),
      ...teachersSplit(
        form,
        ['number', 'topic', 'name', 'hours', 'method'],
        ['name', 'title', 'unit', 'speciality', 'signature'],
        { grouped: true },
      ),
      head('四、其他信息', form),
      ...basics(form, ['delivery', 'session', 'assessment']),
      ...scale(form, { shares: true, credits: true }),
      ...opinions(form, { contact: true, peer: 'rows', higher: true, sign: true }),
      ...commitment(form, { signWord: '项目负责人签名' }),
    ],
  }
}

/** The national form with the opinions and pledge first and a schedule; records in two columns. */
export function nationalRecords(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年国家级继续医学教育项目', '申报表'],
        variant: 'framed',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位',
        code: true,
        joint: ' ',
        sealed: true,
      }),
      ...commitment(form).slice(1),
      PAGE,
      ...leaderRecord(form),
      ...historyTable(form),
      ...narrative(form, ['leader.achievements', 'overview'], { table: true }),
      ...basics(form, [
        'kind',
        'delivery',
        'audience',
        'numbers',
        'hours',
        'credits',
        'shares',
        'assessment',
        'contact',
      ]),
      ...narrative(form, ['project.objective', 'project.content'], { table: true }),
      ...teachersSpanned(form, ['name', 'title', 'speciality', 'unit', 'topic', 'method', 'hours']),
      head('日程安排', form),
      ...schedule(form),
      ...sessions(form, { enrollment: true }),
      ...opinions(form, { peer: 'inline', higher: true, sign: true }),
    ],
  }
}

import { commitment } from '../blocks/commitment.ts'
import { cover } from '../blocks/cover.ts'
import { basics, scale, sessions } from '../blocks/delivery.ts'
import { historyRows, historyTable, leaderBeijing, leaderRecord, merged } from '../blocks/leader.ts'
import { headed, inlined, listed, narrative } from '../blocks/narrative.ts'
import { opinions } from '../blocks/opinions.ts'
import { schedule, teachersGrouped, teachersMerged, teachersSpanned, teachersSplit } from '../blocks/teachers.ts'
import type { Form } from '../form.ts'
import type { Sheet } from '../sheet.ts'
import { head, PAGE, titled } from './common.ts'

/** Beijing's municipal 申报书, one merged teacher table. */
export function beijingBook(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年北京市级继续医学教育推荐项目', '申报书'],
        variant: 'underlined',
        lines: ['name', 'discipline', 'leader', 'unit', 'date', 'flags'],
        unitLabel: '申办单位(盖章)',
        pledge: true,
        sealed: true,
      }),
      ...basics(form, ['kind', 'class', 'delivery', 'practical', 'assessment']),
      ...narrative(form, ['project.content'], { table: true }),
      head('项目负责人信息', form),
      ...leaderBeijing(form, { withId: true, withBirth: true }),
      head('课程及教师信息', form),
      ...teachersMerged(form, ['name', 'title', 'method', 'unit', 'topic', 'hours']),
      head('项目其他信息', form),
      ...scale(form, { credits: true }),
      ...sessions(form),
      ...opinions(form, { contact: true, peer: 'inline', sign: true }),
      ...commitment(form),
    ],
  }
}

/** Beijing's municipal 申报表 as the system's tabs print: record tables, joined course and teacher tables. */
export function beijingTabs(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年北京市级继续医学教育推荐项目', '申报表'],
        variant: 'colon',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位(盖章)',
        pledge: true,
        sealed: true,
      }),
      head('1 项目基本信息', form),
      ...basics(form, ['kind', 'flags', 'class', 'unit', 'contact']),
      head('2 项目负责人信息', form),
      ...leaderRecord(form),
      ...historyTable(form),
      {
        kind: 'table',
        widths: [16, 18, 13, 19, 15, 19],
        rows: [merged(form, 'leader.achievements', '(不少于300字)'), merged(form, 'overview', '(不少于300字)')],
      },
      head('3 课程及教师信息', form),
      ...teachersSplit(form, ['topic', 'name', 'method', 'hours'], ['name', 'title', 'speciality', 'unit']),
      head('4 项目其他信息', form),
      ...basics(form, ['delivery', 'practical', 'audience', 'numbers', 'hours', 'credits', 'assessment']),
      ...narrative(form, ['project.objective', 'project.content'], { table: true }),
      head('5 多期举办信息', form),
      ...sessions(form, { enrollment: true }),
      ...opinions(form, { peer: 'rows', sign: true, unitWord: '申办单位意见' }),
      ...commitment(form, { signWord: '承诺人' }),
    ],
  }
}

/** The pledge directly behind the cover, the leader before the project, courses grouped, opinions in plain words. */
export function beijingGrouped(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年北京市级继续医学教育推荐项目申报书'],
        variant: 'framed',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位(盖章)',
        joint: '／',
        sealed: true,
      }),
      ...commitment(form, { signWord: '承诺人签名' }).slice(1),
      PAGE,
      ...leaderBeijing(form, { withBirth: true, withId: true, sign: true }),
      {
        kind: 'table',
        widths: [16, 18, 13, 19, 15, 19],
        rows: [...historyRows(form), merged(form, 'overview', '')],
      },
      head('课程及教师', form),
      ...teachersGrouped(form, ['topic', 'name', 'title', 'unit', 'method', 'hours'], {
        depth: 1,
        practice: '实验（技术示范）教师',
      }),
      head('办班安排', form),
      ...basics(form, [
        'kind',
        'flags',
        'delivery',
        'practical',
        'audience',
        'numbers',
        'hours',
        'credits',
        'session',
        'assessment',
      ]),
      ...narrative(form, ['project.objective', 'project.content'], { numbered: true }),
      ...opinions(form, { peer: 'rows', contact: true }),
    ],
  }
}

/** Numbered lines with underlined values instead of tables; only lectures and opinions are ruled. */
export function beijingLines(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年北京市级继续医学教育推荐项目', '申报书'],
        variant: 'colon',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位（盖章）',
        pledge: true,
        sealed: true,
      }),
      head('一、项目基本情况', form),
      ...listed(form, [
        'project.kind',
        'project.contentClass',
        'project.infectiousDisease',
        'project.jingJinJi',
        'project.delivery',
        'project.practical',
        'unit.partners',
        'unit.contact',
        'unit.phone',
      ]),
      head('二、项目负责人', form),
      ...listed(form, [
        'leader.name',
        'leader.sex',
        'leader.birth',
        'leader.idNumber',
        'leader.title',
        'leader.post',
        'leader.degree',
        'leader.unit',
        'leader.speciality',
        'leader.employed',
        'leader.teaches',
        'leader.phone',
      ]),
      ...narrative(form, ['leader.achievements', 'overview'], { numbered: true }),
      head('三、授课安排', form),
      ...teachersSpanned(form, ['name', 'title', 'unit', 'topic', 'method', 'hours']),
      head('四、日程', form),
      ...schedule(form),
      head('五、办班计划', form),
      ...listed(form, [
        'project.audience',
        'project.enrollment',
        'project.hours',
        'project.theoryHours',
        'project.practiceHours',
        'project.credits',
        'project.fee',
        'project.days',
        'project.assessment',
      ]),
      ...sessions(form, { oneDate: true }),
      ...narrative(form, ['project.objective', 'project.content'], { numbered: true }),
      ...opinions(form, { peer: 'rows', unitWord: '申办单位意见', sign: true }),
      ...commitment(form),
    ],
  }
}

/** Label and value in one cell, and numbers under their labels. */
export function beijingInline(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年北京市级继续医学教育推荐项目', '申报书'],
        variant: 'table',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位(盖章)',
        sealed: true,
      }),
      head('一、负责人', form),
      ...inlined(form, [
        'leader.name',
        'leader.sex',
        'leader.birth',
        'leader.idNumber',
        'leader.title',
        'leader.post',
        'leader.degree',
        'leader.speciality',
        'leader.employed',
        'leader.teaches',
        'leader.unit',
      ]),
      ...narrative(form, ['leader.achievements', 'overview'], { table: true }),
      ...historyTable(form),
      head('二、项目', form),
      ...inlined(form, [
        'project.kind',
        'project.contentClass',
        'project.infectiousDisease',
        'project.jingJinJi',
        'project.delivery',
        'project.practical',
        'project.audience',
      ]),
      ...headed(form, [
        'project.enrollment',
        'project.hours',
        'project.theoryHours',
        'project.practiceHours',
        'project.credits',
        'project.days',
      ]),
      ...narrative(form, ['project.objective', 'project.content', 'project.assessment'], { table: true }),
      head('三、课程', form),
      ...teachersMerged(form, ['number', 'topic', 'hours', 'method', 'name', 'title', 'unit']),
      ...sessions(form, { oneDate: true, enrollment: true }),
      ...opinions(form, { peer: 'inline', contact: true, sign: true }),
      ...commitment(form),
    ],
  }
}

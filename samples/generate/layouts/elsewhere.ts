import { commitment } from '../blocks/commitment.ts'
import { cover } from '../blocks/cover.ts'
import { basics, scale, sessions } from '../blocks/delivery.ts'
import { leaderBeijing, leaderNational, leaderRecord, merged, signRow } from '../blocks/leader.ts'
import { narrative } from '../blocks/narrative.ts'
import { opinions } from '../blocks/opinions.ts'
import { schedule, teachersMerged, teachersSplit } from '../blocks/teachers.ts'
import type { Form } from '../form.ts'
import { paragraph, type Sheet } from '../sheet.ts'
import { head, PAGE, titled } from './common.ts'

/** Shanghai: the national body with a fee and computed credits. */
export function shanghai(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['2025年上海市级继续医学教育推荐项目', '申报表'],
        variant: 'colon',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位(盖章)',
        sealed: true,
      }),
      ...leaderNational(form),
      ...narrative(form, ['project.objective', 'project.content']),
      head('课程与师资', form),
      ...teachersMerged(form, ['number', 'topic', 'name', 'title', 'unit', 'speciality', 'method', 'hours']),
      ...scale(form, { credits: true, fee: true, shares: true }),
      ...basics(form, ['delivery', 'session', 'assessment', 'contact']),
      head('教学日程', form),
      ...schedule(form),
      ...opinions(form, { peer: 'none', unitWord: '申办单位意见', sealWord: '公章' }),
    ],
  }
}

/** Wenzhou: pledge on page 3, signature on page 4, 主办单位, grouped teachers with 实践授课教师. */
export function wenzhou(form: Form): Sheet {
  titled(form)
  return {
    blocks: [
      ...cover(form, {
        title: ['温州市继续医学教育培训项目', '申报表', '(2025年)'],
        variant: 'table',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '主办单位（公章）',
        sealed: true,
      }),
      paragraph('填表说明', { align: 'center', size: 14, heading: true }),
      paragraph('1. 本表用于申报省级继续医学教育项目，每个项目不超过10学分，授课教师应具有副高级以上职称。', {
        indent: true,
      }),
      paragraph('2. 填写内容须打印，字迹清楚；申请代码由系统自动生成。', { indent: true }),
      ...commitment(form, { title: '继续医学教育项目廉洁承诺书', signWord: '项目负责人（签名）' }),
      PAGE,
      ...leaderBeijing(form, { withBirth: true, sign: true }),
      PAGE,
      ...basics(form, ['kind', 'delivery', 'audience', 'numbers', 'hours', 'credits', 'contact']),
      ...narrative(form, ['project.objective', 'project.content'], { table: true }),
      ...teachersSplit(
        form,
        ['topic', 'content', 'name', 'hours', 'method'],
        ['name', 'title', 'speciality', 'unit', 'signature'],
        { grouped: true },
      ),
      ...sessions(form, { enrollment: true }),
      ...opinions(form, { peer: 'none', unitWord: '主办单位意见', higher: true }),
    ],
  }
}

/** Hunan, new project. */
export function hunan(form: Form): Sheet {
  titled(form)
  const filing = form.source.full.project.kind === 'filing'
  const national = form.source.full.project.level === 'national'
  return {
    blocks: [
      ...cover(form, {
        title: [
          national ? '2021年国家级继续医学教育项目' : '湖南省省级继续医学教育项目',
          filing ? '备案表' : '申报表',
          ...(national ? [] : ['(2021年)']),
        ],
        variant: 'underlined',
        lines: ['name', 'discipline', 'leader', 'unit', 'date'],
        unitLabel: '申办单位',
        issuer: '湖南省继续医学教育委员会办公室制',
        sealed: true,
      }),
      ...basics(
        form,
        filing
          ? ['code', 'kind', 'delivery', 'audience', 'numbers', 'hours', 'credits', 'session', 'contact']
          : ['kind', 'delivery', 'audience', 'numbers', 'hours', 'credits', 'session', 'contact'],
      ),
      ...(filing ? [] : narrative(form, ['project.objective', 'project.content', 'project.assessment'])),
      ...leaderRecord(form),
      {
        kind: 'table',
        widths: [16, 18, 13, 19, 15, 19],
        rows: [merged(form, 'leader.achievements', ''), merged(form, 'overview', ''), signRow(form, 6)],
      },
      head('课程及教师信息', form),
      ...teachersMerged(form, ['topic', 'name', 'title', 'unit', 'hours', 'method']),
      ...opinions(form, { peer: 'none', unitWord: '申办单位意见', higher: true, sealWord: '（单位公章）' }),
      ...commitment(form, { title: '继续医学教育项目承诺书' }),
    ],
  }
}

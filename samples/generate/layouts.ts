import { cover } from './blocks/cover.ts'
import { basics, commitment, listed, narrative, opinions, scale, sessions } from './blocks/delivery.ts'
import {
  historyRows,
  historyTable,
  leaderBeijing,
  leaderNational,
  leaderRecord,
  merged,
  signRow,
} from './blocks/leader.ts'
import { schedule, teachersGrouped, teachersMerged, teachersSpanned, teachersSplit } from './blocks/teachers.ts'
import { type Form, record } from './form.ts'
import { type Block, paragraph, type Sheet } from './sheet.ts'

const PAGE: Block = { kind: 'page' }

/** What the form's title tells: level and year. */
const titled = (form: Form, year = true) => {
  record(form, 'project.level', form.source.full.project.level)
  if (year) record(form, 'project.year', form.source.full.project.year)
  record(form, 'unit.kind', form.source.full.unit.kind)
}

const head = (words: string, form: Form) => paragraph(words, { heading: true, size: form.style.size + 2, before: 4 })

/** The national form of 2025: narrow tables, checkbox history inside the leader's table, merged opinions. */
function national2025(form: Form): Sheet {
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
function nationalPlatform(form: Form): Sheet {
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

/** Beijing's municipal 申报书, one merged teacher table. */
function beijingBook(form: Form): Sheet {
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
function beijingTabs(form: Form): Sheet {
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
function beijingGrouped(form: Form): Sheet {
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

/** Shanghai: the national body with a fee and computed credits. */
function shanghai(form: Form): Sheet {
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
function wenzhou(form: Form): Sheet {
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
function hunan(form: Form): Sheet {
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

/** Numbered lines with underlined values instead of tables; only lectures and opinions are ruled. */
function beijingLines(form: Form): Sheet {
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

/** The national form with the opinions and pledge first and a schedule; records in two columns. */
function nationalRecords(form: Form): Sheet {
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

export const LAYOUTS = {
  'national-2025': national2025,
  'national-platform': nationalPlatform,
  'beijing-book': beijingBook,
  'beijing-tabs': beijingTabs,
  'beijing-grouped': beijingGrouped,
  'beijing-lines': beijingLines,
  'national-records': nationalRecords,
  shanghai,
  wenzhou,
  hunan,
} satisfies Record<string, (form: Form) => Sheet>

export type LayoutName = keyof typeof LAYOUTS

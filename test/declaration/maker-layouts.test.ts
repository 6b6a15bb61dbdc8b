import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { build, type Spec } from './build.ts'

type Piece = { says: string; specs: Spec[]; expected: Partial<Declaration> }

/** Layouts met on forms made by hands that knew nothing of this reader. */
const PIECES: Piece[] = [
  {
    says: 'labels over their values in one cell, beside an upright heading',
    specs: [
      [
        [{ t: '项目负责人', r: 3 }, '姓名\n林知远', '性别\n男', '年龄\n54'],
        ['职称\n主任药师', '职务\n药学部主任', '最后学历\n博士研究生'],
        [{ t: '工作单位\n北京澄湖医院', c: 2 }, '从事专业\n临床药学'],
      ],
    ],
    expected: {
      leader: {
        name: '林知远',
        sex: '男',
        age: 54,
        title: '主任药师',
        post: '药学部主任',
        degree: '博士研究生',
        unit: '北京澄湖医院',
        speciality: '临床药学',
      },
    },
  },
  {
    says: 'headings of a row over values of the next, one of them unknown',
    specs: [
      [
        [{ t: '工作单位', c: 2 }, { t: '从事专业', c: 2 }, '联系电话', '在职/授课'],
        [{ t: '湘洲市第一人民医院', c: 2 }, { t: '康复护理', c: 2 }, '13900010006', '在职，参与授课'],
      ],
    ],
    expected: { leader: { unit: '湘洲市第一人民医院', speciality: '康复护理', phone: '13900010006' } },
  },
  {
    says: 'hours of theory and practice in brackets behind their sum',
    specs: [[['教学总时长', '9小时（其中理论7.5小时，实践1.5小时）', '学分', '3']]],
    expected: { project: { hours: 9, theoryHours: 7.5, practiceHours: 1.5, credits: 3 } },
  },
  {
    says: 'the parts of the hours in the row below their sum',
    specs: [
      [
        ['教学总时长', '12小时', '其中理论', '10小时'],
        ['实践（技术示范）', '2小时', '拟授学分', '4分'],
      ],
    ],
    expected: { project: { hours: 12, theoryHours: 10, practiceHours: 2, credits: 4 } },
  },
  {
    says: 'the number of days behind the dates',
    specs: [[['举办起止时间', '2025.10.18～2025.10.19（共2天）', '地点', '上海市沪塘医院']]],
    expected: {
      project: { days: 2, sessions: [{ start: '2025-10-18', end: '2025-10-19', place: '上海市沪塘医院' }] },
    },
  },
  {
    says: 'empty brackets behind a claim that stands alone',
    specs: [[['项目类别', '传染病防治知识类项目（　）　京津冀互认项目（√）']]],
    expected: { project: { infectiousDisease: false, jingJinJi: true } },
  },
  {
    says: 'brackets ticked ahead of each claim',
    specs: [[['项目类别', '（√）传染病防治知识类项目　（　）京津冀互认项目']]],
    expected: { project: { infectiousDisease: true, jingJinJi: false } },
  },
  {
    says: 'a title broken twice by a narrow line',
    specs: ['附件2-1', '2025年北京市级继续医学教育推', '荐项目', '申　 报 　表', '项目名称：心肺复苏培训班'],
    expected: { project: { level: 'provincial', year: 2025, name: '心肺复苏培训班' } },
  },
  {
    says: 'the place in brackets on a line of its own under the title',
    specs: ['2025年市级继续医学教育推荐项目申报表', '（上海市）', '项目名称：肺康复培训班'],
    expected: { project: { level: 'provincial', year: 2025, name: '肺康复培训班' } },
  },
  {
    says: 'post and teaching asked without 是否, answered in words or boxes',
    specs: [
      [
        ['姓名', '程书言', '在职(岗)', '☑是 □否', '承担授课', '☑是 □否'],
        ['性别', '女', '年龄', '50', '职务', '主任'],
      ],
    ],
    expected: { leader: { name: '程书言', sex: '女', age: 50, post: '主任', employed: true, teaches: true } },
  },
  {
    says: 'in post as the answer, not the question',
    specs: [[['是否在职(岗)', '在职', '职称', '主任医师']], '在岗情况：在岗　　姓名：程书言'],
    expected: { leader: { name: '程书言', title: '主任医师', employed: true } },
  },
  {
    says: 'answers ticked in brackets beside each other on a free line',
    specs: ['是否在职(岗)  是(√) 否( )  是否参与项目授课  是(√) 否( )', '京津冀互认项目：是（√）否（ ）'],
    expected: { project: { jingJinJi: true }, leader: { employed: true, teaches: true } },
  },
  {
    says: 'a row of labels and values in columns right under long text',
    specs: [
      '项目内容：',
      '课程从流行病学资料讲起，依次介绍评估工具、诊断路径、治疗选择和随访要点。',
      '学员听得懂、学得会、带得走。',
      '参加对象    肿瘤科、药学人员    招生人数    200人',
      '总学时数    36    学分    12',
      '考核方式    笔试',
      '举办日期    2025.4.19-2025.4.20    举办地点    北京会议中心',
    ],
    expected: {
      project: {
        content: '课程从流行病学资料讲起，依次介绍评估工具、诊断路径、治疗选择和随访要点。学员听得懂、学得会、带得走。',
        audience: '肿瘤科、药学人员',
        enrollment: 200,
        hours: 36,
        credits: 12,
        assessment: '笔试',
        sessions: [{ start: '2025-04-19', end: '2025-04-20', place: '北京会议中心' }],
      },
    },
  },
  {
    says: 'a numbered heading, then its labels in running lines parted by semicolons',
    specs: [
      '六、项目负责人',
      '姓名：苏映晴；性别：女；出生年月：1975年9月；学历：本科；职称：主任护师；',
      '工作单位：温州市瓯澜医院；从事专业：护理管理；在职情况：在职',
    ],
    expected: {
      leader: {
        name: '苏映晴',
        sex: '女',
        birth: '1975-09',
        degree: '本科',
        title: '主任护师',
        unit: '温州市瓯澜医院',
        speciality: '护理管理',
        employed: true,
      },
    },
  },
  {
    says: 'both disciplines with their ranks in brackets',
    specs: ['所属学科：护理学（二级）　护理管理学（三级）'],
    expected: { project: { discipline: '护理学', subdiscipline: '护理管理学' } },
  },
  {
    says: 'parts of the hours named by 其中 and a colon',
    specs: [[['学时总数', '9', '其中：理论', '6', '其中：实验', '3']]],
    expected: { project: { hours: 9, theoryHours: 6, practiceHours: 3 } },
  },
  {
    says: 'the sessions as a plan of courses',
    specs: [
      [['办班计划', '第1期　2025年4月26日　北京云岭医院三层会议厅\n第2期　2025年10月25日　北京市栖山区卫生学校']],
    ],
    expected: {
      project: {
        sessions: [
          { start: '2025-04-26', end: '2025-04-26', place: '北京云岭医院三层会议厅' },
          { start: '2025-10-25', end: '2025-10-25', place: '北京市栖山区卫生学校' },
        ],
      },
    },
  },
  {
    says: 'who recommends, with title and unit in brackets behind the name',
    specs: [[['同行评议意见', '课程层次清楚，建议推荐。\n顾承泽（主任医师，北京澄湖医院）　2024年11月20日']]],
    expected: {
      peerReview: {
        text: '课程层次清楚，建议推荐。',
        reviewer: '顾承泽',
        title: '主任医师',
        unit: '北京澄湖医院',
        date: '2024-11-20',
      },
    },
  },
  {
    says: 'the year at the head of the line below the title',
    specs: ['北京市继续医学教育推荐项目（市级）申报表', '2025年度　　　　填报日期：2024年11月21日'],
    expected: { project: { level: 'provincial', year: 2025 }, cover: { date: '2024-11-21' } },
  },
  {
    says: 'what was held the year before',
    specs: [
      [
        [{ t: '上年度举办情况', r: 2 }, '举办时间：2020年9月11日—12日', '地点：湘洲市', '培训人数：86'],
        [{ t: '是否按时汇报执行情况：☑是 □否', c: 3 }],
        [{ t: '本年度举办计划', r: 2 }, '举办起止日期', { t: '2021年4月16日至2021年4月17日', c: 2 }],
        ['举办地点', { t: '湘洲市妇幼保健院示教室', c: 2 }],
        ['拟招生人数', '90', '学时 / 学分', '9 / 3'],
      ],
    ],
    expected: {
      project: {
        enrollment: 90,
        hours: 9,
        credits: 3,
        sessions: [{ start: '2021-04-16', end: '2021-04-17', place: '湘洲市妇幼保健院示教室' }],
      },
    },
  },
  {
    says: 'a skill as an answer, and looser names of boxes',
    specs: [[['考核办法', '技能操作', '承担授课', '■是 □否']]],
    expected: { project: { assessment: '技能操作' }, leader: { teaches: true } },
  },
  {
    says: 'pairs of labels and values side by side without rulings',
    specs: [
      '所在学科    肿瘤学  申报日期 2024.11.22',
      '项目负责人  江听澜  申报单位 北京云岭医院',
      '证件号码    990101197211301683  最高学历 硕士',
    ],
    expected: {
      project: { discipline: '肿瘤学' },
      unit: { name: '北京云岭医院', kind: 'medical' },
      leader: { name: '江听澜', idNumber: '990101197211301683', degree: '硕士' },
      cover: { date: '2024-11-22' },
    },
  },
  {
    says: 'a title with wide gaps on its second line',
    specs: ['附件2-1', '2025年北京市级继续医学教育推荐项目', '申　 报 　表', '项 目 名 称：心肺复苏培训班'],
    expected: { project: { level: 'provincial', year: 2025, name: '心肺复苏培训班' } },
  },
]

describe('layouts of other makers', () => {
  it.each(PIECES)('$says', ({ specs, expected }) => {
    const { commitment: _pledge, ...declaration } = extractDeclaration([build(specs)]).declaration
    expect(declaration).toEqual(expected)
  })

  it('takes no group cell before blank rows for a teacher', () => {
    const rows = [
      [{ t: '授课教师', c: 2 }, '专业技术职称', '所在单位', '讲授题目', '学时'],
      [{ t: '理论授课教师', r: 2 }, '沈予安', '主任医师', '北京云岭医院', '胆管狭窄的支架选择', '2'],
      ['', '', '', '', ''],
      [{ t: '实验（技术示范）教师', r: 2 }, '', '', '', '', ''],
      ['', '', '', '', ''],
    ]
    expect(extractDeclaration([build([rows])]).declaration.teachers?.map(({ name }) => name)).toEqual(['沈予安'])
  })

  it('takes 授课教师 over a column of groups for no heading of names', () => {
    const rows = [
      ['授课教师', '姓名', '专业技术职称', '所在单位', '签字'],
      [{ t: '理论授课教师', r: 2 }, '沈予安', '主任医师', '北京云岭医院', ''],
      ['唐以宁', '副主任医师', '北京澄湖医院', ''],
      ['实验（技术示范）教师', '苏映晴', '主管护师', '北京云岭医院', ''],
    ]
    expect(
      extractDeclaration([build([rows])]).declaration.teachers?.map(({ name, title, kind }) => [name, title, kind]),
    ).toEqual([
      ['沈予安', '主任医师', 'theory'],
      ['唐以宁', '副主任医师', 'theory'],
      ['苏映晴', '主管护师', 'practice'],
    ])
  })

  it('ends an unruled list at the heading of the next page', () => {
    const form = build([
      '授课教师    专业技术职称    所在单位    讲授题目    学时',
      '沈予安      主任医师        北京云岭医院    血管评估    2',
      null,
      '评议与意见',
      '其他需要说明的情况：无',
    ])
    expect(extractDeclaration([form]).declaration.teachers?.map(({ name }) => name)).toEqual(['沈予安'])
  })

  it('parts topic and method in a column that names both', () => {
    const rows = [
      ['教师', '职称', '工作单位', '题目及授课方法', '时数'],
      ['沈予安', '主任医师', '北京云岭医院', '慢性肾病的筛查（讲授）', '2'],
    ]
    expect(extractDeclaration([build([rows])]).declaration.teachers?.[0]).toMatchObject({
      name: '沈予安',
      topic: '慢性肾病的筛查',
      method: '讲授',
      hours: 2,
    })
  })

  it('takes the 一 and the semicolon of a scan for the dash and the colon they were', () => {
    const form = build(
      [
        [
          ['所在学科', '急诊学一急诊学'],
          ['同行评议意见', '课程层次清楚，建议推荐。\n评议专家：唐以宁\n职称：主任医师 工作单位；北京澄湖医院'],
        ],
      ],
      { source: 'ocr', confidence: 0.95 },
    )
    const { project, peerReview } = extractDeclaration([form]).declaration
    expect(project).toEqual({ discipline: '急诊学', subdiscipline: '急诊学' })
    expect(peerReview).toMatchObject({ reviewer: '唐以宁', title: '主任医师', unit: '北京澄湖医院' })
  })
})

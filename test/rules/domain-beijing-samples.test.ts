import { expect, test } from 'vitest'
import { completeDeclaration } from '../../src/declaration/complete.ts'
import { Declaration, type Teacher } from '../../src/declaration/schema.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import type { Context } from '../../src/rules/context.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'

const pack = loadPacks(packSourceFromFolder('rules')).packs.get('beijing-2025-municipal')
if (!pack) throw new Error('no pack beijing-2025-municipal')
const beijing = pack

/** `name｜title｜method｜unit｜topic｜hours`, a line a lecture. */
function teachers(rows: string): Partial<Teacher>[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [name, title, method, unit, topic, hours] = row.split('｜')
      return { name, title, method, unit, topic, hours: Number(hours) } as Partial<Teacher>
    })
}

const sentences = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `第${at + 1}项工作围绕临床问题${'甲乙丙丁戊己庚辛壬癸子丑'[at % 12]}展开并按计划完成，`,
  ).join('')

const review = (input: object, context: Context = {}) => {
  const declaration = completeDeclaration(Declaration.parse(input))
  return evaluatePack(beijing, { declaration, context })
}

const named = (findings: ReturnType<typeof review>, status: string, severity?: string) =>
  findings
    .filter((finding) => finding.status === status && (!severity || finding.severity === severity))
    .map(({ rule }) => rule)
    .sort()

const base = {
  cover: { date: '2024-11-20', sealed: true },
  unitOpinion: { text: '情况属实，同意申报。', sealed: true },
  commitment: { present: true, signed: true },
  seals: [{ page: 1, box: null, text: '北京澄湖医院' }],
  overview: sentences(20),
  peerReview: { text: sentences(14), reviewer: '唐以宁', unit: '北京云岭医院', title: '主任药师' },
}
const project = {
  level: 'provincial',
  year: 2025,
  delivery: 'in-person',
  audience: '北京地区各级医疗机构药师、医师',
  assessment: '笔试',
  objective: '提高合理用药能力',
  content: '课程包括前置审方、处点评与多学科协作。',
  jingJinJi: false,
  infectiousDisease: false,
}
const leader = {
  name: '林知远',
  sex: '男',
  birth: '1970-03',
  title: '主任药师',
  post: '副主任',
  degree: '博士研究生',
  unit: '北京澄湖医院',
  speciality: '临床药学',
  employed: true,
  teaches: true,
  signed: true,
  achievements: sentences(20),
}

const S01 = {
  ...base,
  project: {
    ...project,
    name: '围手术期抗菌药物合理使用与药学监护培训班',
    discipline: '药学-临床药学和临床药理学',
    enrollment: 120,
    hours: 12,
    theoryHours: 12,
    practiceHours: 0,
    credits: 4,
    days: 2,
    sessions: [{ start: '2025-05-17', end: '2025-05-18', place: '北京澄湖医院学术报告厅' }],
  },
  unit: { name: '北京澄湖医院', kind: 'medical', contact: '陆星野', phone: '010-00000000' },
  leader,
  teachers: teachers(`
林知远｜主任药师｜多媒体,讲座｜北京澄湖医院药学部｜围手术期预防用药的前置审方规则｜3
顾承泽｜主任医师｜多媒体,讲座｜首都医科大学附属北京澄湖医院｜手术部位感染的流行病学与防控｜2
许若澜｜副主任药师｜讲座,案例讨论｜北京澄湖医院｜特殊人群抗菌药物剂量调整｜2
陈砚秋｜副主任医师｜讲座｜北京澄湖医院｜感染多学科会诊实例｜2
何景行｜教授｜讲座｜京北医科大学｜抗菌药物PK/PD基础与应用｜2
唐以宁｜主任药师｜讲座,案例讨论｜北京云岭医院｜处方点评与持续改进｜1`),
}

test('S01, a good hospital project, fails nothing', () => {
  const findings = review(S01)
  expect(findings.filter(({ status }) => status === 'fail').map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
    [],
  )
  const open = findings.filter(
    ({ status, cause, severity }) => status === 'unknown' && severity === 'error' && cause !== 'context',
  )
  expect(open.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
})

test('S01 with what the caller knows leaves only the models’ rules open', () => {
  const findings = review(S01, {
    leaderProjects: [],
    unitProjects: [],
    unitStanding: {
      approved: true,
      licence: '合格',
      assessment: '合格',
      supervision: '合格',
      execution: true,
      reporting: true,
    },
    integrityRecords: [],
  })
  const open = findings.filter(({ status, cause }) => status === 'unknown' && cause !== 'llm-unavailable')
  expect(open.map(({ rule }) => rule)).toEqual([])
})

test('S02, a retired leader and two thirds of the teachers from elsewhere', () => {
  const findings = review({
    ...base,
    seals: [{ page: 1, box: null, text: '北京云岭医院' }],
    peerReview: { ...base.peerReview, unit: '北京澄湖医院' },
    project: {
      ...S01.project,
      name: '消化系统肿瘤内镜诊断新技术培训班',
      discipline: '临床内科学-消化病学',
      enrollment: 80,
      hours: 9,
      theoryHours: 9,
      credits: 3,
    },
    unit: { name: '北京云岭医院', contact: '叶清和', phone: '010-00000000' },
    leader: {
      ...leader,
      name: '周牧之',
      birth: undefined,
      age: 63,
      title: '正高级',
      post: '原科主任',
      unit: '北京云岭医院',
      employed: false,
      teaches: false,
      experience: '2023.06-至今 北京云岭医院 返聘专家',
    },
    teachers: teachers(`
沈予安｜主任医师｜多媒体,讲座｜北京云岭医院｜早期胃癌内镜诊断｜3
程书言｜副主任医师｜多媒体,讲座｜北京澄湖医院｜结直肠病变的放大内镜判读｜3
宋令仪｜教授｜多媒体,讲座｜京北医科大学｜内镜人工智能辅助诊断进展｜3`),
  })
  expect(named(findings, 'fail', 'error')).toEqual([
    'leader-employed',
    'leader-teaches',
    'teacher-home-share',
    'teacher-title-explicit',
  ])
})

test('S03, too many intermediate nurses, a level word, too many credits, short achievements', () => {
  const findings = review({
    ...base,
    project: {
      ...S01.project,
      name: '外科护理新进展与慢性伤口管理学习班',
      discipline: '护理学-外科护理学',
      enrollment: 100,
      hours: 10,
      theoryHours: 10,
      credits: 5,
    },
    unit: S01.unit,
    leader: {
      ...leader,
      name: '苏映晴',
      sex: '女',
      birth: '1975-09',
      title: '副主任护师',
      achievements:
        '苏映晴，副主任护师，从事外科护理工作十八年，擅长造口及慢性伤口护理，发表论文六篇，多次获得医院优秀护士长称号，教学经验丰富，深受学员好评。',
    },
    teachers: teachers(`
苏映晴｜副主任护师｜讲座｜北京澄湖医院｜慢性伤口评估与记录｜3
叶清和｜主管护师｜讲座｜北京澄湖医院｜负压伤口治疗护理｜2
韩亦舟｜主管护师｜讲座｜北京澄湖医院｜造口周围皮肤并发症｜2
陆星野｜主管护师｜讲座｜北京云岭医院｜敷料选择｜1
方既白｜高级｜讲座｜北京云岭医院｜护理质量指标｜2`),
  })
  expect(named(findings, 'fail', 'error')).toEqual([
    'credits-match-hours',
    'leader-achievements-length',
    'teacher-nursing-share',
    'teacher-title-explicit',
  ])
})

test('S04, a society in front of one hospital', () => {
  const findings = review({
    ...base,
    seals: [{ page: 1, box: null, text: '北京澄明护理学会' }],
    project: {
      ...S01.project,
      name: '第八届社区糖尿病综合管理高峰论坛',
      discipline: '临床内科学-内分泌学',
      enrollment: 200,
    },
    unit: { name: '北京澄明护理学会', contact: '叶清和', phone: '010-00000000' },
    leader: { ...leader, name: '江听澜', sex: '女', birth: '1972-11', title: '主任医师' },
    teachers: teachers(`
江听澜｜主任医师｜讲座｜北京澄湖医院内分泌科｜糖尿病管理路径｜2
顾承泽｜主任医师｜讲座｜首都医科大学附属北京澄湖医院｜心肾共病管理｜2
许若澜｜副主任药师｜讲座｜北京澄湖医院｜降糖药物治疗管理｜2
苏映晴｜副主任护师｜讲座｜北京澄湖医院（新龙泽院区）｜胰岛素注射技术｜1
叶清和｜副主任护师｜讲座｜北京澄湖医院｜糖尿病足护理｜1
沈予安｜主任医师｜讲座｜北京云岭医院｜血糖监测新技术｜2
何景行｜教授｜讲座｜京北医科大学｜指南解读｜1
唐以宁｜主任药师｜讲座｜北京云岭医院｜药师门诊｜1`),
  })
  expect(named(findings, 'fail', 'error')).toEqual(['teacher-society-share'])
  expect(named(findings, 'fail', 'warning')).toEqual(['name-event-type', 'proxy-declaration'])
  expect(named(findings, 'fail', 'info')).toContain('name-restricted-terms')
  expect(findings.find(({ rule }) => rule === 'teacher-society-share')?.message).toContain('62.5%')
  expect(named(findings, 'unknown')).toEqual(expect.arrayContaining(['leader-unit', 'society-inspection-certificate']))
})

test('S05, a skill project with two of five teachers of intermediate rank', () => {
  const findings = review({
    ...base,
    seals: [{ page: 1, box: null, text: '北京云岭医院' }],
    peerReview: { ...base.peerReview, unit: '北京澄湖医院' },
    project: {
      ...S01.project,
      name: '超声引导下血管穿刺置管技能实训班',
      discipline: '急诊学-急诊学',
      enrollment: 40,
      hours: 9,
      theoryHours: 3,
      practiceHours: 6,
      credits: 3,
      jingJinJi: true,
    },
    unit: { name: '北京云岭医院', contact: '叶清和', phone: '010-00000000' },
    leader: { ...leader, name: '方既白', birth: '1974-02', title: '副主任医师', unit: '北京云岭医院' },
    teachers: teachers(`
方既白｜副主任医师｜讲座｜北京云岭医院｜超声物理基础与伪像｜1.5
沈予安｜主任医师｜讲座｜北京云岭医院｜中心静脉通路选择｜1.5
韩亦舟｜主治医师｜实验,演示｜北京云岭医院｜颈内静脉穿刺实操｜2
陆星野｜主治医师｜实验,演示｜北京云岭医院｜动脉置管实操｜2
程书言｜副主任医师｜实验,演示｜北京澄湖医院｜并发症处理演练｜2`),
  })
  expect(named(findings, 'fail', 'error')).toEqual(['teacher-intermediate-share'])
  expect(named(findings, 'pass')).toContain('jingjinji-enrollment')
})

test('S06, seven sessions, one without a place, mutual recognition with eighty learners, the box ticked twice over', () => {
  const findings = review({
    ...base,
    seals: [{ page: 1, box: null, text: '北京市栖山区疾病预防控制中心' }],
    project: {
      ...S01.project,
      name: '新发呼吸道传染病诊治能力提升培训班',
      discipline: '临床内科学-感染病学',
      enrollment: 80,
      hours: 6,
      theoryHours: 6,
      credits: 2,
      jingJinJi: true,
      infectiousDisease: true,
      sessions: Array.from({ length: 7 }, (_, at) => ({
        start: `2025-0${at + 1}-10`,
        end: `2025-0${at + 1}-10`,
        place: at === 4 ? null : '疾控中心报告厅',
      })),
    },
    unit: { name: '北京市栖山区疾病预防控制中心', contact: '叶清和', phone: '010-00000000' },
    leader: {
      ...leader,
      name: '宋令仪',
      sex: '女',
      birth: '1976-06',
      title: '主任医师',
      unit: '北京市栖山区疾病预防控制中心',
    },
    teachers: teachers(`
宋令仪｜主任医师｜讲座｜北京市栖山区疾病预防控制中心｜流感监测与处置｜2
陆星野｜副主任技师｜讲座｜北京市栖山区疾控中心｜病原检测技术｜2
何景行｜教授｜讲座｜京北医科大学｜抗病毒治疗进展｜2`),
  })
  expect(named(findings, 'fail', 'error')).toEqual([
    'infectious-flag',
    'jingjinji-enrollment',
    'sessions-cap',
    'sessions-detailed',
  ])
  expect(named(findings, 'pass')).toContain('teacher-home-share')
})

const screenshot = (unit: string) =>
  review({
    project: {
      ...project,
      name: '围手术期肠道管理培训班',
      discipline: '临床外科学-普通外科学',
      enrollment: 100,
      hours: 9,
    },
    unit: { name: unit },
    leader: {
      name: '江听澜',
      sex: '女',
      age: 56,
      title: '正高级 教授',
      post: '副主任',
      degree: '硕士研究生',
      unit: '北京澄湖医院',
      speciality: '临床药学',
      employed: false,
      teaches: false,
    },
    teachers: teachers(`
苏映晴｜副主任护师｜多媒体,讲座｜首都医科大学附属北京云岭医院｜围手术期肠粘连的防治｜3
韩亦舟｜主治医师｜实验,演示｜湘洲市第一人民医院｜围手术期肠道菌群失调的防治研究｜3
宋令仪｜研究员｜多媒体,讲座｜首都医科大学附属北京云岭医院｜小儿粘膜炎的机制及防治｜3`),
  })

test('the screenshot of the notice: whose teachers they are depends on the applicant, not on the leader', () => {
  const own = screenshot('北京澄湖医院')
  expect(named(own, 'fail')).toEqual(
    expect.arrayContaining(['leader-employed', 'leader-teaches', 'teacher-home-share']),
  )
  expect(named(own, 'fail')).not.toContain('teacher-title-explicit')
  expect(named(own, 'unknown')).toContain('teacher-intermediate-share')
  expect(named(screenshot('北京云岭医院'), 'pass')).toContain('teacher-home-share')
})

test('every clause cited is in the ledger, and the pack has the notice’s hundred clauses', () => {
  expect(beijing.ledger.map(({ id }) => id)).toEqual(
    Array.from({ length: 100 }, (_, at) => `BJ-${String(at + 1).padStart(2, '0')}`),
  )
})

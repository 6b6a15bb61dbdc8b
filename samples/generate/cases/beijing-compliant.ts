import type { Case } from '../case.ts'
import { exactly } from '../texts.ts'
import { compliant, type Lecture, PEOPLE } from './base.ts'

const pack = 'beijing-2025-municipal'
const CHENGHU = '北京澄湖医院'
const YUNLING = '北京云岭医院'
const JINGBEI = '京北医科大学'
const outside: [string, string, string] = ['唐以宁', '主任医师', '北京槐安医院']

/** Campus, department and affiliation wordings of one hospital: 4 of 6 teachers are its own. */
export const medical: Case = {
  ...compliant({
    id: 'bm-medical',
    pack,
    name: '围手术期抗菌药物合理使用与药学监护培训班',
    topic: '围手术期抗菌药物合理使用',
    unit: CHENGHU,
    kind: 'medical',
    department: '药学部',
    discipline: ['药学', '临床药学和临床药理学'],
    leader: PEOPLE.lin,
    leaderTitle: '主任药师',
    lectures: [
      ['林知远', '主任药师', '多媒体,讲座', '北京澄湖医院药学部', '围手术期预防用药的前置审方规则', 3, '临床药学'],
      [
        '顾承泽',
        '主任医师',
        '多媒体,讲座',
        '首都医科大学附属北京澄湖医院',
        '手术部位感染的流行病学与防控',
        2,
        '普通外科',
      ],
      ['许若澜', '副主任药师', '讲座,案例讨论', CHENGHU, '特殊人群抗菌药物剂量调整', 2, '抗感染药学'],
      ['陈砚秋', '副主任医师', '讲座', '北京澄湖医院（新龙泽院区）', '感染多学科会诊实例', 2, '感染病学'],
      ['何景行', '教授', '讲座', JINGBEI, '抗菌药物PK/PD基础与应用', 2, '药理学'],
      ['唐以宁', '主任药师', '讲座,案例讨论', YUNLING, '处方点评与持续改进', 1, '医院药学'],
    ],
    credits: 4,
    reviewer: ['秦望舒', '主任药师', '北京槐安医院'],
  }),
  context: { unitAliases: ['首都医科大学附属北京澄湖医院', '北京澄湖医院（新龙泽院区）'] },
  findings: {
    'teacher-home-share': 'pass',
    'credits-match-hours': 'pass',
    'hours-consistent': 'pass',
    'leader-id-number': 'pass',
  },
}

/** Exactly half of the teachers are the university's own; the title carries its rank. */
export const university: Case = {
  ...compliant({
    id: 'bm-university',
    pack,
    name: '临床研究设计与统计方法学习班',
    topic: '临床研究设计与统计方法',
    unit: JINGBEI,
    kind: 'teaching',
    department: '公共卫生学院',
    discipline: ['公共卫生与预防医学', '统计流行病学'],
    leader: PEOPLE.cheng,
    leaderTitle: '正高级 教授',
    leaderPost: '副院长',
    lectures: [
      ['程书言', '正高级 教授', '讲座', JINGBEI, '研究问题与设计类型', 2, '流行病学'],
      ['莫怀瑾', '副教授', '讲座', JINGBEI, '样本量估计', 1.5, '生物统计'],
      ['沈予安', '主任医师', '讲座', YUNLING, '真实世界数据的利用', 1.5, '消化内科'],
      ['许若澜', '副主任药师', '案例讨论', CHENGHU, '临床试验药物管理', 1, '临床药学'],
    ],
    credits: 2,
    reviewer: ['裴映川', '研究员', '北京医学信息研究所'],
    change: (full) => {
      full.project.contentClass = '基础训练类'
      full.leader.birth = '1973-04-26'
    },
  }),
  findings: {
    'teacher-home-share': 'pass',
    'teacher-title-explicit': 'pass',
    'leader-title': 'pass',
    'hours-consistent': 'pass',
  },
}

export const research: Case = {
  ...compliant({
    id: 'bm-research',
    pack,
    name: '国际疾病分类ICD-10编码实务培训班',
    topic: '疾病分类编码',
    unit: '北京医学信息研究所',
    kind: 'research',
    department: '编码研究室',
    discipline: ['医学教育与卫生管理学', '卫生管理'],
    leader: PEOPLE.he,
    leaderTitle: '研究员',
    leaderPost: '研究室主任',
    lectures: [
      ['何景行', '研究员', '讲座', '北京医学信息研究所', '编码规则总论', 3, '卫生信息管理'],
      ['秦望舒', '副研究员', '讲座', '北京医学信息研究所', '主要诊断的选择', 3, '病案管理'],
      ['方既白', '副主任医师', '案例讨论', CHENGHU, '疑难病案讨论', 3, '病案管理'],
    ],
    credits: 3,
    enrollment: 60,
    reviewer: outside,
  }),
  findings: { 'name-restricted-terms': 'pass', 'teacher-home-share': 'pass', 'credits-match-hours': 'pass' },
}

/** A society: no employer has more than half of the teachers, the largest exactly half. */
export const society: Case = {
  ...compliant({
    id: 'bm-society',
    pack,
    name: '基层高血压合理用药与随访管理研修班',
    topic: '基层高血压管理',
    unit: '北京澄明护理学会',
    kind: 'society',
    department: '学术部',
    discipline: ['全科医学', '全科医学'],
    leader: PEOPLE.jiang,
    leaderTitle: '主任医师',
    leaderPost: '副会长',
    lectures: [
      ['江听澜', '主任医师', '讲座', CHENGHU, '高血压分级与危险分层', 2, '心血管内科'],
      ['顾承泽', '主任医师', '讲座', CHENGHU, '降压药物的选择', 2, '心血管内科'],
      ['沈予安', '主任医师', '讲座', YUNLING, '继发性高血压的识别', 1, '内分泌科'],
      ['何景行', '教授', '讲座', JINGBEI, '血压测量的误差', 1, '生理学'],
    ],
    credits: 2,
    reviewer: outside,
  }),
  findings: { 'teacher-society-share': 'pass', 'teacher-home-share': 'skipped' },
}

const NURSES: Lecture[] = [
  ['苏映晴', '副主任护师', '讲座', CHENGHU, '慢性伤口评估与记录', 2, '外科护理'],
  ['叶清和', '主管护师', '讲座', CHENGHU, '负压伤口治疗护理', 1, '伤口造口'],
  ['韩亦舟', '主管护师', '讲座', CHENGHU, '造口周围皮肤并发症', 1, '伤口造口'],
  ['欧阳晗', '主任护师', '讲座', CHENGHU, '护理质量敏感指标', 2, '护理管理'],
  ['陆星野', '副主任护师', '案例讨论', YUNLING, '敷料选择与成本', 2, '外科护理'],
]

/** Two of five teachers are intermediate nurses: exactly 40 %. */
export const nursing: Case = {
  ...compliant({
    id: 'bm-nursing',
    pack,
    name: '外科护理新进展与慢性伤口管理学习班',
    topic: '慢性伤口护理',
    unit: CHENGHU,
    kind: 'medical',
    department: '护理部',
    discipline: ['护理学', '外科护理学'],
    leader: PEOPLE.su,
    leaderTitle: '副主任护师',
    leaderPost: '科护士长',
    lectures: NURSES,
    credits: 2.7,
    reviewer: ['唐以宁', '主任护师', '北京槐安医院'],
  }),
  findings: { 'teacher-nursing-share': 'pass', 'teacher-theory-title': 'pass', 'credits-match-hours': 'pass' },
}

const SKILLS: Lecture[] = [
  ['方既白', '副主任医师', '讲座', YUNLING, '超声物理基础与伪像', 1.5, '急诊医学'],
  ['沈予安', '主任医师', '讲座', YUNLING, '中心静脉通路选择', 1.5, '重症医学'],
  ['韩亦舟', '主治医师', '实验,演示', YUNLING, '颈内静脉穿刺实操', 1, '急诊医学'],
  ['陆星野', '主治医师', '实验,演示', YUNLING, '动脉置管实操', 1, '急诊医学'],
  ['秦望舒', '主治医师', '实验,演示', YUNLING, '外周静脉导管实操', 1, '麻醉'],
  ['程书言', '副主任医师', '实验,演示', CHENGHU, '并发症处理演练', 1, '血管外科'],
  ['顾承泽', '主任医师', '实验,演示', CHENGHU, '超声探头操作', 0.5, '超声医学'],
  ['莫怀瑾', '副主任医师', '实验,演示', YUNLING, '模拟人操作训练', 0.5, '急诊医学'],
  ['裴映川', '副主任医师', '实验,演示', YUNLING, '无菌屏障技术示范', 0.5, '医院感染'],
  ['欧阳晗', '主任护师', '实验,演示', YUNLING, '导管维护操作', 0.5, '护理'],
]

/** Three of ten are intermediate: exactly 30 %. Forty learners are enough for mutual recognition because it is practical. */
export const skill: Case = {
  ...compliant({
    id: 'bm-skill',
    pack,
    name: '超声引导下血管穿刺置管技能实训班',
    topic: '超声引导血管穿刺',
    unit: YUNLING,
    kind: 'medical',
    department: '急诊科',
    discipline: ['急诊学', '急诊学'],
    leader: PEOPLE.fang,
    leaderTitle: '副主任医师',
    lectures: SKILLS,
    credits: 3,
    enrollment: 40,
    reviewer: outside,
    change: (full) => {
      full.project.jingJinJi = true
      full.project.practical = true
    },
  }),
  findings: {
    'teacher-intermediate-share': 'pass',
    'jingjinji-enrollment': 'pass',
    'hours-consistent': 'pass',
    'teacher-home-share': 'pass',
  },
}

/** Remote: nine hours, three credits, the cap. */
export const remote: Case = {
  ...compliant({
    id: 'bm-remote',
    pack,
    name: '医患沟通与医学人文素养提升班',
    topic: '医患沟通',
    unit: CHENGHU,
    kind: 'medical',
    department: '医务处',
    discipline: ['卫生法规与医学伦理学', '医患沟通'],
    leader: PEOPLE.jiang,
    leaderTitle: '主任医师',
    lectures: [
      ['江听澜', '主任医师', '线上直播,讲座', CHENGHU, '告知与同意', 3, '医务管理'],
      ['许若澜', '副主任药师', '线上直播,讲座', CHENGHU, '用药交代', 3, '临床药学'],
      ['宋令仪', '教授', '线上直播,讲座', JINGBEI, '叙事医学导论', 3, '医学人文'],
    ],
    credits: 3,
    enrollment: 1500,
    reviewer: outside,
    change: (full) => {
      full.project.delivery = 'remote'
    },
  }),
  context: { unitStanding: { approved: true, licence: true, inspection: true, assessment: true } },
  findings: { 'credits-cap': 'pass' },
}

/** A CDC with the short form of its name, mutual recognition with exactly 100 learners, six sessions. */
export const cdc: Case = {
  ...compliant({
    id: 'bm-cdc',
    pack,
    name: '新发呼吸道传染病诊治能力提升培训班',
    topic: '新发呼吸道传染病防治',
    unit: '北京市栖山区疾病预防控制中心',
    kind: 'medical',
    department: '传染病控制科',
    discipline: ['公共卫生与预防医学', '统计流行病学'],
    leader: PEOPLE.song,
    leaderTitle: '主任医师',
    lectures: [
      ['宋令仪', '主任医师', '讲座', '北京市栖山区疾病预防控制中心', '流感监测与处置', 2, '传染病控制'],
      ['陆星野', '副主任技师', '讲座', '北京市栖山区疾控中心', '病原检测技术', 2, '微生物检验'],
      ['何景行', '教授', '讲座', JINGBEI, '抗病毒治疗进展', 2, '感染病学'],
    ],
    credits: 2,
    enrollment: 100,
    reviewer: outside,
    change: (full) => {
      full.project.infectiousDisease = true
      full.project.jingJinJi = true
      full.project.sessions = ['03', '04', '05', '06', '09', '10'].map((month, index) => ({
        start: `2025-${month}-12`,
        end: `2025-${month}-12`,
        place: index % 2 ? '栖山区社区卫生服务中心会议室' : '栖山区疾病预防控制中心培训教室',
        enrollment: 100,
      }))
    },
  }),
  findings: {
    'sessions-cap': 'pass',
    'sessions-detailed': 'pass',
    'jingjinji-enrollment': 'pass',
    'teacher-home-share': 'pass',
  },
}

const LONG: Lecture[] = Array.from({ length: 24 }, (_, index): Lecture => {
  const [name, title, unit] = (
    [
      ['顾承泽', '主任医师', CHENGHU],
      ['陈砚秋', '副主任医师', CHENGHU],
      ['江听澜', '主任医师', CHENGHU],
      ['何景行', '教授', JINGBEI],
      ['许若澜', '副主任药师', CHENGHU],
      ['沈予安', '主任医师', YUNLING],
    ] as const
  )[index % 6] ?? ['', '', '']
  const topics = ['分型与诊断', '药物治疗', '器械治疗', '围术期管理', '康复与随访', '典型病例']
  const diseases = ['慢性心力衰竭', '心房颤动', '急性冠脉综合征', '心脏瓣膜病']
  const disease = diseases[Math.floor(index / 6)] ?? ''
  return [name, title, '讲座', unit, `${disease}的${topics[index % 6]}`, index % 4 === 0 ? 2 : 1, '心血管病学']
})

/** 24 lectures over two pages, 30 hours, exactly 10 credits, exactly 1000 learners. */
export const long: Case = {
  ...compliant({
    id: 'bm-long',
    pack,
    name: '心血管疾病全程管理新技术培训班',
    topic: '心血管疾病全程管理',
    unit: CHENGHU,
    kind: 'medical',
    department: '心血管内科',
    discipline: ['临床内科学', '心血管病学'],
    leader: PEOPLE.gu,
    leaderTitle: '主任医师',
    lectures: LONG,
    credits: 10,
    enrollment: 1000,
    reviewer: ['裴映川', '主任医师', '北京槐安医院'],
    change: (full) => {
      full.project.contentClass = '前沿进展类'
    },
  }),
  findings: {
    'credits-cap': 'pass',
    'enrollment-cap': 'pass',
    'hours-consistent': 'pass',
    'teacher-home-share': 'pass',
  },
}

/** Ten hours with half hours, 3.3 credits, and every length exactly on its bound. */
export const bounds: Case = {
  ...compliant({
    id: 'bm-bounds',
    pack,
    name: '早期胃癌内镜诊断规范化培训班',
    topic: '早期胃癌内镜诊断',
    unit: YUNLING,
    kind: 'medical',
    department: '消化内科',
    discipline: ['临床内科学', '消化病学'],
    leader: PEOPLE.shen,
    leaderTitle: '主任医师',
    lectures: [
      ['沈予安', '主任医师', '讲座', YUNLING, '早期胃癌的白光诊断', 2.5, '消化内镜'],
      ['莫怀瑾', '副主任医师', '讲座', YUNLING, '放大内镜判读', 2.5, '消化内镜'],
      ['顾承泽', '主任医师、教授', '讲座', CHENGHU, '活检与病理对照', 2.5, '病理学'],
      ['宋令仪', '副教授', '讲座', JINGBEI, '人工智能辅助诊断', 2.5, '影像人工智能'],
    ],
    credits: 3.3,
    enrollment: 80,
    reviewer: outside,
    change: (full) => {
      full.peerReview.text = exactly(200, full.peerReview.text ?? '')
      full.leader.achievements = exactly(300, full.leader.achievements ?? '')
      full.overview = exactly(300, full.overview ?? '')
    },
  }),
  findings: {
    'peer-review-length': 'pass',
    'credits-match-hours': 'pass',
    'teacher-home-share': 'pass',
    'hours-consistent': 'pass',
  },
}

/** The unit's own name holds 中国, as real hospitals' names do. */
export const namedChina: Case = {
  ...compliant({
    id: 'bm-named-china',
    pack,
    name: '精神科急症识别与保护性约束规范培训班',
    topic: '精神科急症处置',
    unit: '中国澄湖医院',
    kind: 'medical',
    department: '精神科',
    discipline: ['临床内科学', '精神卫生学'],
    leader: PEOPLE.mo,
    leaderTitle: '主任医师',
    lectures: [
      ['莫怀瑾', '主任医师', '讲座', '中国澄湖医院', '精神科急症的识别', 2, '精神医学'],
      ['欧阳晗', '副主任护师', '讲座', '中国澄湖医院', '保护性约束规范', 2, '精神科护理'],
      ['何景行', '教授', '讲座', JINGBEI, '相关法律与伦理', 2, '医学伦理'],
    ],
    credits: 2,
    enrollment: 60,
    reviewer: outside,
  }),
  findings: { 'name-restricted-terms': 'pass', 'unit-name-complete': 'pass' },
}

/** Each teacher lectures twice or three times; a partner unit; one day. */
export const repeated: Case = {
  ...compliant({
    id: 'bm-repeated',
    pack,
    name: '医院感染暴发识别与处置能力提升班',
    topic: '医院感染暴发处置',
    unit: CHENGHU,
    kind: 'medical',
    department: '感染管理处',
    discipline: ['医院感染（管理）学', '医院感染（管理）学'],
    leader: PEOPLE.ouyang,
    leaderTitle: '主任护师',
    leaderPost: '处长',
    lectures: [
      ['欧阳晗', '主任护师', '讲座', CHENGHU, '暴发的识别与报告', 1, '医院感染管理'],
      ['欧阳晗', '主任护师', '案例讨论', CHENGHU, '暴发调查实例', 1.5, '医院感染管理'],
      ['许若澜', '副主任药师', '讲座', CHENGHU, '抗菌药物与耐药', 1, '临床药学'],
      ['许若澜', '副主任药师', '讲座', CHENGHU, '耐药监测数据解读', 1, '临床药学'],
      ['宋令仪', '主任医师', '讲座', '北京市栖山区疾病预防控制中心', '流行病学调查方法', 1.5, '传染病控制'],
    ],
    credits: 2,
    enrollment: 90,
    reviewer: outside,
    change: (full) => {
      full.unit.partners = ['北京市栖山区疾病预防控制中心', '北京槐安医院']
      full.project.sessions = [
        { start: '2025-05-17', end: '2025-05-17', place: `${CHENGHU}多功能教室`, enrollment: 90 },
      ]
    },
  }),
  findings: {
    'teacher-home-share': 'pass',
    'hours-consistent': 'pass',
    'credits-match-hours': 'pass',
    'sessions-detailed': 'pass',
  },
}

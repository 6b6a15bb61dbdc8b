import { type Case, type Full, mutate } from '../case.ts'
import * as texts from '../texts.ts'
import { compliant, PEOPLE, teach } from './base.ts'

const CHENGHU = '北京澄湖医院'
const JINGBEI = '京北医科大学'
const HUTANG = '上海市沪塘医院'
const OULAN = '温州市瓯澜医院'
const DISTRICT = '瓯澜区人民医院'
const XIANG = '湘洲市第一人民医院'

export const national: Case = {
  ...compliant({
    id: 'bn-heart',
    pack: 'beijing-2025-national',
    name: '心力衰竭全程管理与器械治疗新进展学习班',
    topic: '心力衰竭全程管理',
    unit: CHENGHU,
    kind: 'medical',
    department: '心血管内科',
    discipline: ['临床内科学', '心血管病学'],
    leader: PEOPLE.gu,
    leaderTitle: '主任医师',
    lectures: [
      ['顾承泽', '主任医师', '讲座', CHENGHU, '心衰诊断与分型', 3, '心力衰竭'],
      ['陈砚秋', '副主任医师', '讲座', CHENGHU, '器械治疗适应证', 3, '心脏起搏'],
      ['何景行', '教授', '讲座', JINGBEI, '药物治疗进展', 2, '药理学'],
      ['叶清和', '主管护师', '操作,演示', CHENGHU, '六分钟步行试验操作', 1, '心脏康复'],
    ],
    credits: 3,
    enrollment: 300,
    reviewer: ['裴映川', '主任医师', '北京槐安医院'],
  }),
  findings: {
    'leader-recent-project': 'pass',
    'leader-history-complete': 'pass',
    'leader-title': 'pass',
    'leader-teaches': 'pass',
    'enrollment-outside-share': 'pass',
    'teacher-home-share': 'pass',
    'teacher-theory-title': 'pass',
    'teacher-practice-title': 'pass',
    'credits-cap': 'pass',
    'hours-consistent': 'pass',
    'leader-achievements-length': 'pass',
    'overview-length': 'pass',
    'peer-review-reviewer': 'pass',
    'application-window': 'pass',
    'discipline-listed': 'pass',
  },
}

export const nationalBounds = mutate(
  national,
  'bn-bounds',
  (f) => {
    f.project.outsideShare = 10
    f.project.grassrootsShare = 10
    f.leader.achievements = texts.exactly(300, f.leader.achievements ?? '')
    f.overview = texts.exactly(300, f.overview ?? '')
    f.peerReview.text = texts.exactly(200, f.peerReview.text ?? '')
    f.leader.history = [{ year: 2024, level: 'national', executed: true, number: '2024-03-01-042 (国)' }]
  },
  {
    findings: {
      'enrollment-outside-share': 'pass',
      'leader-achievements-length': 'pass',
      'overview-length': 'pass',
      'peer-review-length': 'pass',
      'leader-recent-project': 'pass',
    },
  },
)

export const nationalFaults = mutate(
  national,
  'bn-faults',
  (f, marks) => {
    Object.assign(f.project, {
      outsideShare: 5,
      grassrootsShare: 8,
      hours: 36,
      theoryHours: 30,
      practiceHours: 6,
      credits: 12,
    })
    f.teachers = teach([
      ['顾承泽', '主任医师', '讲座', CHENGHU, '心衰诊断与分型', 12],
      ['陈砚秋', '副主任医师', '讲座', CHENGHU, '器械治疗适应证', 12],
      ['何景行', '教授', '讲座', JINGBEI, '药物治疗进展', 12],
    ])
    f.leader.history = [
      { year: 2022, level: 'provincial', executed: true, number: '2022-03-01-118 (省)' },
      { year: 2024, level: 'national', executed: true, number: null },
    ]
    f.leader.achievements = texts.shortAchievements('顾承泽', '主任医师')
    f.peerReview = {
      text: texts.SHORT_PEER_REVIEW,
      reviewer: '韩亦舟',
      title: '主治医师',
      unit: CHENGHU,
      date: '2024-11-20',
    }
    marks.unitSeal = false
    marks.coverSeal = false
  },
  {
    findings: {
      'credits-cap': 'fail',
      'peer-review-length': 'fail',
      'peer-review-reviewer': 'fail',
      'leader-history-complete': 'fail',
      'leader-achievements-length': 'fail',
      'enrollment-outside-share': 'fail',
      'hours-consistent': 'fail',
      'unit-seal': 'fail',
      'leader-recent-project': 'pass',
      'teacher-home-share': 'pass',
      'teacher-theory-title': 'pass',
      'overview-length': 'pass',
    },
    verdict: 'return',
  },
)

export const nationalUnproven = mutate(
  national,
  'bn-unproven-leader',
  (f) => {
    f.leader.history = [{ year: 2023, level: 'national', executed: false, number: '2023-03-01-042 (国)' }]
    f.teachers = teach([
      ['顾承泽', '主任医师', '讲座', CHENGHU, '心衰诊断与分型', 5],
      ['何景行', '教授', '讲座', JINGBEI, '药物治疗进展', 3],
      ['叶清和', '护师', '操作,演示', CHENGHU, '六分钟步行试验操作', 1],
    ])
  },
  {
    context: { unitQuota: 2, unitProjects: { national: 3 } },
    findings: {
      'leader-recent-project': 'fail',
      'teacher-practice-title': 'fail',
      'unit-quota': 'fail',
      'leader-history-complete': 'pass',
      'teacher-home-share': 'pass',
    },
    verdict: 'return',
  },
)

const shanghaiParts = (f: Full) => {
  f.cover.date = '2025-02-18'
  f.peerReview.date = '2025-02-16'
  f.unitOpinion.date = '2025-02-19'
  f.commitment.date = '2025-02-16'
  f.unit.phone = '021-55505678'
  f.leader.address = '上海市沪塘区澄江路6号'
  f.project.sessions = [{ start: '2025-06-14', end: '2025-06-15', place: `${HUTANG}教学楼三层`, enrollment: 150 }]
  f.project.days = 2
}

export const shanghai: Case = {
  ...compliant({
    id: 'sm-newborn',
    pack: 'shanghai-2025-municipal',
    name: '新生儿早期基本保健与呼吸支持新技术学习班',
    topic: '新生儿呼吸支持',
    unit: HUTANG,
    kind: 'medical',
    department: '新生儿科',
    discipline: ['儿科学', '新生儿科学'],
    leader: PEOPLE.cheng,
    leaderTitle: '主任医师',
    lectures: [
      ['程书言', '主任医师', '理论讲授', HUTANG, '早期基本保健实施', 3, '新生儿'],
      ['宋令仪', '副主任医师', '理论讲授', HUTANG, '无创呼吸支持', 3, '新生儿'],
      ['方既白', '主任医师', '理论讲授', '沪江医科大学', '肺超声', 3, '超声医学'],
      ['陆星野', '主治医师', '实验（技术示范）', HUTANG, '复苏操作示范', 3, '新生儿'],
    ],
    credits: 4,
    enrollment: 150,
    reviewer: ['唐以宁', '主任医师', '沪江医科大学附属江湾医院'],
    change: shanghaiParts,
  }),
  findings: {
    'fee-stated': 'pass',
    'teacher-home-share': 'pass',
    'credits-match-hours': 'pass',
    'teacher-theory-title': 'pass',
    'teacher-practice-title': 'pass',
    'leader-title': 'pass',
    'leader-employed': 'pass',
    'leader-teaches': 'pass',
    'application-window': 'pass',
    'discipline-listed': 'pass',
    'peer-review-length': 'skipped',
  },
}

export const shanghaiFaults = mutate(
  shanghai,
  'sm-faults',
  (f) => {
    f.teachers = teach([
      ['程书言', '主任医师', '理论讲授', HUTANG, '早期基本保健实施', 4],
      ['宋令仪', '副主任医师', '理论讲授', HUTANG, '无创呼吸支持', 4],
      ['方既白', '主任医师', '理论讲授', '沪江医科大学', '肺超声', 4],
      ['陆星野', '护师', '实验（技术示范）', HUTANG, '复苏操作示范', 4],
    ])
    Object.assign(f.project, { hours: 16, theoryHours: 12, practiceHours: 4, credits: 5.3, fee: null })
  },
  {
    context: { leaderProjects: { national: 1, provincial: 1 } },
    findings: {
      'fee-stated': 'fail',
      'credits-match-hours': 'fail',
      'teacher-practice-title': 'fail',
      'leader-quota': 'fail',
      'teacher-home-share': 'pass',
      'teacher-theory-title': 'pass',
      'hours-consistent': 'pass',
    },
    verdict: 'return',
  },
)

const wenzhouParts = (f: Full) => {
  f.cover.date = '2025-02-20'
  f.unitOpinion.date = '2025-02-21'
  f.commitment.date = '2025-02-20'
  f.unit.phone = '0577-55504321'
  f.leader.address = '温州市瓯澜区滨江路3号'
  f.project.contentClass = null
}

export const wenzhou: Case = {
  ...compliant({
    id: 'wc-bounds',
    pack: 'wenzhou-2025-city',
    name: '基层慢阻肺规范化管理适宜技术培训班',
    topic: '慢阻肺规范化管理',
    unit: DISTRICT,
    kind: 'medical',
    department: '呼吸与危重症医学科',
    discipline: ['临床内科学', '呼吸病学'],
    leader: PEOPLE.lin,
    leaderTitle: '副主任医师',
    lectures: [
      ['林知远', '副主任医师', '理论', DISTRICT, '慢阻肺分级诊疗', 1.5, '呼吸内科'],
      ['苏映晴', '副主任护师', '理论', DISTRICT, '吸入装置指导', 0.75, '呼吸护理'],
      ['叶清和', '副主任医师', '理论', DISTRICT, '肺功能判读', 0.75, '呼吸内科'],
      ['韩亦舟', '主治医师', '实践', '瓯澜区人民医院呼吸与危重症医学科', '肺康复示范', 0.75, '肺康复'],
      ['顾承泽', '主任医师', '理论', OULAN, '急性加重处理', 2, '呼吸内科'],
      ['陈砚秋', '主任医师', '理论', OULAN, '指南更新', 1.75, '呼吸内科'],
    ],
    credits: 2.5,
    enrollment: 200,
    reviewer: ['唐以宁', '主任医师', OULAN],
    change: (f) => {
      wenzhouParts(f)
      f.leader.birth = '1970-01-05'
      f.leader.age = 55
      f.leader.idNumber = null
      f.project.sessions = ['03-22', '04-19', '05-24', '06-21', '09-20', '10-25'].map((day) => ({
        start: `2025-${day}`,
        end: `2025-${day}`,
        place: `${DISTRICT}三楼会议室`,
        enrollment: 200,
      }))
    },
  }),
  findings: {
    'required-fields': 'pass',
    'application-window': 'pass',
    'kind-allowed': 'pass',
    'delivery-allowed': 'pass',
    'leader-employed': 'pass',
    'leader-unit': 'pass',
    'leader-age': 'pass',
    'leader-teaches': 'pass',
    'leader-teaching-share': 'pass',
    'leader-signature': 'pass',
    'commitment-signed': 'pass',
    'unit-seal': 'pass',
    'unit-seal-name': 'pass',
    'teacher-theory-title': 'pass',
    'teacher-practice-title': 'pass',
    'teacher-home-share': 'pass',
    'teacher-home-hours': 'pass',
    'hours-consistent': 'pass',
    'hours-teaching-only': 'pass',
    'credits-match-hours': 'pass',
    'credits-cap': 'pass',
    'enrollment-cap': 'pass',
    'sessions-cap': 'pass',
    'sessions-detailed': 'pass',
    'name-restricted-terms': 'pass',
    'name-event-type': 'pass',
    'venue-home': 'pass',
    'leader-quota': 'unknown',
    'unit-quota': 'unknown',
    'sessions-overlap': 'unknown',
    'leader-unexecuted-project': 'unknown',
    'integrity-record': 'unknown',
  },
}

export const wenzhouFaults = mutate(
  wenzhou,
  'wc-faults',
  (f, marks) => {
    f.project.name = '全国甲状腺微创外科高端论坛'
    Object.assign(f.project, { discipline: '临床外科学', subdiscipline: '普通外科学', enrollment: 240, credits: 2.7 })
    Object.assign(f.project, { hours: 8, theoryHours: 7.5, practiceHours: 0.5 })
    f.project.sessions = [{ start: '2025-05-10', end: '2025-05-10', place: `${OULAN}学术厅`, enrollment: 240 }]
    f.unit.name = OULAN
    Object.assign(f.leader, {
      name: '何景行',
      birth: '1968-01-17',
      age: 57,
      title: '主任医师',
      unit: OULAN,
      speciality: '普通外科学',
    })
    f.overview = texts.overview(OULAN, '普外科')
    f.teachers = teach([
      ['何景行', '主任医师', '理论', OULAN, '甲状腺手术策略', 1],
      ['唐以宁', '副主任医师', '理论', OULAN, '喉返神经监测', 1],
      ['宋令仪', '副主任医师', '理论', OULAN, '术后管理', 1],
      ['江听澜', '主治医师', '实践', OULAN, '腔镜操作示范', 0.5],
      ['周牧之', '主任医师', '理论', '沪江医科大学附属沪塘医院', '经口腔镜手术', 1.5],
      ['沈予安', '主任医师', '理论', '沪江医科大学附属沪塘医院', '再次手术', 1.5],
      ['程书言', '主任医师', '理论', XIANG, '淋巴结清扫', 1.5],
    ])
    f.commitment.date = null
    marks.commitmentSignature = false
  },
  {
    findings: {
      'leader-age': 'fail',
      'leader-teaching-share': 'fail',
      'teacher-home-hours': 'fail',
      'credits-cap': 'fail',
      'enrollment-cap': 'fail',
      'name-restricted-terms': 'fail',
      'name-event-type': 'fail',
      'commitment-signed': 'fail',
      // The notice's scan may say one third or two thirds: 4/7 lies between.
      'teacher-home-share': 'unknown',
      'required-fields': 'pass',
      'application-window': 'pass',
      'kind-allowed': 'pass',
      'leader-employed': 'pass',
      'leader-unit': 'pass',
      'leader-teaches': 'pass',
      'teacher-theory-title': 'pass',
      'teacher-practice-title': 'pass',
      'hours-consistent': 'pass',
      'credits-match-hours': 'pass',
      'sessions-cap': 'pass',
    },
    verdict: 'return',
  },
)

export const wenzhouRefused = mutate(
  wenzhou,
  'wc-online-filing',
  (f) => {
    f.project.delivery = 'remote'
    f.project.kind = 'filing'
    f.leader.age = 55
  },
  {
    context: { integrityRecords: [{ name: '林知远', detail: '2023 年论文数据造假' }] },
    findings: {
      'delivery-allowed': 'fail',
      'kind-allowed': 'fail',
      'integrity-record': 'fail',
      'required-fields': 'pass',
      'application-window': 'pass',
      'leader-age': 'pass',
      'leader-teaching-share': 'pass',
      'teacher-home-share': 'pass',
      'teacher-home-hours': 'pass',
      'credits-cap': 'pass',
      'sessions-cap': 'pass',
      'leader-quota': 'unknown',
    },
    verdict: 'return',
  },
)

const hunanParts = (f: Full) => {
  f.project.year = 2021
  f.project.contentClass = null
  f.cover.date = '2020-11-12'
  f.unitOpinion.date = '2020-11-13'
  f.commitment.date = '2020-11-12'
  f.unit.phone = '0730-5550987'
  f.leader.address = '湖南省湘洲市洲头路9号'
  f.leader.age = 48
  f.project.sessions = [{ start: '2021-04-17', end: '2021-04-18', place: '湘洲市第一人民医院科教楼', enrollment: 120 }]
}

export const hunan: Case = {
  ...compliant({
    id: 'hp-new',
    pack: 'hunan-2021-provincial',
    name: '卵巢肿瘤微创手术技能提高班',
    topic: '卵巢肿瘤微创手术',
    unit: XIANG,
    kind: 'medical',
    department: '妇科',
    discipline: ['妇产科学', '妇科学'],
    leader: PEOPLE.jiang,
    leaderTitle: '主任医师',
    lectures: [
      ['江听澜', '主任医师', '理论讲授', XIANG, '卵巢肿瘤的术前评估', 3, '妇科肿瘤'],
      ['宋令仪', '副主任医师', '理论讲授', XIANG, '微创手术要点', 3, '妇科肿瘤'],
      ['沈予安', '教授', '理论讲授', '湘洲医学院', '快速康复', 2, '麻醉学'],
      ['韩亦舟', '主治医师', '实验技术', XIANG, '腹腔镜缝合练习', 4, '妇科腔镜'],
    ],
    credits: 4,
    enrollment: 120,
    reviewer: ['唐以宁', '主任医师', '湘洲医学院附属医院'],
    change: hunanParts,
  }),
  findings: {
    'required-fields': 'pass',
    'kind-allowed': 'pass',
    'application-window': 'pass',
    'unit-eligible-kind': 'pass',
    'unit-first-applicant': 'pass',
    'hours-consistent': 'pass',
    'encouraged-topic': 'skipped',
    'unit-standing': 'unknown',
    'unit-quota': 'unknown',
    'duplicate-declaration': 'unknown',
    'new-not-approved-before': 'unknown',
  },
}

export const hunanFiling = mutate(
  hunan,
  'hp-filing',
  (f) => {
    f.project.kind = 'filing'
    f.cover.date = '2021-01-20'
    f.unitOpinion.date = '2021-01-21'
  },
  {
    approvedNumber: '2020-05-01-031 (省)',
    findings: {
      'required-fields': 'pass',
      'kind-allowed': 'pass',
      'application-window': 'pass',
      'unit-eligible-kind': 'pass',
      'unit-first-applicant': 'pass',
      'new-not-approved-before': 'skipped',
      'content-theme': 'skipped',
      'content-novelty': 'skipped',
      'unit-standing': 'unknown',
    },
  },
)

export const hunanFaults = mutate(
  hunan,
  'hp-faults',
  (f) => {
    f.unit.name = '湘洲康远医药科技有限公司'
    f.unit.kind = 'other'
    f.leader.unit = '湘洲康远医药科技有限公司'
    f.cover.date = '2020-12-08'
  },
  {
    context: {
      approvedBefore: [
        {
          name: '卵巢肿瘤微创手术技能提高班',
          leader: '江听澜',
          number: '2020-05-01-031 (省)',
          year: 2020,
          level: 'provincial',
        },
      ],
    },
    findings: {
      'unit-eligible-kind': 'fail',
      'application-window': 'fail',
      'new-not-approved-before': 'fail',
      'kind-allowed': 'pass',
      'required-fields': 'pass',
      'unit-standing': 'unknown',
    },
    verdict: 'return',
  },
)

export const hunanNational: Case = mutate(
  { ...hunan, pack: 'hunan-2021-national' },
  'hn-new',
  (f) => {
    f.project.level = 'national'
    f.cover.date = '2020-08-25'
    f.unitOpinion.date = '2020-08-26'
    f.commitment.date = '2020-08-25'
    f.leader.idNumber = null
  },
  {
    pack: 'hunan-2021-national',
    findings: {
      'application-window': 'pass',
      'kind-allowed': 'pass',
      'unit-eligible-kind': 'pass',
      'leader-signature': 'pass',
      'unit-seal': 'pass',
      'unit-seal-name': 'pass',
      'unit-standing': 'unknown',
      'new-not-approved-before': 'unknown',
    },
  },
)

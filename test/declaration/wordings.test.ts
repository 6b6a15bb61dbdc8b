import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { build, type Spec } from './build.ts'

const extract = (specs: Spec[], options = {}) => extractDeclaration([build(specs, options)])

/** Small pieces of forms in wordings and layouts of many hands. */
const PIECES: [string, Spec[], Partial<Declaration>][] = [
  ...['－', '—', '–', '―', '〜', '~', '至', '到', '——'].map((dash): [string, Spec[], Partial<Declaration>] => [
    `two dates with ${dash} between them are one session`,
    [[['举办起止日期', `2025年9月20日${dash}2025\n年9月21日`, '举办地点', '北京澄湖医院']]],
    { project: { sessions: [{ start: '2025-09-20', end: '2025-09-21', place: '北京澄湖医院' }] } },
  ]),
  [
    'a session whose place is blank does not end the table of sessions',
    [
      [
        ['期次', '时间', '地点'],
        ['第一期', '2025年3月8日', '一层培训室'],
        ['第二期', '2025年4月12日', ''],
        ['第三期', '2025年5月10日', '一层培训室'],
      ],
    ],
    {
      project: {
        sessions: [
          { start: '2025-03-08', end: '2025-03-08', place: '一层培训室' },
          { start: '2025-04-12', end: '2025-04-12', place: null },
          { start: '2025-05-10', end: '2025-05-10', place: '一层培训室' },
        ],
      },
    },
  ],
  [
    'contact and telephone in one cell',
    [[['申报单位', '北京澄湖医院', '单位联系人／电话', '邵闻溪／010-00002211']]],
    { unit: { name: '北京澄湖医院', kind: 'medical', contact: '邵闻溪', phone: '010-00002211' } },
  ],
  [
    'practice under a merged total',
    [
      [
        [{ t: '教学总时长', r: 2 }, { t: '6小时', r: 2 }, '理论', '6'],
        ['实践', '0'],
      ],
    ],
    { project: { hours: 6, theoryHours: 6, practiceHours: 0 } },
  ],
  [
    'the provincial committee on further medical education',
    [[['省、自治区、直辖市继续医学教育委员会意见', '同意推荐。\n（盖章） 2018年9月3日']]],
    { higherOpinion: { text: '同意推荐。', date: '2018-09-03' } },
  ],
  [
    'hours in minutes',
    [
      [
        ['培训时长', '360分钟'],
        ['理论学时', '4学时（每学时45分钟）'],
      ],
    ],
    { project: { hours: 6, theoryHours: 4 } },
  ],
  [
    'a share in tenths, no fee',
    [[['拟招收基层学员比例', '三成', '收费标准', '免']]],
    { project: { grassrootsShare: 30, fee: 0 } },
  ],
  [
    'labels with their owner before them',
    [[['负责人年龄', '51', '负责人学历', '大学']]],
    { leader: { age: 51, degree: '大学' } },
  ],
  [
    'two labels in a cell',
    [
      [
        ['职称/职务', '主任医师/心内科主任'],
        ['教学对象及人数', '社区医师、护士，70人'],
      ],
    ],
    { leader: { title: '主任医师', post: '心内科主任' }, project: { audience: '社区医师、护士', enrollment: 70 } },
  ],
  [
    'numbered labels in a line',
    ['2. 二级学科：临床内科学　　3. 三级学科：精神卫生学'],
    { project: { discipline: '临床内科学', subdiscipline: '精神卫生学' } },
  ],
  [
    'a session in each row, the number of sessions where dates could be',
    [
      [
        ['举办周期', '1期', '第一期时间', '2025年5月10日—11日'],
        ['第一期地点', '瓯澜医院学术厅', '', ''],
      ],
    ],
    { project: { sessions: [{ start: '2025-05-10', end: '2025-05-11', place: '瓯澜医院学术厅' }] } },
  ],
  [
    'dates over two lines',
    [[['举办日期', '2025-05-23 至\n2025-05-25', '举办地点', '沪塘路100号']]],
    { project: { sessions: [{ start: '2025-05-23', end: '2025-05-25', place: '沪塘路100号' }] } },
  ],
  [
    'a date above the opinion',
    [[['申办单位意见', '2025年9月6日\n材料属实，同意推荐。\n负责人签字：　　（公章）']]],
    { unitOpinion: { text: '材料属实，同意推荐。', date: '2025-09-06' } },
  ],
  [
    'the opinion of a health authority under another name',
    [[['市州卫生健康委意见', '同意推荐\n2024-12-10']]],
    { higherOpinion: { text: '同意推荐', date: '2024-12-10' } },
  ],
  [
    'a reviewer in brackets',
    [[['同行评议意见', '课程层次清楚，建议推荐。\n评议人：唐以宁（主任医师，北京澄湖医院）　　　2024年11月12日']]],
    {
      peerReview: {
        text: '课程层次清楚，建议推荐。',
        reviewer: '唐以宁',
        title: '主任医师',
        unit: '北京澄湖医院',
        date: '2024-11-12',
      },
    },
  ],
  [
    'a timetable with titles, whose opening has no teacher',
    [
      [
        ['日期', '时间', '内容', '学时', '主讲人', '职称'],
        ['2025-06-21', '8:00-8:30', '开班典礼', '', '', ''],
        ['2025-06-21', '8:30-11:30', '初步复苏', '3', '方既白', '主任医师'],
      ],
    ],
    {
      teachers: [{ name: '方既白', title: '主任医师', topic: '初步复苏', hours: 3 }],
      schedule: [
        { date: '2025-06-21', start: '08:00', end: '08:30', topic: '开班典礼', teacher: null },
        { date: '2025-06-21', start: '08:30', end: '11:30', topic: '初步复苏', teacher: '方既白' },
      ],
    },
  ],
]

describe('wordings', () => {
  it.each(PIECES)('%s', (_, specs, expected) => {
    const { commitment: _pledge, ...declaration } = extract(specs).declaration
    expect(declaration).toEqual(expected)
  })

  it.each(['新项目', '新申报', '新申报项目', '新立项', '☑新申报　□备案'])('%s is a new project', (text) => {
    expect(extract([[['项目性质', text]]]).declaration.project?.kind).toBe('new')
  })

  it('ranks 市级 on a form of a municipality with a province', () => {
    const level = (title: string) => extract([title, [['项目级别', '市级']]]).declaration.project?.level
    expect(level('上海市继续医学教育项目申报表')).toBe('provincial')
    expect(level('温州市继续医学教育项目申报表')).toBe('city')
  })
})

describe('confidence', () => {
  it('is full for print under a label that is a wording of a known one', () => {
    const { fields } = extract(['项目名称  伤口护理培训班', [['拟培训学员人数', '60']]])
    expect(fields['project.name']?.confidence).toBe(1)
    expect(fields['project.enrollment']?.confidence).toBe(1)
  })

  it('leaves a choice on a scan open when no tick was seen, where in print it is blank', () => {
    const specs: Spec[] = [[['性别', '□男 □女', '举办方式', '□面授 □远程']]]
    const scan = extract(specs, { source: 'ocr', confidence: 0.95 })
    expect(scan.fields['leader.sex']).toMatchObject({ raw: '□男 □女' })
    expect(scan.fields['leader.sex']).not.toHaveProperty('value')
    expect(scan.fields['project.delivery']).not.toHaveProperty('value')
    expect(extract(specs).declaration.leader?.sex).toBeNull()
  })
})

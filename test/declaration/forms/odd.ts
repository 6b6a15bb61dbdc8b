import type { Form } from './form.ts'

export const splitTables: Form = {
  name: 'national: serial numbers under a heading over two columns, teachers grouped down the left side, labels side by side',
  specs: [
    '2025年国家级继续医学教育推荐项目申报书',
    '所在学科',
    '（二、三级学科）：医院感染（管理）学－医院感染监测',
    '项目名称：医院感染暴发识别与处置能力提升班',
    '申报年度：2025年',
    null,
    [
      ['理论学时／实践学时', '5／2.5', '学员人数', '60'],
      ['联合申报单位', { t: '湘洲市医院感染管理质量控\n制中心\n湘洲市第一人民医院', c: 3 }],
      ['第一期', { t: '2025年4月19日，湘洲市会议中心', c: 3 }],
      ['第二期', { t: '2025年10月18日，湘洲市第一人民医院', c: 3 }],
    ],
    [
      [{ t: '讲授题目', c: 2 }, '内容', '授课教师', '学时', '教学方法'],
      ['1', '暴发的识别', '信号与阈值', '江听澜', '5', '讲授'],
      ['2', '采样示范', '分组操作', '陆星野', '2.5', '操作'],
      ['3', '', '', '', '', ''],
    ],
    '授课教师情况',
    [
      [{ t: '授\n课\n教\n师', r: 4 }, { t: '理论授课教师', r: 2 }, '姓名', '专业技术职称', '所在单位'],
      ['江听\n澜', '主任医师', '湘洲市第一人民医院'],
      [{ t: '实验（技术示范）教师', r: 2 }, '陆星野', '主管护师', '湘洲市第一人民医院'],
      ['', '', ''],
    ],
    [
      ['申报单位意见', { t: '同意申报\n单位盖章　　二〇二四年十一月二十日', c: 3 }],
      ['主管部门意见', { t: '同意。\n签字/盖章　　　2024年11月22日', c: 3 }],
    ],
  ],
  expected: {
    project: {
      name: '医院感染暴发识别与处置能力提升班',
      level: 'national',
      year: 2025,
      discipline: '医院感染（管理）学',
      subdiscipline: '医院感染监测',
      theoryHours: 5,
      practiceHours: 2.5,
      enrollment: 60,
      sessions: [
        { start: '2025-04-19', end: '2025-04-19', place: '湘洲市会议中心' },
        { start: '2025-10-18', end: '2025-10-18', place: '湘洲市第一人民医院' },
      ],
    },
    unit: { partners: ['湘洲市医院感染管理质量控制中心', '湘洲市第一人民医院'] },
    teachers: [
      {
        name: '江听澜',
        title: '主任医师',
        method: '讲授',
        unit: '湘洲市第一人民医院',
        topic: '暴发的识别',
        hours: 5,
        kind: 'theory',
      },
      {
        name: '陆星野',
        title: '主管护师',
        method: '操作',
        unit: '湘洲市第一人民医院',
        topic: '采样示范',
        hours: 2.5,
        kind: 'practice',
      },
    ],
    unitOpinion: { text: '同意申报', date: '2024-11-20' },
    higherOpinion: { text: '同意。', date: '2024-11-22' },
    commitment: { present: false },
  },
}

export const timetableOnly: Form = {
  name: 'Hunan: a timetable stands for the course table, joined with the teachers by name',
  specs: [
    '湖南省继续医学教育新立项项目申报表',
    [['项目名称', '暴发调查流程培训班', '级别', '省级']],
    '课程安排',
    [
      ['日期', '时间', '授课内容', '授课教师', '学时'],
      [{ t: '2021-05-14', r: 2 }, '08:30-11:30', '暴发的识别', '江听澜', '3'],
      ['14:00-17:00', '调查流程', '何景行', '3'],
      ['2021-05-15', '08:00-08:30', '结业仪式', '', ''],
    ],
    '授课教师',
    [
      ['序号', '教师姓名', '职称', '工作单位', '理论/实验'],
      ['1', '江听澜', '主任医师', '湘洲市第一人民医院', '理论'],
      ['2', '何景行', '教授', '湘洲医科大学', '理论'],
    ],
  ],
  expected: {
    project: { name: '暴发调查流程培训班', level: 'provincial', kind: 'new' },
    teachers: [
      {
        name: '江听澜',
        title: '主任医师',
        method: '理论',
        unit: '湘洲市第一人民医院',
        topic: '暴发的识别',
        hours: 3,
        kind: 'theory',
      },
      {
        name: '何景行',
        title: '教授',
        method: '理论',
        unit: '湘洲医科大学',
        topic: '调查流程',
        hours: 3,
        kind: 'theory',
      },
    ],
    schedule: [
      { date: '2021-05-14', start: '08:30', end: '11:30', topic: '暴发的识别', teacher: '江听澜' },
      { date: '2021-05-14', start: '14:00', end: '17:00', topic: '调查流程', teacher: '何景行' },
      { date: '2021-05-15', start: '08:00', end: '08:30', topic: '结业仪式', teacher: null },
    ],
    commitment: { present: false },
  },
}

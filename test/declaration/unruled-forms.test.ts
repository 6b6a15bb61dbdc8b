import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { build, type Spec } from './build.ts'

const read = (specs: Spec[]) => extractDeclaration([build(specs)]).declaration

describe('a form without rulings', () => {
  it('gives the lines around a label to that label alone', () => {
    const { project } = read([
      '项目性质    新申报项目    举办方式    面授',
      '',
      '            通过培训使学员掌握伤口护理的基本理论与规范流程，熟悉',
      '培训目标    最新指南要点，能够在所在单位独立开展相关工作，并建立',
      '            质量持续改进机制。',
      '            本项目以伤口护理为主线，设置基础理论与病例研讨两个模',
      '项目内容    块，第一模块讲解最新循证证据，第二模块分组讨论，创新',
      '            之处在于以问题为导向组织课程。',
      '',
      '考核方式    笔试',
    ])
    expect(project?.objective).toBe(
      '通过培训使学员掌握伤口护理的基本理论与规范流程，熟悉最新指南要点，能够在所在单位独立开展相关工作，并建立质量持续改进机制。',
    )
    expect(project?.content).toBe(
      '本项目以伤口护理为主线，设置基础理论与病例研讨两个模块，第一模块讲解最新循证证据，第二模块分组讨论，创新之处在于以问题为导向组织课程。',
    )
    expect(project?.assessment).toBe('笔试')
  })

  it('reads teachers under headings, wrapped cells joined to their row', () => {
    const { teachers } = read([
      '三、课程及教师信息',
      '',
      '姓名    职　称    所在单位          讲授题目              学时',
      '',
      '林知远  主任医师  北京澄湖医院      慢性伤口的评估        1',
      '',
      '                  北京市栖山区中',
      '叶清和  护师      心医院伤口治疗    负压治疗              2',
      '                  中心',
      '',
      '宋令仪  主治医师  北京云岭医院      敷料选择              1',
    ])
    expect(teachers).toHaveLength(3)
    expect(teachers?.[1]).toMatchObject({ name: '叶清和', unit: '北京市栖山区中心医院伤口治疗中心', hours: 2 })
    expect(teachers?.[0]?.title).toBe('主任医师')
    expect(teachers?.[2]?.unit).toBe('北京云岭医院')
  })

  it('doubts a list whose columns have holes', () => {
    const specs = [
      '三、课程及教师信息',
      '',
      '姓名    职　称    所在单位          讲授题目              学时',
      '',
      '林知远  主任医师  北京澄湖医院      慢性伤口的评估        1',
      '叶清和  主任护师  北京澄湖医院                            2',
    ]
    const { declaration, fields } = extractDeclaration([build(specs)])
    expect(declaration.teachers).toHaveLength(2)
    expect(fields['teachers[0].unit']?.confidence).toBeLessThan(0.8)
  })

  it('ends a list at the headings of the next', () => {
    const { teachers } = read([
      '讲授题目                                主讲人  学时数  教学方法',
      '伤口评估                                林知远  3       理论',
      '负压治疗                                叶清和  3       实验技术',
      '教师姓名                职称      工作单位',
      '林知远                  主任医师  北京澄湖医院',
      '叶清和                  主管护师  北京云岭医院',
    ])
    expect(teachers).toHaveLength(2)
    expect(teachers?.[1]).toMatchObject({ name: '叶清和', title: '主管护师', unit: '北京云岭医院', hours: 3 })
  })
})

/** Lines whose tops are given, in points; text in columns as `build` has it. */
function placed(lines: [number, string][], ...further: [number, string][][]) {
  const document = build(
    [lines, ...further].flatMap((page, index) => [...(index > 0 ? [null] : []), ...page.map(([, text]) => text)]),
  )
  for (const [index, page] of document.pages.entries())
    for (const [at, block] of page.blocks.entries())
      if (block.kind === 'line') {
        const y = [lines, ...further][index]?.[at]?.[0] ?? 0
        for (const span of block.line.spans) if (span.box) span.box.y = y
        if (block.line.box) block.line.box.y = y
      }
  return document
}
const readPlaced = (...pages: [number, string][][]) =>
  extractDeclaration([placed(pages[0] ?? [], ...pages.slice(1))]).declaration

describe('cells of unruled tables that wrap, each in the middle of its row', () => {
  it('are put together by their columns', () => {
    const { project } = readPlaced([
      [100, '拟招生人数      200人              举办形式    面授'],
      [125, '                2025年7月7日至7月'],
      [132, '举办时间                           举办地点    北京云岭医院'],
      [139, '                11日'],
      [164, '举办天数        5天                期数        1'],
    ])
    expect(project?.sessions).toEqual([{ start: '2025-07-07', end: '2025-07-11', place: '北京云岭医院' }])
    expect(project).toMatchObject({ enrollment: 200, delivery: 'in-person', days: 5 })
  })

  it('give headings of a list over several lines, and groups at the left of their rows', () => {
    const { teachers } = readPlaced([
      [80, '三、课程及教师信息'],
      [110, '教师                                  学时      教师    专业技术'],
      [117, '                讲授题目                                            所在单位'],
      [124, '类别                                  （小时）  姓名    职务'],
      [150, '                慢性伤口的评估        1         林知远  主任医师    北京澄湖医院'],
      [163, '理论授课教师'],
      [176, '                负压治疗              2         叶清和  副主任医师  北京云岭医院'],
      [202, '实践教师        敷料操作演练          1.5       苏映晴  主管护师    北京澄湖医院'],
    ])
    expect(teachers).toHaveLength(3)
    expect(teachers?.[0]).toMatchObject({ name: '林知远', topic: '慢性伤口的评估', hours: 1, kind: 'theory' })
    expect(teachers?.[1]).toMatchObject({ title: '副主任医师', unit: '北京云岭医院', kind: 'theory' })
    expect(teachers?.[2]).toMatchObject({ name: '苏映晴', hours: 1.5, kind: 'practice' })
  })

  it('give headings of which one line would do for a poorer list', () => {
    const { teachers } = readPlaced([
      [80, '教师                      学时      教师    专业技术            教学'],
      [91, '        讲授题目                                    所在单位'],
      [102, '类别                      （小时）  姓名    职务                方法'],
      [130, '理论    慢性伤口的评估    1         林知远  主任医师  云岭医院  讲授'],
      [155, '实践    敷料操作演练      1.5       苏映晴  主管护师  云岭医院  操作'],
    ])
    expect(teachers).toHaveLength(2)
    expect(teachers?.[0]).toMatchObject({ name: '林知远', topic: '慢性伤口的评估', hours: 1, method: '讲授' })
  })

  it('leave the fields under a list to the form', () => {
    const { teachers, project } = readPlaced([
      [80, '讲授题目              主讲人  职称        学时'],
      [105, '伤口评估              林知远  主任医师    3'],
      [130, '负压治疗              叶清和  主任护师    3'],
      [165, '教学对象    全市护士              拟招生人数    180'],
    ])
    expect(teachers).toHaveLength(2)
    expect(project).toMatchObject({ audience: '全市护士', enrollment: 180 })
  })

  it('keep a line that only stands below a row of fields out of its values', () => {
    const { unit } = readPlaced([
      [80, '项目名称    伤口护理新进展        申报日期    2024年11月22日'],
      [100, '项目负责人  林知远                申报单位    北京云岭医院'],
      [114, '                                国家卫生健康委科技教育司制'],
    ])
    expect(unit?.name).toBe('北京云岭医院')
  })
})

it('gives a label the lines above and below it that leave its own line free', () => {
  const { unitOpinion } = readPlaced([
    [100, '单位联系人      苏映晴              联系电话    0731-00001122'],
    [136, '                      同意申报。'],
    [153, '申办单位意见'],
    [171, '                      （盖章）　　2018年8月20日'],
  ])
  expect(unitOpinion).toMatchObject({ text: '同意申报。', date: '2018-08-20' })
})

describe('labels set to the right', () => {
  const fields: [number, string][] = [
    [80, '            项目名称    早产儿呼吸管理学习班'],
    [100, '        单位联系电话    021-50507788'],
    [120, '                学分    4'],
    [140, '  收费金额（元/人）'],
    [160, '            考核方式    笔试'],
    [180, '        同行评议意见    课程围绕早产儿的呼吸管理，针对性强，学时安排得当，'],
    [194, '                        师资结构合理，'],
  ]

  it('have their own text beside them, blank ones none', () => {
    const { project, unit, peerReview } = readPlaced(fields)
    expect(project).toMatchObject({ name: '早产儿呼吸管理学习班', credits: 4, fee: null, assessment: '笔试' })
    expect(unit?.phone).toBe('021-50507788')
    expect(peerReview?.text).toBe('课程围绕早产儿的呼吸管理，针对性强，学时安排得当，师资结构合理，')
  })

  it('keep the text that goes on over the page', () => {
    const { peerReview, unitOpinion } = readPlaced(fields, [
      [60, '                        考核办法明确。'],
      [80, '        申办单位意见    同意申报'],
    ])
    expect(peerReview?.text).toBe('课程围绕早产儿的呼吸管理，针对性强，学时安排得当，师资结构合理，考核办法明确。')
    expect(unitOpinion?.text).toBe('同意申报')
  })
})

describe('columns a few points apart', () => {
  it('are told by the lines that begin there too', () => {
    const document = placed([
      [80, '总学时  9学时              理论学时    9'],
      [100, '学分    3                  考核方式    笔试'],
      [120, '时间    2025.4.19          地点        会议中心'],
    ])
    for (const block of document.pages[0]?.blocks ?? []) {
      const second = block.kind === 'line' ? block.line.spans[1] : undefined
      if (second?.box) second.box.x = 60 + 36 + 5
    }
    expect(extractDeclaration([document]).declaration.project).toMatchObject({ hours: 9, credits: 3 })
  })
})

it('reads a number under its label in one cell as the value, however near the two are to another label', () => {
  const { project } = read([[['拟招生人数（人）\n80', '教学总时长（小时）\n9', '讲授理论时长（小时）\n9']]])
  expect(project).toMatchObject({ enrollment: 80, hours: 9, theoryHours: 9 })
})

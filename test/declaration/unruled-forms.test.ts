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

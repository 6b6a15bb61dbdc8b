import { describe, expect, it } from 'vitest'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { build, type Spec } from './build.ts'

type Piece = { says: string; specs: Spec[]; expected: Partial<Declaration> }

/** What forms set in unusual places: choices without a label, brackets that qualify, headings over a frame. */
const PIECES: Piece[] = [
  {
    says: 'flags and the kind of project without a label of their own',
    specs: [[[{ t: '☑ 新申报项目　　☐ 备案项目　　☐ 传染病防治知识培训类项目　　☑ 申请京津冀互认项目', c: 2 }]]],
    expected: { project: { kind: 'new', infectiousDisease: false, jingJinJi: true } },
  },
  {
    says: 'a bracket that tells which hours are meant',
    specs: [[['学时数\n（总）', '10', '学时数\n（理论）', '8', '学时数\n（实验）', '2']]],
    expected: { project: { hours: 10, theoryHours: 8, practiceHours: 2 } },
  },
  {
    says: 'a title in brackets behind the name',
    specs: ['项目负责人：宋令仪（主任医师）　手机：13900005511'],
    expected: { leader: { name: '宋令仪', title: '主任医师', phone: '13900005511' } },
  },
  {
    says: 'a heading over a frame of one cell',
    specs: ['主办单位意见：', [['经讨论，同意申报。\n负责人：　　　（盖章）　　2025年2月20日']]],
    expected: { unitOpinion: { text: '经讨论，同意申报。', date: '2025-02-20' } },
  },
  {
    says: 'who examined above the opinion',
    specs: [
      [['申办单位审核意见', '审核人：白若溪\n审核意见：符合条件，同意上报。\n审核日期：2025年2月20日\n（盖章）']],
    ],
    expected: { unitOpinion: { text: '符合条件，同意上报。', date: '2025-02-20' } },
  },
  {
    says: 'signatures beside each other under a tall heading',
    specs: [
      [
        [
          { t: '同行评议意见', r: 2 },
          { t: '课程层次清楚，建议推荐。', c: 2 },
        ],
        ['2024年11月15日', '签字：江听澜　主任医师　北京澄湖医院'],
      ],
    ],
    expected: {
      peerReview: {
        text: '课程层次清楚，建议推荐。',
        reviewer: '江听澜',
        title: '主任医师',
        unit: '北京澄湖医院',
        date: '2024-11-15',
      },
    },
  },
  {
    says: 'a blank code, then the title of the form',
    specs: ['申请代码：＿＿＿＿＿＿', '2024年国家级继续医学教育项目', '申报表'],
    expected: { project: { level: 'national', year: 2024, disciplineCode: null } },
  },
]

describe('loose wordings', () => {
  it.each(PIECES)('$says', ({ specs, expected }) => {
    const { commitment: _pledge, ...declaration } = extractDeclaration([build(specs)]).declaration
    expect(declaration).toEqual(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { completeDeclaration } from '../../src/declaration/complete.ts'
import { extractDeclaration } from '../../src/declaration/extract.ts'
import { labelOf } from '../../src/declaration/label-of.ts'
import { looksLikeDeclaration } from '../../src/declaration/looks-like.ts'
import { normaliseDeclaration } from '../../src/declaration/normalise.ts'
import { Problem } from '../../src/problem.ts'
import { build, type Spec } from './build.ts'
import { national } from './forms/national.ts'

const extract = (specs: Spec[], options = {}) => extractDeclaration([build(specs, options)])

describe('absent, blank and unreadable', () => {
  const { declaration, fields } = extract([
    [
      ['教学对象', ''],
      ['拟招生人数', '80-100人'],
      ['学分', '4'],
    ],
  ])

  it('keeps a blank apart, with the place where the value would stand', () => {
    expect(declaration.project?.audience).toBeNull()
    expect(fields['project.audience']?.evidence[0]?.text).toBe('教学对象')
    expect(fields['project.audience']?.evidence[0]?.box?.[2]).toBeGreaterThan(0.7)
  })

  it('keeps the text of what it cannot read as a number', () => {
    expect(declaration.project).not.toHaveProperty('enrollment')
    expect(fields['project.enrollment']).toMatchObject({ raw: '80-100人' })
    expect(fields['project.enrollment']).not.toHaveProperty('value')
  })

  it('says nothing of labels that are not there', () => {
    expect(fields).not.toHaveProperty('project.hours')
  })
})

describe('evidence', () => {
  it('shows label and value as shares of the page', () => {
    const [evidence] = extract([[['项目名称', '伤口护理培训班']]]).fields['project.name']?.evidence ?? []
    expect(evidence).toMatchObject({ document: 0, page: 1, text: '项目名称 伤口护理培训班' })
    const [x, y, width, height] = evidence?.box ?? [0, 0, 0, 0]
    expect([x, y].every((share) => share > 0 && share < 1)).toBe(true)
    expect(x + width).toBeLessThanOrEqual(1)
    expect(height).toBeLessThan(0.1)
  })

  it('names the cell where a document has no geometry', () => {
    const [evidence] =
      extract([[['项目名称', '伤口护理培训班']]], { source: 'docx' }).fields['project.name']?.evidence ?? []
    expect(evidence).toMatchObject({ box: null })
    expect(evidence?.path).toMatch(/^table 1, row 1, cell/)
  })

  it('has one entry a page for a text cut by a page break', () => {
    const { declaration, fields } = extract([
      [['项目目标', '使学员掌握慢性伤口评估与记录的方法，并在本单位独立']],
      null,
      [['', '开展相关工作。']],
    ])
    expect(declaration.project?.objective).toBe('使学员掌握慢性伤口评估与记录的方法，并在本单位独立开展相关工作。')
    expect(fields['project.objective']?.evidence.map(({ page }) => page)).toEqual([1, 2])
  })
})

describe('the same value at several places', () => {
  const specs = (inside: string): Spec[] => [
    '申报单位：北京澄湖医院',
    null,
    [['申报单位', inside, '单位联系人', '白若溪']],
  ]

  it('is one value with the evidence of both', () => {
    const { fields, others } = extract(specs('北京澄湖医院'))
    expect(fields['unit.name']?.evidence.map(({ page }) => page)).toEqual([1, 2])
    expect(others).toBeUndefined()
  })

  it('keeps what the other place says differently', () => {
    const { declaration, others } = extract(specs('澄湖医院'))
    expect(declaration.unit?.name).toBe('北京澄湖医院')
    expect(others?.['unit.name']?.map(({ value }) => value)).toEqual(['澄湖医院'])
  })
})

describe('scans', () => {
  const scan = (specs: Spec[]) => extract(specs, { source: 'ocr', confidence: 0.8, paper: true })

  it('forgives a misread label, and says so in the confidence', () => {
    const { declaration, fields } = scan([[['项曰名称', '伤口护理培训班']]])
    expect(declaration.project?.name).toBe('伤口护理培训班')
    expect(fields['project.name']?.confidence).toBeLessThan(0.8)
  })

  it('repairs a misread title against the list, keeping what was read', () => {
    const { fields } = scan([[['职称', '副主任医帅']]])
    expect(fields['leader.title']).toMatchObject({ value: '副主任医师', raw: '副主任医帅', repaired: true })
  })

  it('repairs nothing in a text layer', () => {
    expect(extract([[['职称', '副主任医帅']]]).declaration.leader?.title).toBe('副主任医帅')
  })

  it('does not read a choice whose marks are lost', () => {
    const { declaration } = scan([[['是否在职（岗）', '是否']]])
    expect(declaration.leader ?? {}).not.toHaveProperty('employed')
  })
})

describe('seals and signatures', () => {
  const specs: Spec[] = [
    '2025年北京市级继续医学教育推荐项目申报书',
    '申办单位（盖章）：北京澄湖医院',
    null,
    [
      ['申报单位意见', '同意申报。\n（盖章）'],
      ['上级主管部门意见', '（盖章）'],
    ],
    '项目负责人签字：林知远',
  ]
  const paper = () => {
    const document = build(specs, { source: 'ocr', paper: true })
    const [cover, inner] = document.pages
    const cell = inner?.blocks.flatMap((block) => (block.kind === 'table' ? block.table.cells : []))[1]
    return { document, cover, inner, box: cell?.box ?? { x: 0, y: 0, width: 0, height: 0 } }
  }

  it('says nothing of them without paper', () => {
    const { declaration } = extract(specs)
    expect(declaration.unitOpinion).not.toHaveProperty('sealed')
    expect(declaration.leader ?? {}).not.toHaveProperty('signed')
  })

  it('finds a seal in the opinion that it covers, and no typed name for a signature', () => {
    const { document, inner, box } = paper()
    inner?.seals.push({ box: { x: box.x + 40, y: box.y - 10, width: 80, height: 50 }, confidence: 0.9 })
    const { declaration } = extractDeclaration([document])
    expect(declaration.unitOpinion?.sealed).toBe(true)
    expect(declaration.higherOpinion?.sealed).toBe(false)
    expect(declaration.cover?.sealed).toBe(false)
    expect(declaration.leader?.signed).toBe(false)
    expect(declaration.seals).toHaveLength(1)
  })

  it('takes pen strokes beside the label for a signature', () => {
    const { document, inner } = paper()
    const line = inner?.blocks.findLast((block) => block.kind === 'line')
    const at = line?.kind === 'line' ? line.line.box : null
    inner?.handwriting.push({
      box: { x: (at?.x ?? 0) + 90, y: (at?.y ?? 0) - 5, width: 60, height: 20 },
      area: 40,
      confidence: 0.9,
    })
    expect(extractDeclaration([document]).declaration.leader?.signed).toBe(true)
  })
})

describe('several documents', () => {
  it('are one declaration, each named by its index', () => {
    const form = build(['项目名称：伤口护理培训班'])
    const pledge = build([
      '继续医学教育项目廉洁承诺书',
      '本人承诺遵守财务规定，不接受赞助。',
      '承诺人签名：',
      '2025年2月19日',
    ])
    const { declaration, fields } = extractDeclaration([form, pledge])
    expect(declaration.commitment).toEqual({ present: true, date: '2025-02-19' })
    expect(fields['commitment.present']?.evidence[0]?.document).toBe(1)
  })
})

describe('looksLikeDeclaration', () => {
  const looks = (specs: Spec[]) => {
    const documents = [build(specs)]
    return looksLikeDeclaration(documents, extractDeclaration(documents))
  }

  it('knows a form', () => {
    expect(looks(national.specs)).toBe(true)
  })

  it.each<[string, Spec[]]>([
    [
      'a notice',
      [
        '关于开展2025年继续医学教育推荐项目申报工作的通知',
        '各区卫生健康委：',
        '一、申报条件',
        '项目负责人：应具有副高级及以上职称。',
        '申报单位：应为医疗机构。',
        '二、授课教师：本单位教师不低于50%。',
        '教学时数：不少于6学时。',
        '申报日期：2024年11月18日至26日。',
      ],
    ],
    [
      'a paper',
      [
        '围手术期抗菌药物预防使用的回顾性研究',
        '林知远，何景行',
        '摘要：目的 探讨抗菌药物预防使用情况。',
        '作者单位：北京澄湖医院药学部',
        '1 资料与方法',
        '参考文献',
      ],
    ],
    [
      'an invoice',
      [
        '增值税电子普通发票',
        '开票日期：2024年11月20日',
        [
          ['名称', '北京澄湖医院'],
          ['项目名称', '培训费'],
          ['金额', '800.00'],
        ],
      ],
    ],
    ['nothing at all', []],
  ])('does not take %s for one', (_, specs) => {
    expect(looks(specs)).toBe(false)
  })
})

describe('declarations given as JSON', () => {
  it('turns empty strings into blanks and trims', () => {
    const given = { project: { name: ' 伤口护理培训班 ', audience: ' ' }, leader: { idNumber: '99010119700315001x' } }
    expect(normaliseDeclaration(given)).toEqual({
      project: { name: '伤口护理培训班', audience: null },
      leader: { idNumber: '99010119700315001X' },
    })
  })

  it('names every wrong place, in Chinese, without its content', () => {
    const wrong = () => normaliseDeclaration({ project: { hours: '很多', level: 'x' }, teachers: [{ name: 3 }] })
    expect(wrong).toThrow(Problem)
    try {
      wrong()
    } catch (error) {
      const { errors = [] } = error as Problem
      expect(errors.map(({ pointer }) => pointer)).toEqual(['/project/level', '/project/hours', '/teachers/0/name'])
      expect(errors[1]?.detail).toBe('“教学总时长（小时）”（project.hours）应为数字')
      expect(JSON.stringify(errors)).not.toContain('很多')
    }
  })

  it.each([[null], ['text'], [[1]]])('refuses %j', (json) => {
    expect(() => normaliseDeclaration(json)).toThrow(Problem)
  })

  it('completes what follows, and overwrites nothing', () => {
    const completed = completeDeclaration({
      unit: { name: '北京医院协会' },
      teachers: [{ method: '操作' }, { method: '操作', kind: 'theory' }],
    })
    expect(completed.unit?.kind).toBe('society')
    expect(completed.teachers?.map(({ kind }) => kind)).toEqual(['practice', 'theory'])
  })
})

describe('labelOf', () => {
  it.each([
    ['teachers[2].title', '授课教师第3行·专业技术职称'],
    ['project.sessions[0].place', '第1期·举办地点'],
    ['unit.name', '申报单位'],
    ['leader.title', '项目负责人·职称'],
    ['no.such.path', 'no.such.path'],
  ])('%s is %s', (path, label) => {
    expect(labelOf(path)).toBe(label)
  })
})

describe('options in a line of several labels', () => {
  it.each([
    '是否在职（岗）  是√ 否□  是否授课  是√ 否□  手机  13900000149',
    '是否在职（岗） 是√ 否□ 是否授课 是√ 否□ 手机 13900000149',
  ])('gives each box to the option before it: %s', (line) => {
    const { leader } = extract(['项目负责人信息', line]).declaration
    expect(leader).toMatchObject({ employed: true, teaches: true, phone: '13900000149' })
  })

  it('reads a flag answered in brackets', () => {
    const { project } = extract([[['项目类别', '传染病防治知识类项目（否）  京津冀互认项目（是）']]]).declaration
    expect(project).toMatchObject({ infectiousDisease: false, jingJinJi: true })
  })
})

describe('scans', () => {
  it('takes an answer that is near to a label for an answer', () => {
    const { declaration, others } = extract(
      [
        [['项目名称', '慢性伤口护理培训班']],
        [
          ['项目编号', '13-01-009', '项目性质', '新申报项目'],
          ['项目类型', '普通项目', '项目类别', '口基础训练类☑学习提高类\n☐前沿进展类'],
        ],
      ],
      { source: 'ocr', confidence: 0.95 },
    )
    expect(declaration.project).toMatchObject({ kind: 'new', contentClass: '学习提高类', name: '慢性伤口护理培训班' })
    expect(others?.['project.name']).toBeUndefined()
  })
})

describe('who recommends', () => {
  const reason = '该项目围绕慢性伤口护理开展培训，选题来源于临床工作中的真实问题，针对性较强，同意推荐申报。'
  const who = { text: reason, reviewer: '沈予安', unit: '北京云岭医院', title: '主任医师', date: '2024-11-18' }
  it.each([
    ['同行评议意见 / 推荐理由(不少于200字)', '评议人：沈予安（北京云岭医院，主任医师）'],
    ['同行评议意见', '北京云岭医院　主任医师　沈予安'],
    ['同行评议意见', '北京云岭医院主任医师沈予安'],
    ['同行评议意见', '沈予安　北京云岭医院　主任医师'],
    ['同行评议意见', '主任医师 沈予安 北京云岭医院'],
    ['同行评议意见', '沈予安主任医师北京云岭医院'],
    ['同行评议意见', '北京云岭医院沈予安主任医师'],
  ])('%s: %s', (label, line) => {
    for (const source of ['text', 'ocr', 'docx'] as const) {
      const specs = [[[label, `${reason}\n${line}\n2024年11月18日`]]]
      expect(extract(specs, { source }).declaration.peerReview).toEqual(who)
    }
  })

  it('keeps the place of the signature out of the opinion', () => {
    const specs = [[['申报单位意见', '同意申报\n项目负责人签字\n盖章  2024年11月20日']]]
    expect(extract(specs, { source: 'ocr' }).declaration.unitOpinion).toMatchObject({ text: '同意申报' })
  })
})

describe('disciplines on scans', () => {
  const read = (text: string, confidence: number) => {
    const { declaration, fields } = extract([[['所在学科（二、三级学科）', text]]], { source: 'ocr', confidence })
    const { discipline, subdiscipline } = declaration.project ?? {}
    return [discipline, subdiscipline, fields['project.discipline']?.repaired]
  }
  it.each([
    ['药学临床药学和临床药理学', 0.99],
    ['云 药学-临床药学和临床药理学 o宝', 0.4],
    ['药学临床药学和临床药理学北', 0.7],
  ])('splits and cleans %s by the closed list', (text, confidence) => {
    expect(read(text, confidence)).toEqual(['药学', '临床药学和临床药理学', true])
  })

  it('leaves what is read well and what is not on the list', () => {
    expect(read('药学-临床药学和临床药理学', 0.99)).toEqual(['药学', '临床药学和临床药理学', undefined])
    expect(read('药学-临床药学和临床药理学研究', 0.99)[1]).toBe('临床药学和临床药理学研究')
  })
})

describe('numbers of approved projects', () => {
  it('are no code of the discipline', () => {
    expect(extract([[['原项目编号', '2020-14-02-009（省）']]]).fields).not.toHaveProperty('project.disciplineCode')
    expect(extract([[['申请代码', '2025-03-01-102']]]).declaration.project?.disciplineCode).toBe('2025-03-01-102')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn } from '../../src/rules/domain/age.ts'
import { readDiscipline } from '../../src/rules/domain/discipline.ts'
import { readIdNumber } from '../../src/rules/domain/id-number.ts'
import { isNursing, isPractical } from '../../src/rules/domain/skill.ts'
import { breaksOff, isWithinOcrBand, measureText, repeatedShare } from '../../src/rules/domain/text-length.ts'
import {
  findCommercialWords,
  findInflatedWords,
  findInPostWords,
  findNonTeaching,
  findRestrictedTerms,
} from '../../src/rules/domain/words.ts'

describe('readIdNumber', () => {
  test.each([
    ['990101197003150016', '1970-03-15', '男'],
    ['990101197509081249', '1975-09-08', '女'],
    ['９９０１０１１９７６０６１５１８２７', '1976-06-15', '女'],
    ['990101 19730426 1465', '1973-04-26', '女'],
  ])('%s holds', (raw, birth, sex) => {
    expect(readIdNumber(raw)).toEqual({ wellFormed: true, checksum: true, birth, sex })
  })

  test.each([
    '',
    '99010119700315001',
    '990101197013150016',
    '990101197002300016',
    '090101197003150016',
    'A90101197003150016',
  ])('%s is not well formed', (raw) => {
    expect(readIdNumber(raw).wellFormed).toBe(false)
  })

  test('any single wrong digit breaks the checksum', () => {
    const number = '990101197003150016'
    fc.assert(
      fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, add) => {
        const digit = (Number(number[at]) + add) % 10
        const wrong = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
        const reading = readIdNumber(wrong)
        expect(reading.wellFormed && reading.checksum).toBe(false)
      }),
    )
  })
})

describe('ageOn', () => {
  test.each([
    ['1970-01-05', '2025-02-20', 55, 55],
    ['1970-02-20', '2025-02-20', 55, 55],
    ['1970-02-21', '2025-02-20', 54, 54],
    ['1970-02', '2025-02-20', 54, 55],
    ['1968-01', '2025-02-20', 57, 57],
    ['1970-02', '2025-02-28', 54, 55],
  ])('born %s is on %s between %i and %i', (birth, on, min, max) => {
    expect(ageOn(birth, on)).toEqual({ min, max })
  })

  test('a birth after the day or no date is no age', () => {
    expect(ageOn('2025-03', '2025-02-20')).toBeNull()
    expect(ageOn('1970', '2025-02-20')).toBeNull()
  })
})

describe('text', () => {
  test('characters without spaces, punctuation counted; Han apart', () => {
    expect(measureText('主持课题2项，\n发表 论文。')).toEqual({ characters: 12, han: 9 })
  })

  test('recognised text that breaks off does not decide', () => {
    for (const text of ['培养硕士研究', '建有报告厅一个、', '设有教学中心，', '包括：', '制定有《'])
      expect(breaksOff(text), text).toBe(true)
    expect(breaksOff('培养硕士研究生九名。')).toBe(false)
  })

  test('recognised text a little over the number or short of it does not decide', () => {
    expect([193, 194, 200, 206, 207].map((count) => isWithinOcrBand(count, 200))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(isWithinOcrBand(0, 200)).toBe(false)
  })

  const sentence = '该项目内容新颖，师资力量强，课程设置合理，同意推荐。'
  test('a sentence said again and again counts in full', () => {
    expect(repeatedShare(sentence.repeat(3))).toBe(1)
    expect(repeatedShare(`${sentence}教学形式采用讲授与病例讨论相结合，考核采用笔试。`)).toBe(0)
    expect(repeatedShare('')).toBe(0)
  })
})

describe('readDiscipline', () => {
  test.each([
    ['药学-临床药学和临床药理学', '13', '13-01'],
    ['临床内科-感染病学', '03', '03-08'],
    ['临床内科学－传染病学', '03', '03-08'],
    ['眼、耳鼻喉科学', '07', undefined],
    ['眼、耳鼻喉学科', '07', undefined],
    ['14 护理学', '14', undefined],
    ['急诊学-急诊学', '10', '10-01'],
    ['医院感染(管理)学', '22', '22-01'],
    ['心血管病学', '03', '03-01'],
    ['整形、器官移植外科学', '04', '04-10'],
  ])('%s', (text, heading, child) => {
    const reading = readDiscipline(text)
    expect(reading.heading?.code).toBe(heading)
    expect(reading.child?.code).toBe(child)
    expect(reading.chineseMedicine).toBe(false)
  })

  test('two boxes, or the application code alone', () => {
    expect(readDiscipline('儿科学', '新生儿科学').child?.code).toBe('06-03')
    expect(readDiscipline('）临床内科学心血管病学')).toEqual(readDiscipline('临床内科学-心血管病学'))
    expect(readDiscipline('临床内科心血管病学').child).toEqual(readDiscipline('临床内科学-心血管病学').child)
    expect(readDiscipline('临床内科学心血管养生').child).toBeNull()
    expect(readDiscipline(null, null, '13-01-021').child?.code).toBe('13-01')
    expect(readDiscipline('军事医学', null, '13-01-021').heading).toBeNull()
  })

  test('Chinese medicine', () => {
    expect(
      ['中医学', '中西医结合医学', '临床内科学-中医内科'].map((text) => readDiscipline(text).chineseMedicine),
    ).toEqual([true, true, true])
  })
})

describe('isPractical', () => {
  const rows = (...methods: string[]) => methods.map((method) => ({ method }))

  test.each([
    ['what the form ticks counts first', { project: { practical: false, hours: 9, practiceHours: 9 } }, false],
    ['half of the hours', { project: { hours: 9, practiceHours: 4.5 } }, true],
    ['half of the rows', { teachers: rows('讲座', '实验,演示') }, true],
    ['a word in the name', { project: { name: '颈内静脉穿刺实训班' } }, true],
    [
      'a word in the name against lectures alone',
      { project: { name: '沟通技能提升班', hours: 6, practiceHours: 0 }, teachers: rows('讲座') },
      null,
    ],
    ['one demonstration among three', { teachers: rows('讲座', '讲座', '演示') }, null],
    ['lectures alone', { project: { practiceHours: 0 }, teachers: rows('讲座', '多媒体') }, false],
    ['nothing told', {}, null],
  ])('%s', (_name, declaration, answer) => {
    const found = isPractical(declaration)
    expect(found.answer).toBe(answer)
    expect(found.evidence).not.toBe('')
  })
})

test('nursing is told by the discipline, and left open where only teachers speak for it', () => {
  expect(isNursing({ project: { discipline: '护理学-外科护理学' } }).answer).toBe(true)
  expect(isNursing({ project: { discipline: '药学' }, teachers: [{ title: '主管护师' }] }).answer).toBe(false)
  expect(isNursing({ teachers: [{ title: '主管护师' }] }).answer).toBeNull()
})

describe('words', () => {
  test.each([
    ['全国甲状腺微创外科高端论坛', ['全国', '高端'], []],
    ['中华口腔种植巅峰研讨会', ['中华', '巅峰'], []],
    ['国际疾病分类ICD-10编码实务培训班', [], ['国际疾病分类']],
    ['国际标准化比值监测与抗凝门诊建设学习班', [], ['国际标准化比值']],
    ['《中国药典》2025年版药品检验新要求培训班', [], ['中国药典']],
    ['中国人群血脂管理指南基层应用培训班', [], ['中国人群血脂管理指南']],
    ['世界卫生组织手术安全核查实施培训班', [], ['世界卫生组织']],
    ['国家基本公共卫生服务规范培训班', [], []],
    ['高级生命支持技能实训班', [], []],
    ['高峰流速仪在哮喘管理中的应用培训班', [], ['高峰流速']],
    ['世界卒中日学术讲座', [], ['世界卒中日']],
    ['中国脑卒中防治指导规范学习班', [], ['中国脑卒中防治指导规范']],
    ['国际抗癫痫联盟发作分类解读班', [], ['国际抗癫痫联盟']],
    ['中国疾控中心艾滋病检测技术培训班', [], ['中国疾控中心']],
    ['中华按蚊与疟疾防控培训班', [], ['中华按蚊']],
    ['早高峰门诊流程优化培训班', [], ['早高峰']],
    // An ending further on makes no fixed name of a claim.
    ['第五届中国老年医学大会', ['中国'], []],
    ['全国心血管病学新进展与指南解读班', ['全国'], []],
    ['全国骨关节外科技术学习班', ['全国'], []],
    ['国际规范化肿瘤诊疗培训班', ['国际'], []],
    ['国际冬季日间手术学习班', ['国际'], []],
    ['国际学术报告会', ['国际'], []],
    ['全国药物临床试验质量管理规范班', ['全国'], []],
    ['国际国际疾病分类编码班', ['国际'], []],
  ])('restricted terms of %s', (name, hits, harmless) => {
    expect(findRestrictedTerms(name)).toEqual({ hits, harmless })
  })

  test('a unit’s own name is no claim, another’s is', () => {
    const own = ['北京和睦国际医院', '中国科学技术大学附属第一医院']
    expect(findRestrictedTerms('北京和睦国际医院护理培训班', own)).toEqual({ hits: [], harmless: ['北京和睦国际医院'] })
    expect(findRestrictedTerms('北京和睦国际医院国际护理培训班', own).hits).toEqual(['国际'])
    expect(findRestrictedTerms('某某国际医院护理培训班', own).hits).toEqual(['国际'])
  })

  test('of the words beyond the nine those inside a fixed name are no claim either', () => {
    expect(findInflatedWords('亚太肝病学会指南与全球急性冠脉事件注册评分解读班')).toEqual([])
    expect(findInflatedWords('亚太内镜大师班')).toEqual(['亚太', '大师'])
  })

  test('in-post words, longest first, departments for the retired aside', () => {
    expect(findInPostWords('2023.06-至今 北京云岭医院 退休返聘')).toEqual({ out: ['退休返聘'], unclear: [] })
    expect(findInPostWords('离退休干部科 副主任医师')).toEqual({ out: [], unclear: [] })
    expect(findInPostWords('援疆挂职').unclear.toSorted()).toEqual(['挂职', '援疆'])
  })

  test('what is no teaching', () => {
    expect(findNonTeaching('开班仪式及领导致辞')).toMatchObject({ whole: true, words: ['开班仪式', '领导致辞'] })
    expect(findNonTeaching('参观名医工作室')).toMatchObject({ whole: true, words: ['参观'] })
    expect(findNonTeaching('09:00 报到')).toMatchObject({ whole: true })
    expect(findNonTeaching('示教室参观与缝合练习')).toMatchObject({ whole: false, words: ['参观'] })
    expect(findNonTeaching('结业考核')).toMatchObject({ whole: false, examination: true })
  })

  test.each(['病例讨论', '餐后血糖管理', '休息与活动', '人工气道的撤离', '综合考核前训练', ''])(
    'teaching: %s',
    (topic) => {
      expect(findNonTeaching(topic)).toEqual({ whole: false, words: [], examination: false })
    },
  )

  test('advertising, but not what a project will not do', () => {
    expect(findCommercialWords('澄湖药业专场卫星会')).toEqual(['卫星会', '药业', '专场'])
    expect(findCommercialWords('不接受任何企业赞助')).toEqual([])
  })
})

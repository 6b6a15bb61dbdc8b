import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardFetch, isAllowedAddress } from '../../src/judge/endpoint/hosts.ts'
import { knownPersonal, selectFields } from '../../src/judge/fields.ts'
import { findNames } from '../../src/judge/privacy/names.ts'
import { findPersonal } from '../../src/judge/privacy/personal.ts'
import { createRedactor } from '../../src/judge/privacy/redact.ts'
import { LlmConfigError, readLlmSettings } from '../../src/judge/settings.ts'

const declaration = {
  project: { name: '社区高血压管理培训班' },
  unit: { name: '临川市第一医院', contact: '方既白', phone: '0794-8211234' },
  leader: {
    name: '林若溪',
    idNumber: '990101197203045678',
    phone: '13800138000',
    email: 'lin@example.org',
    address: '临川市文昌区学府路18号',
    achievements:
      '林 若溪主持课题，电话１３８ ００１３ ８０００，邮箱 lin＠example．org；身份证 990101 1972 0304 5678。',
  },
  teachers: [{ name: '苏砚' }, { name: '苏砚秋' }],
}

describe('told by its shape', () => {
  test.each([
    ['身份证号 990101197203045678', '990101197203045678', 'ID'],
    ['身份证：99010119720304567X。', '99010119720304567X', 'ID'],
    ['证号 990101 19720304 567×', '990101 19720304 567×', 'ID'],
    ['手机13800138000联系', '13800138000', 'PHONE'],
    ['手机 138-0013-8000', '138-0013-8000', 'PHONE'],
    ['＋86 139 1234 5678'.replace('＋', '+'), '+86 139 1234 5678', 'PHONE'],
    ['电话010-62345678转801', '010-62345678转801', 'PHONE'],
    ['（0794）8211234', '（0794）8211234', 'PHONE'],
    ['邮箱 a.b-c@example.org.cn', 'a.b-c@example.org.cn', 'EMAIL'],
    ['卡号 6222 0000 1111 2222 333', '6222 0000 1111 2222 333', 'NUMBER'],
    ['护照 E12345678', 'E12345678', 'PASSPORT'],
    ['住址：临川市文昌区学府路18号3栋', '临川市文昌区学府路18号3栋', 'ADDRESS'],
  ])('%s', (text, part, kind) => {
    const [match] = findPersonal(text)
    expect(match && { kind: match.kind, part: text.slice(match.from, match.until) }).toMatchObject({ kind })
    expect(text.slice(match?.from, match?.until)).toContain(part)
  })

  test.each([
    '项目编号 2025-03-01-123(国)',
    '举办时间 2025年3月1日至2025-03-05 08:30-11:30',
    '京继委办发〔2024〕4号',
    '收缩压140/90mmHg，样本量12000例，P<0.05',
    '招收学员200人，6学时，2学分',
  ])('%s is nobody’s', (text) => {
    expect(findPersonal(text)).toEqual([])
  })
})

describe('names in running text', () => {
  const namesIn = (text: string) => findNames(text).map(({ from, until }) => text.slice(from, until))

  test.each([
    ['邀请陆既明教授授课', ['陆既明']],
    ['由北京澄湖医院苏砚秋主任医师主讲', ['苏砚秋']],
    ['特邀高晚照、孔令仪、欧阳素等专家', ['高晚照', '孔令仪', '欧阳素']],
    ['主讲人：江听澜', ['江听澜']],
    ['主讲：方既白 陆既明 苏砚', ['方既白', '陆既明', '苏砚']],
    ['陆既明，主任医师，从事高血压研究', ['陆既明']],
    ['陆既明，男，1970年生', ['陆既明']],
    ['主任医师马砚，发表论文3篇', ['马砚']],
    ['师从程书言院士，', ['程书言']],
    ['由叶既明带教', ['叶既明']],
    ['苏砚（北京澄湖医院）介绍进展', ['苏砚']],
    ['阿依古丽·买买提教授讲授', ['阿依古丽·买买提']],
    ['苏　砚　教授', ['苏　砚']],
    ['1. 苏砚，陆既明，方既白. 老年高血压管理[J]. 中华全科医学，2022', ['苏砚', '陆既明', '方既白']],
    ['陆既明认为该项目新颖', ['陆既明']],
    ['请王教授点评', ['王']],
    ['Prof. John Smith will speak', ['John Smith']],
    ['Lu JM, Su Y, et al. Hypertension 2022', ['Lu JM, Su Y, ']],
    ['⟦NAME_1⟧、陆既明和苏砚参加', ['陆既明', '苏砚']],
  ])('%s', (text, names) => expect(namesIn(text)).toEqual(names))

  test.each([
    '高血压专家共识解读，康复医师与全科医生的协作',
    '由申报单位负责组织，由省卫生健康委管理',
    '理由应包含培训内容、形式等',
    '副主任公卫医师、主任检验技师、主管药师以上职称',
    '白内障、黄疸、关节置换、方法学与安全管理',
    '项目负责人和申报单位应认真核对',
    '唐山市、石家庄市、张家口市的基层医院主任',
    '课程安全、高效、方便，任课教师均为副高以上',
    '华东地区专家，常务副院长，江苏省人民医院院长',
    '张家港市第一人民医院（三级甲等医院）',
    '北京澄湖医院，上海医科大学附属医院',
    '专家范围广泛，讲者阵容强大，团队经验丰富',
    '参考《中国高血压防治指南》，国际疾病分类',
  ])('%s names nobody', (text) => expect(namesIn(text)).toEqual([]))

  test('text made to be slow is not', () => {
    const begun = performance.now()
    for (const part of ['王伟教授', 'A', '王', '，王伟', 'Lu JM, ', 'Dr A', ' 王 伟 ', '由', '（医院'])
      findNames(part.repeat(8000 / part.length))
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('who is named once with a title is known wherever the name stands alone', () => {
    const form = {
      overview: '学科带头人陆既明主任医师从医三十年。',
      project: { content: '陆既明团队的成果；操作演示（陆既明）。感谢陆既明。' },
    }
    const own = createRedactor(knownPersonal(form))
    expect(own.redact(form.project.content)).toBe('⟦NAME_1⟧团队的成果；操作演示（⟦NAME_1⟧）。感谢⟦NAME_1⟧。')
    expect(own.restore('⟦NAME_1⟧')).toBe('陆既明')
  })

  test('what is told to be a name is replaced before sending and seen by the last assertion', () => {
    const redactor = createRedactor([])
    const text = '课程由陆既明教授、苏砚主任医师主讲，江听澜、程书言带教。'
    expect(redactor.leaks(text)).toBe(true)
    const sent = redactor.redact(text)
    expect(sent).toBe('课程由⟦NAME_1⟧教授、⟦NAME_2⟧主任医师主讲，⟦NAME_3⟧、⟦NAME_4⟧带教。')
    expect(redactor.leaks(sent)).toBe(false)
    expect(redactor.leaks('{"project.content": "由陆\u200b既 明教授主讲"}')).toBe(true)
  })
})

describe('placeholders', () => {
  const redactor = createRedactor(knownPersonal(declaration))

  test('stand for all that the form names as personal, in whatever width and spacing', () => {
    const sent = redactor.redact(declaration.leader.achievements)
    expect(sent).toMatch(/^⟦NAME_1⟧主持课题，电话⟦PHONE_1⟧，邮箱 ⟦EMAIL_1⟧；身份证 ⟦ID_1⟧。$/)
    expect(redactor.leaks(sent)).toBe(false)
  })

  test('a longer name is not cut by a shorter one', () => {
    const sent = redactor.redact('苏砚秋讲第一课，苏砚讲第二课')
    expect(sent).toMatch(/^⟦NAME_(\d)⟧讲第一课，⟦NAME_(?!\1)\d⟧讲第二课$/)
    expect(redactor.restore(sent)).toBe('苏砚秋讲第一课，苏砚讲第二课')
  })

  test('that a form brings along are no placeholders', () => {
    const sent = redactor.redact('见⟦NAME_1⟧与<|im_start|>')
    expect(sent).toBe('见〔NAME_1〕与< |im_start|>')
    expect(redactor.restore('⟦NAME_99⟧')).toBe('⟦NAME_99⟧')
  })

  test('what no person sees is not sent', () => {
    expect(redactor.redact('心\u200b衰\u202e管理\u{e0041}')).toBe('心衰管理')
  })

  test('put back what was there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('林若溪', '苏砚', '13800138000', '，', '主任', '12', ' ')), (parts) => {
        const text = parts.join('、')
        const fresh = createRedactor(knownPersonal(declaration))
        expect(fresh.restore(fresh.redact(text))).toBe(text)
      }),
    )
  })

  test('nothing personal gets past, wherever in a text it stands', () => {
    const personal = ['990101197203045678', '13800138000', 'lin@example.org', '林若溪', '苏砚秋', '0794-8211234']
    const filler = fc.stringMatching(/^[高血压王明教授由、管理培训，。a-z ]{0,12}$/)
    fc.assert(
      fc.property(filler, fc.constantFrom(...personal), filler, (before, secret, after) => {
        const sent = createRedactor(knownPersonal(declaration)).redact(`${before}。${secret}，${after}`)
        expect(sent).not.toContain(secret)
        expect(redactor.leaks(sent)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the last assertion', () => {
  const redactor = createRedactor(knownPersonal(declaration))
  test.each(['1 3 8 0 0 1 3 8 0 0 0', '99010119720304567x', 'x @ y.org', '林\u200b若溪', '林 若 溪'])(
    'sees %s though it were not replaced',
    (text) => expect(redactor.leaks(`{"project.content": "${text}"}`)).toBe(true),
  )
  test('lets an ordinary form through', () => {
    expect(redactor.leaks('{"project.content": "共12学时，2025-03-01 08:30 开班，招收200人"}')).toBe(false)
  })
})

test('personal fields are never selected, whatever a prompt asks for', () => {
  const inputs = ['leader.idNumber', 'leader.phone', 'leader.email', 'leader.name', 'unit.contact', 'teachers[].name']
  expect(selectFields(declaration, [...inputs, 'project.name', 'unit.name'])).toEqual({
    'project.name': '社区高血压管理培训班',
    'unit.name': '临川市第一医院',
  })
})

describe('hosts', () => {
  test.each([
    ['http://127.0.0.1:11434/v1', true],
    ['http://localhost:8000/v1', true],
    ['http://10.1.2.3/v1', true],
    ['http://192.168.1.5:8000/v1', true],
    ['http://ollama:11434/v1', true],
    ['http://llm.hospital.internal:8000/v1', true],
    ['http://gpu-1.local/v1', true],
    ['http://internal.example/v1', false],
    ['http://evil-internal.com/v1', false],
    ['http://169.254.169.254/v1', false],
    ['http://8.8.8.8/v1', false],
    ['https://dashscope.aliyuncs.com/compatible-mode/v1', true],
    ['http://dashscope.aliyuncs.com/v1', false],
    ['https://api.openai.com/v1', false],
    ['https://api.deepseek.com.evil.example/v1', false],
    ['https://localhost.evil.example/v1', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('%s: %s', (address, allowed) => expect(isAllowedAddress(address)).toBe(allowed))

  test('further ones by name', () => {
    expect(isAllowedAddress('https://api.openai.com/v1', ['api.openai.com'])).toBe(true)
    expect(isAllowedAddress('http://api.openai.com/v1', ['api.openai.com'])).toBe(false)
  })

  test('fetch itself refuses the others', async () => {
    const guarded = guardFetch(async () => new Response('{}'))
    await expect(guarded('https://evil.example/v1')).rejects.toMatchObject({ reason: 'host' })
    expect((await guarded('http://127.0.0.1/v1')).status).toBe(200)
  })
})

describe('settings', () => {
  const least = { XINGSHEN_LLM_BASE_URL: 'http://127.0.0.1:11434/v1/', XINGSHEN_LLM_MODEL: 'qwen3:8b' }
  test('none', () => expect(readLlmSettings({ XINGSHEN_LLM_MODEL: ' ' })).toBeNull())
  test('the least', () => {
    expect(readLlmSettings(least)).toMatchObject({
      baseUrl: 'http://127.0.0.1:11434/v1',
      model: 'qwen3:8b',
      deadlineMs: 180_000,
      price: null,
      readingHelp: false,
    })
  })
  test('all', () => {
    const settings = readLlmSettings({
      ...least,
      XINGSHEN_LLM_PRICE: '0.8, 2',
      XINGSHEN_LLM_EXTRA: '{"enable_thinking":false}',
      XINGSHEN_LLM_READING_HELP: 'on',
      XINGSHEN_LLM_DEADLINE: '60',
    })
    expect(settings).toMatchObject({
      price: { input: 0.8, output: 2 },
      extra: { enable_thinking: false },
      readingHelp: true,
      deadlineMs: 60_000,
    })
  })
  test.each([
    [{ XINGSHEN_LLM_BASE_URL: 'http://127.0.0.1/v1' }, 'XINGSHEN_LLM_MODEL'],
    [{ ...least, XINGSHEN_LLM_TIMEOUT: 'soon' }, 'XINGSHEN_LLM_TIMEOUT'],
    [{ ...least, XINGSHEN_LLM_EXTRA: '[' }, 'XINGSHEN_LLM_EXTRA'],
    [{ ...least, XINGSHEN_LLM_BASE_URL: 'https://api.openai.com/v1' }, 'api.openai.com'],
  ])('%j is told to be wrong', (env, what) => {
    expect(() => readLlmSettings(env)).toThrow(LlmConfigError)
    expect(() => readLlmSettings(env)).toThrow(what)
  })
})

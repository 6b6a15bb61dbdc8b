import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS, inProcessReader } from '../../src/documents/read.ts'
import type { Answers } from '../../src/judge/answers.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'
import { renderHtml } from '../../src/review/report/html.ts'
import { renderText } from '../../src/review/report/text.ts'
import { Review } from '../../src/review/schema.ts'
import {
  context,
  doubleOf,
  fieldsIn,
  judgeWith,
  PACK,
  RUN,
  reviewerWith,
  sampleBytes,
  wholeDeclaration,
} from './reviewing.ts'
import { answer, issue, settingsFor } from './scripted-server.ts'

type Judge = ReturnType<typeof judgeWith>

const review = (judge?: Judge, declaration = wholeDeclaration, answers?: Answers) =>
  reviewerWith(judge).review(
    { pack: PACK, declaration, context, files: [] },
    { ...RUN, ...(answers ? { answers } : {}) },
  )

/** Says `reply` to one rule's question and that all is fine to every other. */
const only = (rule: string, reply: object) => doubleOf((user) => (user.includes(`“${rule}”检查`) ? reply : answer()))

const of = ({ findings = [] }: Review, rule: string) => findings.filter((finding) => finding.rule === rule)

const NOVELTY = issue('INNO_EMPTY', 'project.content', '创新之处在于把质量数据反馈引入教学', {
  statement: '创新之处只写了质量数据反馈，没有指出具体的新技术',
  severity: 'info',
})

describe('what a model adds', () => {
  test('nothing without an endpoint: its rules are not checked and the review stands', async () => {
    const alone = await review()
    expect(alone.usage).toEqual({ llmCalls: 0, inputTokens: 0, outputTokens: 0 })
    for (const rule of ['content-theme', 'content-novelty', 'teacher-speciality', 'leader-speciality'])
      expect(alone.notChecked).toContain(rule)
  })

  test('an issue, as a finding of its own with quote, model and prompt', async () => {
    const { fetch } = only('content-novelty', NOVELTY)
    const looked = await review(judgeWith(fetch))
    expect(Review.safeParse(looked).success).toBe(true)
    expect(of(looked, 'content-novelty')).toEqual([
      expect.objectContaining({
        source: 'llm',
        status: 'fail',
        severity: 'info',
        message: '创新之处只写了质量数据反馈，没有指出具体的新技术',
        fields: ['project.content'],
        citation: expect.objectContaining({ clause: expect.stringContaining('BJ-') }),
        data: {
          model: 'scripted-1',
          prompt: 'content-novelty@1.0.0',
          promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          code: 'INNO_EMPTY',
          agreement: '3/3',
          quotes: [{ field: 'project.content', text: '创新之处在于把质量数据反馈引入教学' }],
        },
      }),
    ])
    expect(looked.notChecked).not.toContain('content-novelty')
    expect(looked.usage?.llmCalls).toBeGreaterThan(8)
    expect(looked.usage?.inputTokens).toBe((looked.usage?.llmCalls ?? 0) * 100)
  })

  test('“nothing to point at” where it is let, from a model that has passed its probe', async () => {
    const { fetch } = doubleOf(() => answer())
    expect(of(await review(judgeWith(fetch)), 'content-theme')[0]).toMatchObject({ status: 'pass', source: 'llm' })
    const unprobed = await review(judgeWith(fetch, { isProbed: false }))
    expect(of(unprobed, 'content-theme')[0]).toMatchObject({ status: 'unknown', cause: 'llm-unavailable' })
    expect(unprobed.notChecked).toContain('content-theme')
  })

  test('a doubt where it is not sure, where its answers differ, and where the form does not say', async () => {
    const { fetch } = only('content-theme', answer({ verdict: 'unsure', missing: ['schedule'] }))
    expect(of(await review(judgeWith(fetch)), 'content-theme')[0]).toMatchObject({
      status: 'unknown',
      cause: 'missing',
    })
    let asked = 0
    const wavering = doubleOf((user) => (user.includes('“content-novelty”检查') && asked++ === 1 ? NOVELTY : answer()))
    const doubtful = of(await review(judgeWith(wavering.fetch)), 'content-novelty')[0]
    expect(doubtful).toMatchObject({ status: 'unknown', cause: 'low-confidence', data: { agreement: '1/2' } })
    const { content: _, ...project } = wholeDeclaration.project ?? {}
    const silent = of(await review(judgeWith(fetch), { ...wholeDeclaration, project }), 'content-novelty')[0]
    expect(silent).toMatchObject({
      status: 'unknown',
      cause: 'llm-unavailable',
      message: expect.stringContaining('没有“项目内容及创新之处”'),
    })
    expect(silent?.data).toBeUndefined()
  })

  test('no finding whose words do not stand in the form: it is counted, and every report says so', async () => {
    const { fetch } = only('content-promotion', issue('PROMO_SPONSOR', 'project.content', '由明晖公司全额赞助本次培训'))
    const looked = await review(judgeWith(fetch))
    for (const report of [renderText(looked), await renderHtml(looked)])
      expect(report.replace(/\s/g, '')).toContain('语言模型另提出1处疑问，所引文字不在申报书中')
    expect(of(looked, 'content-promotion').filter(({ status }) => status === 'fail')).toEqual([])
    expect(looked.usage?.ungrounded).toBe(1)
  })

  test('in reports, what a model is not sure of stands with what was not checked', async () => {
    const { fetch } = doubleOf(() => answer({ verdict: 'unsure' }))
    const settings = settingsFor('http://127.0.0.1:9/v1', { price: { input: 1000, output: 5000 } })
    const looked = await review(judgeWith(fetch, { settings }))
    const text = renderText(looked)
    expect(text).not.toContain('需核对')
    expect(text).toMatch(/未检查[\s\S]*授课内容围绕主题（语言模型不能确定；content-theme）/)
    expect(text).toMatch(/语言模型 +scripted-1：\d+ 次请求，输入 \d+、输出 \d+ 词元，约 [\d.]+ 元/)
    expect(await renderHtml(looked)).toContain('语言模型不能确定')
  })

  test('never an error, and never more grave than the pack says', async () => {
    const { fetch } = only('content-novelty', {
      ...NOVELTY,
      findings: [{ ...NOVELTY.findings[0], severity: 'warning' }],
    })
    expect(of(await review(judgeWith(fetch)), 'content-novelty')[0]).toMatchObject({ severity: 'info' })
  })

  test('a second opinion beside the rule’s own finding, which stays as it is', async () => {
    const form = { ...wholeDeclaration, project: { ...wholeDeclaration.project, name: '医院药学学术峰会' } }
    const [own] = of(await review(undefined, form), 'name-event-type')
    expect(own?.status).toBe('fail')
    const fine = await review(judgeWith(doubleOf(() => answer()).fetch), form)
    expect(of(fine, 'name-event-type')).toEqual([own])
    const second = only('name-event-type', issue('CONF_NAME', 'project.name', '学术峰会'))
    const both = of(await review(judgeWith(second.fetch), form), 'name-event-type')
    expect(both.map(({ source, status }) => [source, status])).toEqual([
      ['rule', 'fail'],
      ['llm', 'fail'],
    ])
    expect(both[0]).toEqual(own)
  })

  test('the verdict is at best what the rules say', async () => {
    const form = { ...wholeDeclaration, leader: { ...wholeDeclaration.leader, employed: false } }
    expect((await review(judgeWith(doubleOf(() => answer()).fetch), form)).verdict).toBe('return')
  })

  test('reasons why there is no answer, and a review all the same', async () => {
    const down = (async () => new Response('<html>', { headers: { 'content-type': 'text/html' } })) as typeof fetch
    const looked = await review(judgeWith(down))
    expect(looked.status).toBe('done')
    expect(looked.verdict).toBe((await review()).verdict)
    expect(of(looked, 'content-theme')[0]).toMatchObject({
      status: 'unknown',
      cause: 'llm-unavailable',
      message: expect.stringContaining('服务的应答无法理解'),
    })
  })

  test('what it costs, where a price is known', async () => {
    const settings = settingsFor('http://127.0.0.1:9/v1', { price: { input: 1000, output: 5000 } })
    const { usage } = await review(judgeWith(doubleOf(() => answer()).fetch, { settings }))
    expect(usage?.cost).toBeCloseTo((usage?.llmCalls ?? 0) * (0.1 + 0.1), 4)
  })
})

test('nothing personal is in any request', async () => {
  const { fetch, heard } = doubleOf(() => answer())
  await review(judgeWith(fetch))
  const sent = heard.join('\n')
  const { leader, unit, teachers = [], peerReview } = wholeDeclaration
  const secrets = [
    leader?.name,
    leader?.idNumber,
    leader?.phone,
    leader?.email,
    unit?.contact,
    unit?.phone,
    peerReview?.reviewer,
  ]
  for (const secret of [...secrets, ...(teachers ?? []).map(({ name }) => name)])
    if (secret) expect(sent).not.toContain(secret)
  expect(sent).toContain('⟦NAME_')
})

test('nor anybody who is named in running text alone', async () => {
  const { fetch, heard } = doubleOf(() => answer())
  const { project, leader, peerReview } = wholeDeclaration
  await review(judgeWith(fetch), {
    ...wholeDeclaration,
    project: {
      ...project,
      content: `${project?.content}特邀陆既明教授、江听澜等专家授课，由苏砚带教。`,
      objective: '在程书言院士指导下完成，陆既明的经验得到推广。',
    },
    leader: { ...leader, achievements: `${leader?.achievements}1. 温言，苏砚. 合理用药[J]. 药学杂志，2022。` },
    peerReview: { ...peerReview, text: `${peerReview?.text}该项目由高晚照主任药师主讲。` },
  })
  const sent = heard.join('\n')
  expect(heard.length).toBeGreaterThan(8)
  for (const name of ['陆既明', '江听澜', '苏砚', '程书言', '温言', '高晚照']) expect(sent).not.toContain(name)
})

test('a check gets its own fields only', async () => {
  const { fetch, heard } = doubleOf(() => answer())
  await review(judgeWith(fetch))
  const asked = heard.find((user) => user.includes('“name-inflated”检查')) ?? ''
  expect(Object.keys(fieldsIn(asked)).sort()).toEqual(['project.level', 'project.name', 'unit.name'])
})

test('a second review of the same words asks nothing', async () => {
  const kept = new Map<string, string>()
  const answers: Answers = {
    async once(key, ask) {
      const text = kept.get(key) ?? (await ask())
      kept.set(key, text)
      return text
    },
  }
  const { fetch, heard } = only('content-novelty', NOVELTY)
  const first = await review(judgeWith(fetch), wholeDeclaration, answers)
  const asked = heard.length
  const second = await review(judgeWith(fetch), wholeDeclaration, answers)
  expect(heard.length).toBe(asked)
  expect(second.findings).toEqual(first.findings)
  expect(second.usage?.llmCalls).toBe(0)
  const name = `${wholeDeclaration.project?.name}（二）`
  await review(judgeWith(fetch), { ...wholeDeclaration, project: { ...wholeDeclaration.project, name } }, answers)
  expect(heard.length).toBeGreaterThan(asked)
  expect([...kept.values()].join()).not.toContain(wholeDeclaration.leader?.name)
})

describe('on paper', () => {
  const QUOTE = /围手术期抗菌药物/
  const reader = inProcessReader({ resources: packagedResources() }, DEFAULT_LIMITS)
  const name = 'bm-medical-chromium.pdf'

  test('the quoted words are shown where they stand, line by line', async () => {
    const { fetch } = doubleOf((user) => {
      const text = fieldsIn(user)['project.content']
      return user.includes('“content-novelty”检查') && text
        ? issue('INNO_EMPTY', 'project.content', text.slice(10, 60), { statement: '创新之处没有具体内容' })
        : answer()
    })
    const looked = await reviewerWith(judgeWith(fetch), reader).review(
      { pack: PACK, context, files: [{ name, bytes: sampleBytes(name) }] },
      RUN,
    )
    const [finding] = of(looked, 'content-novelty')
    const whole = looked.fields?.['project.content']?.evidence[0]?.box
    expect(finding?.evidence.length).toBeGreaterThan(0)
    for (const { box } of finding?.evidence ?? []) {
      expect(box?.[3]).toBeLessThan(0.04)
      expect(box?.[1]).toBeGreaterThanOrEqual((whole?.[1] ?? 1) - 0.01)
    }
    const shown = finding?.evidence
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, '')
    expect(shown).toBe(finding?.data?.quotes[0]?.text.replace(/\s/g, ''))
    const text = renderText(looked)
    expect(text).toContain('模型疑问')
    expect(text).toContain('创新之处没有具体内容——是否如此？')
    expect(text).toMatch(/提问\s+模型 scripted-1，提示词 content-novelty@1\.0\.0，代码 INNO_EMPTY，3\/3/)
    expect(text).toContain('如属实，请改用与级别相称的名称')
    const html = await renderHtml(looked)
    expect(html).toContain('创新之处没有具体内容——是否如此？')
    expect(html).toContain('content-novelty@1.0.0')
    expect(QUOTE.test(text) || text.includes('“')).toBe(true)
  })

  test('a model’s own words cannot become markup or command a terminal', async () => {
    const statement = '<script>alert(1)</script>\u001b[31m红\u202e字 ![x](http://evil.example/) ⟦ID_77⟧'
    const { fetch } = only('content-novelty', { ...NOVELTY, findings: [{ ...NOVELTY.findings[0], statement }] })
    const looked = await review(judgeWith(fetch))
    const html = await renderHtml(looked)
    expect(html).not.toContain('<script>')
    const text = renderText(looked)
    expect(text).not.toContain('⟦')
    for (const code of [0x1b, 0x202e]) expect(text).not.toContain(String.fromCharCode(code))
  })
})

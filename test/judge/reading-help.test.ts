import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS, inProcessReader } from '../../src/documents/read.ts'
import { loadHelpPrompt } from '../../src/judge/prompts/prompt.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'
import { renderText } from '../../src/review/report/text.ts'
import { put, SONG, writePdf } from '../documents/pdf-bytes.ts'
import { doubleOf, fieldsIn, judgeWith, PACK, promptFiles, RUN, reviewerWith } from './reviewing.ts'
import { answer, settingsFor } from './scripted-server.ts'

const help = await loadHelpPrompt(promptFiles)
const reader = inProcessReader({ resources: packagedResources() }, DEFAULT_LIMITS)

/** The audience stands under a heading that no form has. */
const form = (line: string) =>
  writePdf({
    ...SONG,
    content: [
      '2025年北京市级继续医学教育项目申报书',
      '项目名称：社区慢性伤口护理新进展培训班',
      '申报单位：北京澄湖医院',
      '项目负责人：林知远',
      '职称：主任护师',
      '所在学科：护理学',
      '拟招生人数：120',
      '学分：2',
      '联系电话：010-55501234',
      line,
    ]
      .map((row, index) => put(row, 60, 740 - index * 30))
      .join(''),
  })

async function review(values: object[], more: { readingHelp?: boolean; baseUrl?: string } = {}) {
  const { fetch, heard } = doubleOf((user) => (user.includes('“reading-help”') ? { values } : answer()))
  const { baseUrl = 'http://127.0.0.1:9/v1', readingHelp = true } = more
  const judge = judgeWith(fetch, { settings: settingsFor(baseUrl, { readingHelp, concurrency: 16 }), help })
  const files = [{ name: 'form.pdf', bytes: form('面向哪些人：各区县社区护士与乡村医生') }]
  const looked = await reviewerWith(judge, reader).review({ pack: PACK, files }, RUN)
  const alone = await reviewerWith(undefined, reader).review({ pack: PACK, files }, RUN)
  return { looked, alone, asked: heard.filter((user) => user.includes('“reading-help”')) }
}

const AUDIENCE = {
  path: 'project.audience',
  value: '各区县社区护士与乡村医生',
  quote: '面向哪些人：各区县社区护士与乡村医生',
}

describe('reading help', () => {
  test('proposes what stands on the page, with its place, for a person to confirm', async () => {
    const { looked, alone, asked } = await review([AUDIENCE])
    expect(asked).toHaveLength(1)
    expect(looked.proposals).toEqual([
      {
        path: 'project.audience',
        value: '各区县社区护士与乡村医生',
        source: 'llm',
        model: 'scripted-1',
        prompt: 'reading-help@1.0.0',
        evidence: [expect.objectContaining({ page: 1, text: '面向哪些人：各区县社区护士与乡村医生' })],
      },
    ])
    expect(looked.proposals?.[0]?.evidence[0]?.box?.[3]).toBeLessThan(0.03)
    expect(looked.declaration).toEqual(alone.declaration)
    expect(looked.fields).toEqual(alone.fields)
    expect(looked.verdict).toBe(alone.verdict)
    expect(renderText(looked)).toContain('模型读自第 1 页，请核对')
  })

  test.each([
    ['that does not stand there', { ...AUDIENCE, value: '三级医院主任医师', quote: '面向三级医院主任医师' }],
    ['that its quote does not hold', { ...AUDIENCE, value: '乡镇卫生院院长' }],
    ['with another number', { path: 'project.enrollment', value: '210', quote: '拟招生人数：210' }],
    ['nobody asked for', { path: 'leader.idNumber', value: '林知远', quote: '项目负责人：林知远' }],
  ])('drops a value %s', async (_, value) => {
    expect((await review([value])).looked.proposals).toBeUndefined()
  })

  test('is off by default, and never asks a model outside one’s own network', async () => {
    expect((await review([AUDIENCE], { readingHelp: false })).asked).toEqual([])
    expect((await review([AUDIENCE], { baseUrl: 'https://api.deepseek.com' })).asked).toEqual([])
  })

  test('sends no personal data and asks for none', async () => {
    const [user = ''] = (await review([])).asked
    expect(user).not.toContain('55501234')
    expect(user).not.toContain('林知远')
    expect(Object.keys(fieldsIn(user)).join()).not.toMatch(/idNumber|phone|leader\.name|contact|address|email/)
  })
})

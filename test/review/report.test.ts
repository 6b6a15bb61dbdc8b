import { describe, expect, test } from 'vitest'
import { renderHtml } from '../../src/review/report/html.ts'
import { maskPersonalNumbers, maskValue } from '../../src/review/report/mask.ts'
import { renderSarif } from '../../src/review/report/sarif.ts'
import { renderText } from '../../src/review/report/text.ts'
import type { Review } from '../../src/review/schema.ts'
import { finding, place } from './findings.ts'

const ID_NUMBER = '110101199001011237'

const citation = (clause: string) => ({ document: '试〔2025〕1号', title: '关于试用的通知', clause })

const returned: Review = {
  id: 'rev_01JD0000000000000000000000',
  status: 'done',
  pack: { id: 'try-2025', version: '1.2.3' },
  createdAt: '2024-11-20T23:59:00.000Z',
  finishedAt: '2024-11-20T23:59:30.000Z',
  documents: [
    {
      name: '申报书<script>.pdf',
      mediaType: 'application/pdf',
      sha256: '0'.repeat(64),
      bytes: 1,
      pages: 6,
      extraction: { method: 'ocr', engine: 'ppocr-v4', confidence: 0.9 },
    },
  ],
  declaration: {
    project: { name: '高血压 <b>试用</b> 培训班', enrollment: 240 },
    leader: { name: '林若溪', employed: false, idNumber: ID_NUMBER },
  },
  fields: {
    'leader.idNumber': { value: ID_NUMBER, raw: ID_NUMBER, confidence: 0.6, evidence: [place(1)] },
    'leader.employed': { value: false, raw: '☐是 ☑否', confidence: 1, evidence: [place(1)] },
  },
  findings: [
    finding('leader-employed', {
      message: '项目负责人填写为不在职（岗）',
      suggestion: '更换为在职在岗的项目负责人',
      citation: citation('T-1 项目负责人须在职在岗'),
      fields: ['leader.employed'],
      evidence: [place(1), place(3, { box: null, path: 'table 2, row 3, cell 4' })],
    }),
    finding('leader-id-number', {
      status: 'unknown',
      cause: 'low-confidence',
      message: `请人工核对身份证号码（${ID_NUMBER}）`,
      fields: ['leader.idNumber'],
      evidence: [place(1)],
      confidence: 0.6,
    }),
    finding('enrollment-cap', { severity: 'warning', message: '招生人数超过 200 人', fields: ['project.enrollment'] }),
    finding('unit-quota', { status: 'unknown', cause: 'context', message: '请核对单位申报数量' }),
    finding('leader-age', { status: 'pass' }),
    finding('unit-seal', { status: 'skipped' }),
  ],
  verdict: 'return',
  notChecked: ['unit-quota'],
  notes: ['未见签字盖章件。'],
}

const failed: Review = {
  id: 'rev_01JD0000000000000000000001',
  status: 'failed',
  createdAt: '2024-11-20T08:00:00.000Z',
  documents: [],
  problem: { type: 'urn:x', title: '文件已加密', status: 422, code: 'encrypted_document', detail: '请取消密码。' },
}

describe('the text report', () => {
  test('says the verdict, every finding with place and clause, and what was not checked', () => {
    expect(renderText(returned, { width: 60 })).toMatchInlineSnapshot(`
      "结论：退回修改
      错误 1，需核对 1，警告 1，通过 1，不适用 1，未检查 1
      存在不符合通知要求的错误，请一次性改正后重新提交。

      项目名称    高血压 <b>试用</b> 培训班
      项目负责人  林若溪
      规则包      try-2025 1.2.3
      依据        试〔2025〕1号《关于试用的通知》
      文件        申报书<script>.pdf（6 页）
      审查编号    rev_01JD0000000000000000000000
      审查时间    2024-11-21 07:59

      一、错误（1）  不符合通知的硬性要求，改正后才能受理

       1. 项目负责人填写为不在职（岗）
          位置  第 1 页上部；第 3 页，第 2 个表第 3 行第 4 格
          读到  项目负责人·是否在职（岗）：否
          依据  试〔2025〕1号 T-1 项目负责人须在职在岗
          改正  更换为在职在岗的项目负责人
          规则  leader-employed

      二、需核对（1）  申报书上无法判定，请对照原件核对

       1. 请人工核对身份证号码（110101********1237）
          位置  第 1 页上部
          读到  项目负责人·身份证号码：110*************37
          规则  leader-id-number

      三、警告（1）  可能不符合要求，请确认

       1. 招生人数超过 200 人
          读到  拟招生人数：240
          规则  enrollment-cap

      通过 1 项，不适用 1 项。

      未检查（1）：以下各项不影响结论，请另行核实
        - 请核对单位申报数量（需要申报书以外的资料；unit-quota）

      注：未见签字盖章件。
      "
    `)
  })

  test('keeps every line within its width, counting a Chinese character as two', () => {
    const long = { ...returned, notes: ['说明'.repeat(100), `see ${'word '.repeat(40)}`] }
    for (const line of renderText(long, { width: 60 }).split('\n')) {
      const columns = [...line].reduce((sum, character) => sum + (character > '\u2000' ? 2 : 1), 0)
      // A full stop may hang over the edge rather than begin a line.
      expect(columns).toBeLessThanOrEqual(62)
    }
  })

  test('is coloured only when asked', () => {
    expect(renderText(returned)).not.toContain('\x1b')
    expect(renderText(returned, { colour: true })).toContain('\x1b[1;31m结论：退回修改')
  })

  test('of a failed review says why, and no verdict', () => {
    expect(renderText(failed)).toMatch(/^结论：未能审查\n文件已加密：请取消密码。/)
  })
})

describe('the HTML report', () => {
  test('escapes what the form says and loads nothing from elsewhere', async () => {
    const html = await renderHtml(returned)
    expect(html).toContain('高血压 &lt;b&gt;试用&lt;/b&gt; 培训班')
    expect(html).toContain('申报书&lt;script&gt;.pdf')
    expect(html).not.toMatch(/<script|<link|<img|https?:\/\//)
  })

  test('holds every part of the text report', async () => {
    const html = await renderHtml(returned)
    const words = [
      '退回修改',
      '更换为在职在岗',
      'T-1 项目负责人须在职在岗',
      '第 1 页上部',
      '未检查项',
      '未见签字盖章件',
    ]
    for (const each of words) expect(html).toContain(each)
  })

  test('puts several reviews on pages of their own', async () => {
    const html = await renderHtml(returned, failed)
    expect(html.match(/<article>/g)).toHaveLength(2)
    expect(html).toContain('未能审查')
  })
})

test('no report shows a whole ID or mobile number', async () => {
  for (const report of [renderText(returned), await renderHtml(returned), renderSarif([returned], '1.0.0')]) {
    expect(report).not.toContain(ID_NUMBER)
    expect(report).toContain('leader-id-number')
  }
  expect(maskPersonalNumbers(`身份证${ID_NUMBER}，手机13800001234`)).toBe('身份证110101********1237，手机138****1234')
  expect(maskPersonalNumbers('学分 12345678901234567890')).toBe('学分 12345678901234567890')
  expect(maskValue('1101011990')).toBe('110*****90')
})

test('SARIF names rules, places and what a person must look at', () => {
  const [run] = JSON.parse(renderSarif([returned], '1.0.0')).runs
  expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
    'leader-employed',
    'leader-id-number',
    'enrollment-cap',
    'unit-quota',
  ])
  expect(run.results.map(({ ruleIndex, kind, level }: Record<string, unknown>) => [ruleIndex, kind, level])).toEqual([
    [0, 'fail', 'error'],
    [1, 'review', 'none'],
    [2, 'fail', 'warning'],
    [3, 'review', 'none'],
  ])
  expect(run.results[0].locations).toHaveLength(2)
  expect(run.results[0].locations[0]).toMatchObject({
    physicalLocation: { artifactLocation: { uri: encodeURIComponent('申报书<script>.pdf'), index: 0 } },
    logicalLocations: [{ fullyQualifiedName: 'leader.employed' }],
    properties: { page: 1, box: [0.1, 0.1, 0.2, 0.1] },
  })
  const [failure] = JSON.parse(renderSarif([failed], '1.0.0')).runs
  expect(failure.invocations).toMatchObject([{ executionSuccessful: false }])
})

describe('people’s rulings', () => {
  const by = { key: 'xs_Abcdefghij12', name: '王老师' }
  const at = '2024-11-21T02:03:00.000Z'
  const ruled: Review = {
    ...returned,
    findings: [...(returned.findings ?? []), finding('leader-employed', { source: 'llm', message: '另一处疑问' })],
    decisions: [
      { id: 'dec_1', rule: 'leader-employed', finding: 0, ruling: 'uphold', at, by },
      {
        id: 'dec_2',
        rule: 'leader-employed',
        finding: 0,
        ruling: 'overrule',
        reason: `<b>在职证明</b> ${ID_NUMBER}`,
        at,
        by,
      },
      { id: 'dec_3', rule: 'leader-id-number', ruling: 'ask', at, by: { key: 'local' } },
      { id: 'dec_4', rule: 'leader-age', ruling: 'overrule', reason: '已超龄', at, by },
    ],
  }

  test('stand under their findings, oldest first, and leave the verdict as it is', () => {
    const text = renderText(ruled)
    expect(text).toContain('结论：退回修改')
    expect(text).toMatch(
      /裁定 {2}维持（王老师，2024-11-21 10:03）\n +裁定 {2}不予采纳：<b>在职证明<\/b> 110101\*{8}1237（王老师/,
    )
    expect(text).toContain('裁定  请申报单位说明（local，2024-11-21 10:03）')
    expect(text.slice(text.indexOf('另一处疑问')).split('规则')[0]).not.toContain('裁定')
  })

  test('of findings that are not listed stand at the end', () => {
    expect(renderText(ruled)).toContain('对以上未列各项的裁定（1）\n  - leader-age：不予采纳：已超龄')
    expect(renderText(ruled)).toContain('以最后一次为准')
    expect(renderText(returned)).not.toContain('裁定')
  })

  test('are escaped in the page', async () => {
    const page = await renderHtml(ruled)
    expect(page).toContain('裁定：不予采纳：&lt;b&gt;在职证明')
    expect(page).toContain('leader-age</span> 不予采纳：已超龄')
  })
})

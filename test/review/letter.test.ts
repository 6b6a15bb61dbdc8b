import mammoth from 'mammoth'
import { describe, expect, test } from 'vitest'
import { renderLetter } from '../../src/review/report/letter.ts'
import type { Decision, Review } from '../../src/review/schema.ts'
import { finding, place } from './findings.ts'

const model = { model: 'small', prompt: 'content-theme@1', promptHash: '0', quotes: [] }

const review: Review = {
  id: 'rev_01JD0000000000000000000000',
  status: 'done',
  pack: { id: 'try-2025', version: '1.2.3' },
  createdAt: '2024-11-20T23:59:00.000Z',
  finishedAt: '2024-11-20T23:59:30.000Z',
  documents: [],
  declaration: { project: { name: '高血压 <b>试用</b>\u0001 培训班' }, unit: { name: '和平医院' } },
  findings: [
    finding('leader-employed', {
      message: '项目负责人填写为不在职（岗）',
      suggestion: '更换为在职在岗的项目负责人',
      citation: { document: '试〔2025〕1号', title: '关于试用的通知', clause: 'T-1 项目负责人须在职在岗' },
      evidence: [place(3)],
    }),
    finding('leader-id-number', {
      status: 'unknown',
      cause: 'low-confidence',
      message: '请人工核对身份证号码（110101199001011237）',
    }),
    finding('content-theme', { severity: 'warning', message: '内容与主题不合', source: 'llm', data: model }),
    finding('unit-quota', { status: 'unknown', cause: 'context', message: '请核对单位申报数量' }),
    finding('leader-age', { status: 'pass' }),
  ],
  verdict: 'return',
}

const decision = (rule: string, ruling: Decision['ruling'], reason: string): Decision => ({
  id: `dec_${rule}`,
  rule,
  ruling,
  reason,
  at: '2024-11-21T01:00:00.000Z',
  by: { key: 'key_1', name: '王老师' },
})

async function read(shown: Review): Promise<string> {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await renderLetter(shown)) })
  return value
}

describe('the letter to the applicant', () => {
  test('says once what is to be put right, with clause and place, and what to look up', async () => {
    const letter = await read(review)
    for (const told of [
      '和平医院',
      '高血压 <b>试用</b> 培训班',
      '一、须改正的事项',
      '项目负责人填写为不在职（岗）',
      '改正：更换为在职在岗的项目负责人',
      '试〔2025〕1号 T-1 项目负责人须在职在岗',
      '第 3 页上部',
      '二、须核对或说明的事项',
      '审查单位（盖章）',
    ])
      expect(letter).toContain(told)
  })

  test('has no whole ID number, and nothing that only the office can look up', async () => {
    const letter = await read(review)
    expect(letter).not.toContain('110101199001011237')
    expect(letter).not.toContain('请核对单位申报数量')
  })

  test('leaves out what a person overruled, and what only a model asks until a person takes it up', async () => {
    expect(await read(review)).not.toContain('内容与主题不合')
    const ruled = await read({
      ...review,
      decisions: [
        decision('leader-employed', 'overrule', '原件已附返聘证明'),
        decision('content-theme', 'ask', '请说明第 2 讲与主题的关系'),
      ],
    })
    expect(ruled).not.toContain('项目负责人填写为不在职')
    expect(ruled).toContain('内容与主题不合')
    expect(ruled).toContain('请说明：请说明第 2 讲与主题的关系')
  })

  test('of a form without faults says so; of one that could not be reviewed, why', async () => {
    expect(await read({ ...review, findings: [], verdict: 'pass' })).toContain('没有发现须补正的事项')
    const { findings: _, verdict: __, ...rest } = review
    const problem = {
      type: 'urn:x',
      title: '文件已加密',
      status: 422,
      code: 'encrypted_document',
      detail: '请取消密码。',
    } as const
    const letter = await read({ ...rest, status: 'failed', problem })
    expect(letter).toContain('文件已加密：请取消密码。')
    expect(letter).not.toContain('没有发现')
  })
})

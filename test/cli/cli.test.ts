import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { Review } from '../../src/review/schema.ts'
import { xingshen } from './run.ts'

const PACK = ['--pack', 'beijing-2025-municipal']

/** Says little: every rule that lacks something asks a person. */
const sparse = { project: { name: '社区高血压管理培训班' }, leader: { name: '林若溪', employed: true } }
const LECTURES = ['家庭血压的测量', '药物的选择与联用', '难治性高血压的识别', '随访与转诊']
const taught = { ...sparse, teachers: LECTURES.map((topic) => ({ topic })) }
const unemployed = { ...sparse, leader: { ...sparse.leader, employed: false } }

let folder: string
const path = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-cli-'))
  const files: Record<string, string | Uint8Array> = {
    'sparse.json': JSON.stringify(sparse),
    'unemployed.json': JSON.stringify(unemployed),
    'request.json': JSON.stringify({ pack: 'beijing-2025-municipal', declaration: sparse, externalId: 'A-1' }),
    'one.json': JSON.stringify(taught),
    'copy.json': JSON.stringify({ ...taught, project: { name: '高血压适宜技术学习班' } }),
    'broken.json': '{"project": 林若溪',
    'context.json': '{"unitAliases":"not a list"}',
    'picture.pdf': 'GIF89a',
    'letter.docx': await Packer.toBuffer(
      new Document({ sections: [{ children: [new Paragraph('各位同事：周五下午例行大扫除，请大家准时参加。')] }] }),
    ),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(path(name), content)
})
afterAll(() => rm(folder, { recursive: true }))

describe('xingshen review', () => {
  test('prints the verdict first and exits with 1 when the form is returned', async () => {
    const { status, stdout, stderr } = await xingshen(['review', path('unemployed.json'), ...PACK])
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(stdout).toMatch(/^结论：退回修改\n错误 \d+/)
    expect(stdout).toContain('leader-employed')
    expect(stdout).not.toContain('\x1b')
  })

  test('exits with 2 when a person must look', async () => {
    const { status, stdout } = await xingshen(['review', path('sparse.json'), ...PACK])
    expect(status).toBe(2)
    expect(stdout).toMatch(/^结论：需人工核对/)
  })

  test('prints exactly one review as JSON', async () => {
    const { status, stdout } = await xingshen(['review', path('unemployed.json'), ...PACK, '--format', 'json'])
    expect(status).toBe(1)
    const review = Review.parse(JSON.parse(stdout))
    expect(review).toMatchObject({ status: 'done', verdict: 'return', pack: { id: 'beijing-2025-municipal' } })
  })

  test('compares several files with each other', async () => {
    const { status, stdout } = await xingshen([
      'review',
      path('one.json'),
      path('copy.json'),
      ...PACK,
      '--format',
      'json',
    ])
    const reviews = stdout
      .trim()
      .split('\n')
      .map((line) => Review.parse(JSON.parse(line)))
    const twins = reviews.map(({ findings = [] }) => findings.find(({ rule }) => rule === 'duplicate-declaration'))
    expect(twins.map((twin) => twin?.status)).toEqual(['fail', 'fail'])
    expect(twins[0]?.message).toContain('copy.json')
    expect(twins[1]?.message).toContain('one.json')
    expect(status).toBe(2)
  })

  test('takes a whole request, and lets the command line overrule it', async () => {
    const own = await xingshen(['review', path('request.json'), '--format', 'json'])
    expect(JSON.parse(own.stdout)).toMatchObject({ externalId: 'A-1', verdict: 'manual' })
    const other = await xingshen(['review', path('request.json'), '--pack', 'nowhere'])
    expect(other).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('nowhere') })
  })

  test('reads a declaration from standard input', async () => {
    const { status, stdout } = await xingshen(['review', '-', ...PACK, '--format', 'json'], {
      input: `\ufeff ${JSON.stringify(unemployed)}`,
    })
    expect(status).toBe(1)
    expect(JSON.parse(stdout).declaration.leader.name).toBe('林若溪')
  })

  test('reviews several files a line each, and exits with the gravest outcome', async () => {
    const files = ['sparse.json', 'missing.pdf', 'unemployed.json'].map(path)
    const { status, stdout, stderr } = await xingshen(['review', ...files, ...PACK, '--format', 'json'])
    const reviews = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Review.parse(JSON.parse(line)))
    expect(reviews.map((review) => review.verdict ?? review.problem?.code)).toEqual(['manual', 'not_found', 'return'])
    expect(status).toBe(3)
    expect(stderr).toContain('missing.pdf：找不到文件')
    expect((await xingshen(['review', path('sparse.json'), path('unemployed.json'), ...PACK])).status).toBe(1)
  })

  test.each([
    ['missing.pdf', '找不到文件'],
    ['broken.json', '不是有效的 JSON'],
    ['picture.pdf', 'GIF'],
    ['letter.docx', '不像继续医学教育项目申报书'],
  ])('says in plain words why %s cannot be reviewed, and exits with 3', async (name, words) => {
    const { status, stdout, stderr } = await xingshen(['review', path(name)])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/林若溪|^\s+at /m)
  })

  test('names every wrong place of the options', async () => {
    const args = ['review', path('sparse.json'), '--context', path('context.json'), '--as-of', '2025-02-30']
    const { status, stderr } = await xingshen(args)
    expect(status).toBe(3)
    expect(stderr).toMatch(/\/asOf/)
    expect(stderr).toMatch(/\/context\/unitAliases/)
  })

  test('compares two packs on one form', async () => {
    const both = [...PACK, '--pack', 'shanghai-2025-municipal']
    const { status, stdout } = await xingshen(['review', path('unemployed.json'), ...both])
    expect(status).toBe(1)
    expect(stdout).toMatch(/^甲 {2}beijing-2025-municipal .*：退回修改\n乙 {2}shanghai-2025-municipal .*：退回修改\n/)
    expect(stdout).toMatch(/credits-cap\n {4}甲 .*\n {4}乙 {2}没有这条规则/)
    const json = JSON.parse((await xingshen(['review', path('unemployed.json'), ...both, '--format', 'json'])).stdout)
    expect(Review.parse(json.after).pack?.id).toBe('shanghai-2025-municipal')
    expect(json.changes.map(({ rule }: { rule: string }) => rule)).not.toContain('leader-employed')
  })

  test('writes HTML and SARIF', async () => {
    const html = await xingshen(['review', path('unemployed.json'), path('sparse.json'), ...PACK, '--format', 'html'])
    expect(html.stdout.match(/<article>/g)).toHaveLength(2)
    const sarif = await xingshen(['review', path('unemployed.json'), ...PACK, '--format', 'sarif'])
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'xingshen' } } }],
    })
  })
})

describe('xingshen packs', () => {
  test('lists the packs', async () => {
    const { status, stdout } = await xingshen(['packs'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^beijing-2025-municipal {2}1\.\d+\.\d+ {2}\S+/m)
  })

  test('shows rules with parameters, and every clause', async () => {
    const { status, stdout } = await xingshen(['packs', 'show', 'beijing-2025-municipal'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/teacher-home-share {2}.*\n.*条款 .*\n.*参数 min = 50%/)
    expect(stdout).toMatch(/条款对照（\d\d+）/)
  })

  test('knows no other', async () => {
    const { status, stderr } = await xingshen(['packs', 'show', 'nowhere'])
    expect(status).toBe(1)
    expect(stderr).toContain('beijing-2025-municipal')
  })
})

describe('the command line', () => {
  test('tells its version and its usage', async () => {
    expect(await xingshen(['--version'])).toMatchObject({ status: 0, stdout: `${packageJson.version}\n` })
    expect(await xingshen(['review', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--pack ID'),
    })
  })

  test.each([
    [[], '请写明命令'],
    [['reveiw'], 'reveiw'],
    [['review'], '请写明要审查的文件'],
    [['review', 'a.pdf', '--formt', 'json'], '--formt'],
    [['review', 'a.pdf', '--format', 'xml'], 'xml'],
    [['review', 'a.pdf', '--pack'], '--pack'],
    [['review', 'a.pdf', '--pack', 'a', '--pack', 'b', '--pack', 'c'], '最多写两个'],
    [['review', 'a.pdf', 'b.pdf', '--pack', 'a', '--pack', 'b'], '一份申报书'],
    [['review', 'a.pdf', '--pack', 'a', '--pack', 'b', '--format', 'html'], 'text 或 json'],
    [['packs', 'list'], 'packs show ID'],
    [['serve', '--port', 'x'], '--port'],
    [['serve', '--host', '0.0.0.0'], '0.0.0.0'],
    [['eval'], 'eval DIR'],
  ])('explains %j and exits with 64', async (args, words) => {
    const { status, stdout, stderr } = await xingshen(args)
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr.split('\n')[0]).toContain(words)
    expect(stderr).toContain('用法')
  })

  test('a faulty rules folder is named with file and line, and is no verdict', async () => {
    const pack = join(folder, 'rules', 'packs', 'mine')
    await mkdir(pack, { recursive: true })
    await writeFile(join(pack, 'pack.yaml'), 'id: other\n')
    const faulty = await xingshen(['review', path('sparse.json')], { env: { XINGSHEN_RULES: join(folder, 'rules') } })
    expect(faulty.status).toBe(70)
    expect(faulty.stderr).toMatch(/packs\/mine\/pack\.yaml:\d+:\d+/)
  })

  test.runIf(existsSync('/usr/bin/node'))('an old Node hands over to the one that npm installed', async () => {
    expect(await xingshen(['--version'], { node: '/usr/bin/node' })).toMatchObject({ status: 0, stderr: '' })
    expect((await xingshen(['reveiw'], { node: '/usr/bin/node' })).status).toBe(64)
  })
})

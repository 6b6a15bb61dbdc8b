import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import { runAudit } from '../../src/cli/audit.ts'
import { runData } from '../../src/cli/data.ts'
import { runKeys } from '../../src/cli/keys.ts'
import { UsageError } from '../../src/cli/usage.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { createSealer } from '../../src/store/sealer.ts'
import { verifyTrail } from '../../src/store/verify-trail.ts'
import { xingshen } from './run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = (...args: string[]) => xingshen([...args, '--data', folder], { env: { DATABASE_URL: '' } })

describe('xingshen keys', () => {
  test('makes a key, shows it once and keeps only its digest', async () => {
    const made = await run('keys', 'create', '--role', 'reviewer', '--name', '王老师', '--expires', '2999-12-31')
    expect(made.status).toBe(0)
    expect(made.stdout).toMatch(/^xs_[0-9A-Za-z]{48}\n$/)
    const key = made.stdout.trim()
    const id = key.slice(0, 15)
    expect(made.stderr).toContain(id)
    expect(made.stderr).not.toContain(key)
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name))
      expect(bytes.includes(key) || bytes.includes(key.slice(15, 45))).toBe(false)
    }
    const { stdout } = await run('keys', 'list')
    expect(stdout).toMatch(new RegExp(`^${id}  reviewer  default  王老师（可用，.*有效至 2999-12-31，未使用过）\n$`))
    expect(JSON.parse((await run('keys', 'list', '--json')).stdout)).toMatchObject({
      id,
      name: '王老师',
      role: 'reviewer',
    })
  })

  test('prints the statements for a database that only its own tool can reach', async () => {
    const { stdout, stderr } = await run('keys', 'create', '--role', 'admin', '--name', "O'Neil", '--sql')
    const key = /xs_[0-9A-Za-z]{48}/.exec(stderr)?.[0] ?? ''
    expect(stdout).not.toContain(key)
    const data = openDataFolder(folder)
    const database = new DatabaseSync(join(folder, 'xingshen.db'))
    database.exec(stdout)
    database.close()
    expect(await data.store.keys.find(key.slice(0, 15))).toMatchObject({
      name: "O'Neil",
      digest: await digestOfKey(key),
    })
    expect(await data.store.audit.of(key.slice(0, 15))).toMatchObject([{ action: 'key-created', actor: 'local' }])
    data.close()
  })

  test('revokes a key once', async () => {
    const { stdout } = await run('keys', 'create', '--role', 'admin', '--name', 'x', '--tenant', 'south')
    const id = stdout.slice(0, 15)
    expect((await run('keys', 'revoke', id)).status).toBe(0)
    const again = await run('keys', 'revoke', id)
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('没有编号为')])
    expect((await run('keys', 'list', '--tenant', 'south')).stdout).toContain('停用')
    expect((await run('keys', 'list', '--tenant', 'north')).stdout).toContain('还没有访问密钥')
  })

  test('does not repeat a whole key that was given for its id', async () => {
    const { key } = await createKey()
    expect((await run('keys', 'revoke', key)).stderr).not.toContain(key)
  })

  test('works while another process owns the folder', async () => {
    const data = openDataFolder(folder)
    const { stdout, status } = await run('keys', 'create', '--role', 'admin', '--name', 'x')
    expect(status).toBe(0)
    expect(await data.store.keys.find(stdout.slice(0, 15))).toMatchObject({ role: 'admin', name: 'x' })
    data.close()
  })

  test.each([
    [['keys'], '应写作'],
    [['keys', 'create', '--name', 'x'], '--role'],
    [['keys', 'create', '--role', 'root', '--name', 'x'], '--role'],
    [['keys', 'create', '--role', 'admin'], '--name'],
    [['keys', 'create', '--role', 'admin', '--name', 'x', '--tenant', 'a b'], '--tenant'],
    [['keys', 'create', '--role', 'admin', '--name', 'x', '--expires', '2020-01-01'], '--expires'],
    [['keys', 'create', '--role', 'admin', '--name', 'x', '--expires', 'soon'], '--expires'],
    [['keys', 'revoke'], '应写作'],
    [['audit'], '应写作'],
    [['audit', 'verify', '--head', 'x'], '--head'],
  ])('%j is refused in plain words', async ([name, ...args], word) => {
    const asked = name === 'keys' ? runKeys(args) : runAudit(args)
    await expect(asked).rejects.toThrow(UsageError)
    await expect(asked).rejects.toThrow(word)
  })
})

describe('xingshen audit verify', () => {
  /** Three keys, sealed. */
  async function fill(): Promise<string> {
    const data = openDataFolder(folder)
    for (const id of ['xs_1', 'xs_2', 'xs_3']) {
      const createdAt = '2024-11-20T08:00:00.000Z'
      await data.store.keys.add({ id, tenant: 'default', name: 'x', role: 'admin', createdAt, digest: '' }, 'local')
    }
    await createSealer(data.store.audit)()
    data.close()
    const { stdout } = await run('audit', 'verify')
    return /链尾 (\S+)/.exec(stdout)?.[1] ?? ''
  }

  /** As somebody does who can write to the file. */
  function tamper(...statements: string[]): void {
    const database = new DatabaseSync(join(folder, 'xingshen.db'))
    for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
      if (/^(audit|seals)_/.test(String(name))) database.exec(`DROP TRIGGER ${name}`)
    for (const statement of statements) database.exec(statement)
    database.close()
  }

  test('says that all is whole, and gives an end to keep elsewhere', async () => {
    const head = await fill()
    expect(head).toMatch(/^3:[0-9a-f]{64}$/)
    const { status, stdout } = await run('audit', 'verify', '--head', head)
    expect(status).toBe(0)
    expect(stdout).toContain('审计记录完整：3 行')
    expect(stdout).toContain('第 3 环与 --head 相符')
  })

  test.each([
    [
      'a changed line',
      "UPDATE audit SET actor = 'system' WHERE seq = 2",
      '第 2 环（第 2 行）断开：这一行或其摘要已被改动',
    ],
    ['a deleted line', 'DELETE FROM audit WHERE seq = 2', '第 2 环（第 2 行）断开：这一行已被删除'],
    ['a deleted seal', 'DELETE FROM audit_seal WHERE seq = 2', '第 2 环断开：这一环的摘要已被删除'],
  ])('finds %s', async (_, statement, told) => {
    await fill()
    tamper(statement)
    const { status, stdout } = await run('audit', 'verify')
    expect(status).toBe(1)
    expect(stdout).toContain(told)
  })

  test('finds an end that was cut off with its seals: by the count, and where that was corrected too, by the end kept elsewhere', async () => {
    const head = await fill()
    tamper('DELETE FROM audit WHERE seq = 3', 'DELETE FROM audit_seal WHERE seq = 3')
    const counted = await run('audit', 'verify')
    expect([counted.status, counted.stdout]).toEqual([1, expect.stringContaining('有 1 行已不在')])
    tamper("UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit'")
    expect((await run('audit', 'verify')).status).toBe(0)
    const compared = await run('audit', 'verify', '--head', head)
    expect([compared.status, compared.stdout]).toEqual([1, expect.stringContaining('现有的记录只到第 2 环')])
    for (const { stdout } of [counted, compared]) expect(stdout).not.toContain('审计记录完整')
  })

  test('says that an end kept elsewhere lies behind the break, not that the end was cut off', async () => {
    const head = await fill()
    tamper("UPDATE audit SET actor = 'system' WHERE seq = 2")
    const { status, stdout } = await run('audit', 'verify', '--head', head)
    expect(status).toBe(1)
    expect(stdout).toContain('第 2 环（第 2 行）断开')
    expect(stdout).toContain('在断开处之后')
    expect(stdout).not.toContain('已被删除')
  })

  test('says where an end to compare with is found, when what is given is none', async () => {
    const { status, stderr } = await run('audit', 'verify', '--head', '17')
    expect(status).toBe(64)
    expect(stderr).toContain('audit-head')
  })

  test('a store that was carried elsewhere is whole there too, and both tell of it', async () => {
    await fill()
    const other = await mkdtemp(join(tmpdir(), 'xingshen-carried-'))
    expect(await runData(['export', join(other, 'archive'), '--data', folder])).toBe(0)
    expect(await runData(['import', join(other, 'archive'), '--data', join(other, 'data')])).toBe(0)
    const told = []
    for (const place of [folder, join(other, 'data')]) {
      const data = openDataFolder(place)
      await createSealer(data.store.audit)()
      const { broken, lost } = await verifyTrail(data.store.audit)
      told.push([broken, lost, (await data.store.audit.of('store')).map(({ action }) => action)])
      data.close()
    }
    expect(told).toEqual([
      [undefined, 0, ['exported']],
      [undefined, null, ['imported']],
    ])
    await rm(other, { recursive: true })
  })

  test('says that nothing was written yet', async () => {
    openDataFolder(folder).close()
    const { status, stdout } = await run('audit', 'verify')
    expect([status, stdout]).toEqual([0, expect.stringContaining('审计记录完整：0 行')])
  })
})

describe('a folder that is none of ours', () => {
  const mistyped = () => join(folder, 'mistyped')

  test.each([
    ['audit', 'verify'],
    ['keys', 'list'],
    ['keys', 'revoke', 'xs_aaaaaaaaaaaa'],
    ['data', 'export', join(tmpdir(), 'xingshen-never-written')],
  ])('%s %s says so, and makes none', async (...args) => {
    const ended = await xingshen([...args, '--data', mistyped()], { env: { DATABASE_URL: '' } })
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^xingshen: .*mistyped 不是 xingshen 的数据目录/)
    expect(await readdir(folder)).toEqual([])
  })

  test.each([
    ['keys', 'create', '--role', 'admin', '--name', '甲'],
    ['serve', '--port', '0'],
    ['data', 'import', tmpdir()],
  ])('%s %s explains in a sentence why it cannot be made', async (...args) => {
    await writeFile(mistyped(), '')
    const ended = await xingshen([...args, '--data', join(mistyped(), 'data')], { env: { DATABASE_URL: '' } })
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^xingshen: 无法使用数据目录 .*：路径中有一段是文件，不是目录。\n$/)
  })
})

test.each([
  ['serve', '--port', '0'],
  ['keys', 'list'],
  ['data', 'export', join(tmpdir(), 'xingshen-never-written')],
])('%s %s explains in a sentence that PostgreSQL is not there, without its address', async (...args) => {
  const env = { DATABASE_URL: 'postgres://office:secret@127.0.0.1:9/xingshen' }
  const ended = await xingshen([...args, ...(args[0] === 'data' ? ['--data', folder] : [])], { env })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toBe('xingshen: 连接不上 DATABASE_URL 所指的 PostgreSQL：那里没有 PostgreSQL 在接受连接。\n')
})

import { DEFAULT_TENANT, ROLES, type Role } from '../access/actor.ts'
import { createKey, digestOfKey } from '../access/key.ts'
import type { ApiKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { keyAsSql } from './key-as-sql.ts'
import { openStoreBeside } from './open-store.ts'
import { oneOf, parseArguments, UsageError } from './usage.ts'

const OPTIONS = {
  role: { type: 'string' },
  name: { type: 'string' },
  tenant: { type: 'string' },
  expires: { type: 'string' },
  json: { type: 'boolean', default: false },
  sql: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const

/** Who works at the command line stands so in the audit trail. */
const OPERATOR = 'local'

/** `xingshen keys create|list|revoke`; the service may be running, and knows of it at once. */
export async function runKeys(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS)
  const [action, id, ...rest] = positionals
  if (rest.length > 0 || (action !== 'revoke' && id !== undefined)) throw new UsageError(USAGE)
  if (action === 'create') {
    const asked = parseCreation(values)
    return values.sql ? print(asked) : withStore(values.data, (store) => create(store, asked), true)
  }
  if (action === 'list') return withStore(values.data, (store) => list(store, values.tenant, values.json))
  if (action === 'revoke' && id !== undefined) return withStore(values.data, (store) => revoke(store, id))
  throw new UsageError(USAGE)
}

const USAGE = '应写作 keys create --role ROLE --name NAME、keys list 或 keys revoke ID。'

type Creation = { role: Role; name: string; tenant: string; expiresAt?: string }

function parseCreation({ role, name, tenant = DEFAULT_TENANT, expires }: Record<string, unknown>): Creation {
  if (typeof role !== 'string') throw new UsageError('请用 --role 写明角色：applicant、reviewer 或 admin。')
  if (typeof name !== 'string' || !name.trim() || name.length > 100)
    throw new UsageError('请用 --name 写明密钥归谁使用（不超过 100 字）。')
  if (typeof tenant !== 'string' || !/^[\w.-]{1,64}$/.test(tenant))
    throw new UsageError('--tenant 只能由字母、数字、点、横线和下划线组成，不超过 64 个字符。')
  return {
    role: oneOf('--role', role, ROLES),
    name: name.trim(),
    tenant,
    ...(typeof expires === 'string' ? { expiresAt: endOf(expires) } : {}),
  }
}

/** The end of a day in Beijing time. */
function endOf(day: string): string {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN
  const end = start + 86_400_000
  if (!(end > Date.now())) throw new UsageError(`--expires 应为今天或以后的日期（YYYY-MM-DD），不能是“${day}”。`)
  return new Date(end).toISOString()
}

async function create(store: Store, asked: Creation): Promise<number> {
  const { key, kept } = await make(asked)
  await store.keys.add(kept, OPERATOR)
  process.stdout.write(`${key}\n`)
  process.stderr.write(`${tell(kept)}密钥只显示这一次，请立即妥善保存；服务只存有它的摘要。\n`)
  return 0
}

/** For a database that this command cannot reach: nothing is written, the statements are printed. */
async function print(asked: Creation): Promise<number> {
  const { key, kept } = await make(asked)
  process.stdout.write(`${keyAsSql(kept, OPERATOR)}\n`)
  process.stderr.write(`${tell(kept)}执行以上语句后生效。密钥只显示这一次：\n${key}\n`)
  return 0
}

async function make({ role, name, tenant, expiresAt }: Creation) {
  const { id, key } = await createKey()
  const kept: ApiKey = { id, tenant, name, role, createdAt: new Date().toISOString() }
  return { key, kept: { ...kept, ...(expiresAt ? { expiresAt } : {}), digest: await digestOfKey(key) } }
}

const tell = ({ name, role, id }: ApiKey): string => `已为“${name}”建立 ${role} 密钥 ${id}。`

async function list(store: Store, tenant: string | undefined, json: boolean): Promise<number> {
  const keys = await store.keys.list(tenant)
  if (json) for (const key of keys) process.stdout.write(`${JSON.stringify(key)}\n`)
  else if (keys.length === 0) process.stdout.write('还没有访问密钥：服务只接受本机的请求。\n')
  else for (const key of keys) process.stdout.write(`${describe(key)}\n`)
  return 0
}

function describe({ id, role, tenant, name, createdAt, expiresAt, revokedAt, lastUsedOn }: ApiKey): string {
  const expired = expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()
  const state = revokedAt ? `${dayOf(revokedAt)} 停用` : expired ? '已过期' : '可用'
  const until = expiresAt ? `，有效至 ${dayOf(new Date(Date.parse(expiresAt) - 1).toISOString())}` : ''
  const used = lastUsedOn ? `最近使用 ${lastUsedOn}` : '未使用过'
  return `${id}  ${role}  ${tenant}  ${name}（${state}，${dayOf(createdAt)} 建立${until}，${used}）`
}

const dayOf = (iso: string): string => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10)

async function revoke(store: Store, id: string): Promise<number> {
  if (await store.keys.revoke(id, { at: new Date().toISOString(), actor: OPERATOR })) {
    process.stdout.write(`密钥 ${id} 已停用，立即生效。\n`)
    return 0
  }
  process.stderr.write(`xingshen: 没有编号为“${id.slice(0, 15)}”的可用密钥。\n`)
  return 1
}

/** A first key may be made before the service ever ran: `begin`. */
async function withStore(folder: string | undefined, work: (store: Store) => Promise<number>, begin = false) {
  const opened = await openStoreBeside(folder, { begin })
  try {
    return await work(opened.store)
  } finally {
    await opened.close()
  }
}

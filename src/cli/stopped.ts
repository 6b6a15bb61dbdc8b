import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { StorageSettings } from '../platform/node/storage.ts'

/** A command cannot do what it was asked to, through no fault of the program; `message` says why to whoever typed it. */
export class Stopped extends Error {}

const CAUSES: Record<string, string> = {
  ECONNREFUSED: '那里没有 PostgreSQL 在接受连接',
  ENOTFOUND: '找不到这台主机',
  EAI_AGAIN: '暂时查不到这台主机的地址',
  ETIMEDOUT: '连接超时',
  '28P01': '用户名或密码不对',
  '28000': '这个用户不得连接',
  '3D000': '没有这个数据库',
  '42501': '这个用户没有建表的权限',
  EACCES: '没有写入的权限',
  EPERM: '没有写入的权限',
  EROFS: '所在的磁盘是只读的',
  ENOENT: '那里不能建立目录',
  ENOSPC: '磁盘已满',
  ENOTDIR: '路径中有一段是文件，不是目录',
  EEXIST: '那里已有一个同名的文件',
}

/** `Stopped` where the system or PostgreSQL refused to open the storage, else the error as it is. The address itself, which holds a password, is not told. */
export function explainOpening(error: unknown, { folder, databaseUrl }: StorageSettings): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const timedOut = error instanceof Error && /timeout exceeded when trying to connect/.test(error.message)
  const cause = timedOut ? '连接超时' : CAUSES[code]
  if (cause === undefined) return error
  return new Stopped(
    databaseUrl ? `连接不上 DATABASE_URL 所指的 PostgreSQL：${cause}。` : `无法使用数据目录 ${folder}：${cause}。`,
  )
}

/** Throws `Stopped` when nothing was ever kept in the folder: its name may be mistyped, and an empty one would look whole. */
export function assertKept({ folder, databaseUrl }: StorageSettings): void {
  if (databaseUrl || existsSync(join(resolve(folder), 'xingshen.db'))) return
  throw new Stopped(
    `${resolve(folder)} 不是 xingshen 的数据目录（其中没有 xingshen.db）。请用 --data 或 XINGSHEN_DATA 指明。`,
  )
}

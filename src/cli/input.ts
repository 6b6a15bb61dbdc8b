import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Problem } from '../problem.ts'
import { parseJson, parseReviewRequest, type ReviewOptions } from '../review/request.ts'
import type { ReviewInput } from '../review/reviewer.ts'

const REASONS: Record<string, string> = {
  ENOENT: '找不到文件',
  EISDIR: '这是一个文件夹，请写出其中的文件',
  EACCES: '没有读取文件的权限',
}

/**
 * What one FILE of the command line asks to be reviewed; `-` is standard input. JSON is a declaration, or a whole request as
 * for `POST /v1/reviews`, in which what the command line says itself goes first. Throws `Problem`.
 */
export async function readInput(path: string, options: ReviewOptions): Promise<ReviewInput> {
  const bytes = path === '-' ? await readStandardInput() : await readPath(path)
  const isJson = path === '-' ? /^\ufeff?\s*\{/.test(textOf(bytes.subarray(0, 100))) : /\.json$/i.test(path)
  if (!isJson) return { ...options, files: [{ name: path === '-' ? 'stdin' : basename(path), bytes }] }
  const json = parseJson(textOf(bytes))
  const { declaration: _, ...rest } = options
  return { ...parseReviewRequest(isRequest(json) ? json : { declaration: json }), ...rest, files: [] }
}

/** Reads a JSON file named by an option. Throws `Problem`. */
export async function readJson(path: string): Promise<unknown> {
  return parseJson(textOf(await readPath(path)))
}

function isRequest(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'declaration' in json
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Problem('not_found', `${REASONS[code] ?? `无法读取文件（${code}）`}。`)
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return new Uint8Array(Buffer.concat(chunks))
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

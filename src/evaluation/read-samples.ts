import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../problem.ts'
import { Truth } from './truth.ts'

export type Sample = { name: string; truth: Truth; readFiles(): Promise<{ name: string; bytes: Uint8Array }[]> }

/** Every `*.truth.json` under `folder`, in the order of their names. Throws `Problem('not_found')` when there is none. */
export async function readSamples(folder: string): Promise<Sample[]> {
  const all = await readdir(folder, { recursive: true }).catch(() => [])
  const names = all.filter((name) => name.endsWith('.truth.json')).sort()
  if (names.length === 0) throw new Problem('not_found', `“${folder}”中没有样本（*.truth.json）。`)
  return Promise.all(names.map((name) => readSample(folder, name)))
}

async function readSample(folder: string, name: string): Promise<Sample> {
  const json: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'))
  const parsed = Truth.safeParse(json)
  const issue = parsed.error?.issues[0]
  if (!parsed.success)
    throw new Problem(
      'invalid_declaration',
      `样本 ${name} 的真值不符合格式：${issue?.path.join('.')} ${issue?.message}`,
    )
  const truth = parsed.data
  return {
    name: name.replace('.truth.json', ''),
    truth,
    readFiles: () =>
      Promise.all(
        truth.files.map(async (file) => ({
          name: file,
          bytes: new Uint8Array(await readFile(join(folder, dirname(name), file))),
        })),
      ),
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Declaration } from '../../declaration/schema.ts'
import { Problem } from '../../problem.ts'

const Case = z.strictObject({
  name: z.string(),
  /** How hard it is: `clear`, two careful people could differ (`borderline`), or it looks like an issue and is none (`trap`). */
  kind: z.enum(['clear', 'borderline', 'trap']),
  /** Asked by `xingshen llm probe`. */
  probe: z.boolean().default(false),
  /** The answers that are right. */
  expect: z.array(z.enum(['issue', 'ok', 'unsure'])).min(1),
  /** With an issue: one of these must be among its codes. */
  codes: z.array(z.string()).default([]),
  declaration: Declaration,
})

/** A small declaration with what a careful person would answer. All are made up. */
export type LabelledCase = z.infer<typeof Case> & { rule: string }

/** The cases of `RULE.yaml` files. Throws `Problem` when there is none or one is not as it should be. */
export async function readCases(folder: string): Promise<LabelledCase[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort()
  if (names.length === 0) throw new Problem('not_found', `“${folder}”中没有语言模型的评测用例（*.yaml）。`)
  const files = names.map(async (name) => {
    const parsed = z.array(Case).safeParse(parse(await readFile(join(folder, name), 'utf8')))
    if (!parsed.success)
      throw new Problem('invalid_declaration', `评测用例 ${name} 不符合格式：${z.prettifyError(parsed.error)}`)
    return parsed.data.map((one) => ({ ...one, rule: basename(name, '.yaml') }))
  })
  return (await Promise.all(files)).flat()
}

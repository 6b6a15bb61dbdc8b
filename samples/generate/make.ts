import type { Plan } from './plan.ts'
import type { Printer } from './print.ts'
import { toHtml } from './to-html.ts'
import { fill, isPaper, truthOf } from './truth.ts'

export type Made = { files: { name: string; bytes: Uint8Array }[]; truth: Record<string, unknown> }

/** One document of the plan as files, with its truth. */
export async function make(item: Plan, id: string, printer: Printer): Promise<Made> {
  const { sheet, style, declaration } = fill(item)
  const html = toHtml(sheet, style, {
    marks: isPaper(item.kind),
    ink: '#1b2a6b',
    injection: item.source.injection,
    seed: id,
  })
  const files = [{ name: `${id}.pdf`, bytes: await printer.print(html, style) }]
  return {
    files,
    truth: truthOf(
      item,
      declaration,
      files.map((file) => file.name),
    ),
  }
}

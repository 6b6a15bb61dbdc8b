import { GROUPS } from '../labels/columns.ts'
import { foldText } from '../text/fold.ts'

/** The group of teachers that a text names (理论授课教师), or undefined. */
export function groupWord(text: string): (typeof GROUPS)[number] | undefined {
  const bare = foldText(text)
    .replace(/[:。、]$/, '')
    .replace(/^(?:\(?[一二三四五六\d]+[)、.])/, '')
  return bare.length <= 14 ? GROUPS.find(({ pattern }) => pattern.test(bare)) : undefined
}

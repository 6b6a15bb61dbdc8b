import { foldText } from '../text/fold.ts'

/** One option of a multiple choice as printed, with its mark. */
export type Option = { text: string; ticked: boolean }

const MARKS: [RegExp, string][] = [
  [/\((?:√|✓|✔|v|V|×|x|X|■|●|☑)\)/g, '☑'],
  [/\(\)/g, '☐'],
  [/[☐○◯]\s*(?:√|✓|✔)/g, '☑'],
  [/(?:√|✓|✔)\s*☐/g, '☑'],
  [/[√✓✔●◉⊙]/g, '☑'],
  [/[○◯◎]/g, '☐'],
]

/** Folded text in which every style of mark is ☐ or ☑. `[√]`, `(√)`, `●` and `√` are ticks; `[ ]`, `( )`, `○` are not. */
export function withMarks(text: string): string {
  let marked = foldText(text)
  for (const [pattern, mark] of MARKS) marked = marked.replace(pattern, mark)
  // Beside real boxes, a scan's 口 is an empty box too.
  return /[☐☑]/.test(marked) ? marked.replace(/口(?!腔|服|述|径)/g, '☐') : marked
}

/**
 * The options of a text with marks, or null when it has none. A mark belongs to the words behind it when the text (but for
 * leading words) begins with a mark, else to the words before it. A tick without any empty box binds to what is nearest.
 */
export function readOptions(text: string): Option[] | null {
  const marked = withMarks(text)
  if (!/[☐☑]/.test(marked)) return null
  const tokens = marked.split(/([☐☑])/).map((token) => (token === '☐' || token === '☑' ? token : trimOption(token)))
  const isMark = (token: string | undefined) => token === '☐' || token === '☑'
  const first = tokens.findIndex((token) => token !== '')
  const last = tokens.findLastIndex((token) => token !== '')
  const isAfter = !isMark(tokens[first]) && isMark(tokens[last])
  const options: Option[] = []
  for (const [index, token] of tokens.entries()) {
    if (!isMark(token)) continue
    const words = isAfter ? tokens[index - 1] : tokens[index + 1]
    options.push({ text: words && !isMark(words) ? words : '', ticked: token === '☑' })
  }
  return options
}

const trimOption = (token: string) => token.replace(/^[\s,、;。:()/|]+|[\s,、;。:()/|]+$/g, '')

export const tickedOf = (options: Option[]): Option[] => options.filter((option) => option.ticked)

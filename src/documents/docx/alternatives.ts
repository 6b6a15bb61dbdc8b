import type { Context } from './context.ts'
import { alternative, characters, elements, type Xml } from './xml.ts'

/**
 * The content that is shown of alternative contents. The others were met as well: no second reading shall find them. What they say
 * beyond it (they are there for older programs, and say the same) is text that nobody sees.
 */
export function chooseAlternative(choices: Xml, context: Context): Xml | undefined {
  const chosen = alternative(choices)
  const shown = chosen ? bare(characters(chosen)) : ''
  for (const other of elements(choices)) {
    if (other === chosen) continue
    const text = characters(other).trim()
    context.meet(text)
    if (text && !shown.includes(bare(text))) context.hide(text, 'property')
  }
  return chosen
}

const bare = (text: string): string => text.replace(/\s/g, '')

import type { Item } from '../layout/flow.ts'
import type { FieldReading } from '../schema.ts'
import { confidenceOf, evidenceOf, type Passage, passageOf, textOfSlice, trimSlice, wholeOf } from '../text/passage.ts'
import { readOptions, tickedOf } from '../values/options.ts'

const KINDS: [RegExp, string][] = [
  [/^新(?:申报|立项|项目|办)/, 'new'],
  [/^(?:延续|备案)/, 'filing'],
]
const LONGEST = 160

/** `☑新申报项目 ☐备案项目` without a label of its own; undefined where no such choice stands or none is ticked. */
export function readLooseKind(items: Item[]): FieldReading | undefined {
  for (const item of items) {
    const passages: Passage[] =
      item.kind === 'line' ? [passageOf([item.piece])] : item.grid.cells.map((cell) => cell.passage)
    for (const passage of passages) {
      if (passage.text.length > LONGEST || !/新/.test(passage.text) || !/备案|延续/.test(passage.text)) continue
      const slice = trimSlice(wholeOf(passage))
      const kinds = tickedOf(readOptions(textOfSlice(slice)) ?? []).flatMap(({ text }) =>
        KINDS.filter(([pattern]) => pattern.test(text)).map(([, kind]) => kind),
      )
      if (kinds.length === 1)
        return {
          value: kinds[0],
          raw: textOfSlice(slice).replace(/\s+/g, ' '),
          confidence: confidenceOf(slice),
          evidence: evidenceOf([slice]),
        }
    }
  }
  return undefined
}

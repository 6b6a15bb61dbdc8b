import type { HiddenText } from '../model.ts'
import type { Package } from './package.ts'
import { characters, elements, type Xml } from './xml.ts'

/** The properties in which a sentence can be written; people's names are left where they are. */
const DESCRIPTIONS = /^(.*:)?(title|subject|keywords|description|category)$/

/** The document's own properties: nobody sees them on a page, a reader of the whole file does. */
export async function readDescriptions(source: Package): Promise<Pick<HiddenText, 'text' | 'reason'>[]> {
  const core = await source.xml('docProps/core.xml')
  const custom = await source.xml('docProps/custom.xml')
  const described = core ? elements(core).filter(({ name }) => DESCRIPTIONS.test(name)) : []
  return [...described, ...(custom ? elements(custom) : [])]
    .map((property: Xml) => ({ text: characters(property).trim(), reason: 'property' as const }))
    .filter(({ text }) => text !== '')
}

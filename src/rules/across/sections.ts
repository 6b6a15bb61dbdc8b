import { matchWhole } from '../../declaration/labels/lexicon.ts'
import type { Declaration } from '../../declaration/schema.ts'
import { isTemplate } from '../../declaration/values/template.ts'
import { bareText } from '../domain/likeness.ts'
import { rememberOf } from '../remember.ts'
import { gramsOf } from './minhash.ts'

/** What a project is about, apart from who declares it: its long texts and its lectures, without the form's own words. */
export type Sections = {
  /** The grams of its aims and its content. */
  text: Set<string>
  /** Every lecture once, without spaces and punctuation. */
  topics: string[]
}

/** The unit's, the leader's and the assessment's texts are alike in all projects of a department, so they are left out. */
export const sectionsOf = rememberOf(({ project, teachers, schedule }: Declaration): Sections => {
  const lectures = [...(teachers ?? []), ...(teachers?.some(({ topic }) => topic) ? [] : (schedule ?? []))]
  const topics = lectures.map(({ topic }) => bareText(topic ?? '')).filter((topic) => topic.length >= SHORTEST_TOPIC)
  return {
    text: gramsOf([project?.objective, project?.content].map((text) => ownWords(text ?? '')).join(' ')),
    topics: [...new Set(topics)],
  }
})

const SHORTEST_TOPIC = 3

const NUMBERING = /^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]\s*/

/** The text without its headings, numbers and prompts as forms print them. */
export const ownWords = (text: string): string =>
  text
    .split(/[\n。；;：:]/)
    .map((part) => part.trim().replace(NUMBERING, ''))
    .filter((part) => part !== '' && !isTemplate(part) && matchWhole(part, null) === null)
    .map(bareText)
    .join('')

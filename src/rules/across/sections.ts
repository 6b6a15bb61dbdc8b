import { matchWhole } from '../../declaration/labels/lexicon.ts'
import type { Declaration } from '../../declaration/schema.ts'
import { isTemplate } from '../../declaration/values/template.ts'
import { bareText, toWording, type Wording } from '../domain/likeness.ts'
import { remember, rememberOf } from '../remember.ts'
import { gramsOf } from './minhash.ts'

// What a project is about, apart from who declares it: its long texts and its lectures, without the form's own words. The unit's, the
// leader's and the assessment's texts are alike in all projects of a department, so they are left out.

/** The grams of its aims and its content. */
export const textOf = rememberOf(
  ({ project }: Declaration): Set<string> =>
    gramsOf([project?.objective, project?.content].map((text) => ownWords(text ?? '')).join(' ')),
)

/** Every lecture once. */
export const topicsOf = rememberOf(({ teachers, schedule }: Declaration): Wording[] => {
  const lectures = [...(teachers ?? []), ...(teachers?.some(({ topic }) => topic) ? [] : (schedule ?? []))]
  const topics = lectures.map(({ topic }) => wordingOf(topic ?? ''))
  return [...new Map(topics.map((topic) => [topic.text, topic])).values()].filter(
    ({ text }) => text.length >= SHORTEST_TOPIC,
  )
})

const SHORTEST_TOPIC = 3
const wordingOf = remember(5000, toWording)

const NUMBERING = /^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]\s*/

/** The text without its headings, numbers and prompts as forms print them. */
export const ownWords = (text: string): string =>
  text
    .split(/[\n。；;：:]/)
    .map(ownWordsOf)
    .join('')

/** A project's sentences come again with every other one that is compared with it. */
const ownWordsOf = remember(5000, (part: string): string => {
  const own = part.trim().replace(NUMBERING, '')
  return own === '' || isTemplate(own) || matchWhole(own, null) !== null ? '' : bareText(own)
})

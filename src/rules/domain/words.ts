import commercial from '../../../rules/lists/commercial-words.json' with { type: 'json' }
import fixed from '../../../rules/lists/fixed-names.json' with { type: 'json' }
import inPost from '../../../rules/lists/in-post-words.json' with { type: 'json' }
import infectious from '../../../rules/lists/infectious-words.json' with { type: 'json' }
import inflated from '../../../rules/lists/inflated-words.json' with { type: 'json' }
import nonTeaching from '../../../rules/lists/non-teaching-words.json' with { type: 'json' }
import restricted from '../../../rules/lists/restricted-terms.json' with { type: 'json' }
import { remember } from '../remember.ts'
import { findInTidy, findWords, longestFirst, tidy } from './find-words.ts'

export type RestrictedTerms = {
  /** Terms that stand by themselves. */
  hits: string[]
  /** Fixed names in which a term occurs only as a part: 国际疾病分类. */
  harmless: string[]
}

/**
 * Words of higher standing in a project's name; inside a fixed name (of a body, a guideline or a scale, a day; of one of `bodies`, the
 * units that the form names) they are for a person to judge.
 */
export function findRestrictedTerms(name: string, bodies: string[] = []): RestrictedTerms {
  const text = tidy(name)
  const found: RestrictedTerms = { hits: [], harmless: [] }
  const own = bodies.map(tidy).filter((body) => body.length >= 4 && text.includes(body))
  for (const { term, harmless, fixed: groups } of restricted) {
    if (!text.includes(term)) continue
    const named = findFixedNames(text, term, groups)
    const phrases = [...own.filter((body) => body.includes(term)), ...named, ...findInTidy(text, harmless)]
    const covering = outermost(phrases)
    const remaining = covering.reduce((rest, phrase) => rest.replaceAll(phrase, '／'), text)
    if (remaining.includes(term)) found.hits.push(term)
    else found.harmless.push(...covering)
  }
  return found
}

export type InPost = { out: string[]; unclear: string[] }

/** Words of a 工作经历 that speak against a post, as far as the entry in which they stand is the present one. */
export function findInPostWords(text: string): InPost {
  return {
    out: findWords(text, inPost.out, inPost.harmless),
    unclear: findWords(text, inPost.unclear, NOT_UNCLEAR),
  }
}

const NOT_UNCLEAR = [...inPost.harmless, ...inPost.out]

export type NonTeaching = {
  /** The topic is nothing else: 报到, 撤离, 参观名医工作室. */
  whole: boolean
  /** Ceremonies and visits found; a word that has uses in medicine (撤离, 总结, 考察) only where it is the whole topic. */
  words: string[]
  /** The topic is an examination and nothing else. */
  examination: boolean
}

/** Ceremony, registration, visit, examination in a topic or a schedule row. */
export const findNonTeaching = remember(300, (topic: string): NonTeaching => {
  const whole = tidy(topic)
  if (!SUSPECT.test(whole)) return TEACHING
  const text = whole.replace(/主持人?[:：].*$/, '').replace(/[\d\p{P}\p{S}]+/gu, '')
  const words = nothingBut(text, NO_LECTURES)
  if (words.length > 0) return { whole: true, words, examination: false }
  if (VISIT.test(text)) return { whole: true, words: ['参观'], examination: false }
  return {
    whole: false,
    words: findInTidy(whole, nonTeaching.phrases, nonTeaching.harmless),
    examination: nothingBut(text, nonTeaching.examinations).length > 0,
  }
})

const TEACHING: NonTeaching = { whole: false, words: [], examination: false }

const NO_LECTURES = [...nonTeaching.ceremonies, ...nonTeaching.visits]
const VISIT = new RegExp(`^(?:组织|现场|实地|集体)?参观.{0,10}(?:${nonTeaching.visitedPlaces.join('|')})$`)

/** Letters that begin no listed word are not looked at further. */
const SUSPECT = new RegExp(
  `[${[...new Set([...NO_LECTURES, ...nonTeaching.phrases, ...nonTeaching.examinations, '参观'].map((word) => word[0]))].join('')}]`,
)

const FILLERS = longestFirst(nonTeaching.fillers)

/** The listed words of which a text consists, linking words aside; none where anything else stands in it. */
function nothingBut(text: string, words: readonly string[]): string[] {
  const found = findInTidy(text, words)
  if (found.length === 0) return found
  const rest = [...found, ...FILLERS].reduce((left, word) => left.replaceAll(word, ''), text)
  return rest === '' ? found : []
}

/** Companies, brands and promotion in a text; what it says it will not do does not count. */
export function findCommercialWords(text: string): string[] {
  const rest = text.replace(/(?:不|无|未|拒绝|严禁|禁止|杜绝)[^，。；;,]{0,12}/g, '／')
  return findWords(rest, COMMERCIAL, commercial.harmless)
}

const COMMERCIAL = [...commercial.companies, ...commercial.promotion]

/** Each once, and none that stands within another. */
const outermost = (phrases: string[]): string[] =>
  [...new Set(phrases)].filter((phrase) => !phrases.some((other) => other !== phrase && other.includes(phrase)))

const GROUPS: Readonly<Record<string, readonly string[]>> = fixed.groups

/**
 * 国际抗癫痫联盟, 中国脑卒中防治指导规范, 世界无烟日: what begins with the word and soon ends as the name of a body, a work or a day does;
 * which of them the word is said of, `groups` tell (全国 before a 规范 is no part of its name).
 */
function findFixedNames(text: string, term: string, groups: readonly string[]): string[] {
  const pattern = groups.length > 0 ? fixedNamesAfter(`${term} ${groups.join(' ')}`) : null
  return pattern ? (text.match(pattern) ?? []) : []
}

const fixedNamesAfter = remember(50, (key: string) => {
  const [term = '', ...groups] = key.split(' ')
  const endings = groups.flatMap((group) => GROUPS[group] ?? []).join('|')
  return new RegExp(`${term}(?:(?!${fixed.apart.join('|')})[\\p{L}\\p{N}-]){0,9}?(?:${endings})`, 'gu')
})

/** Words of a higher standing than the project has, beyond the nine of `findRestrictedTerms`: 亚太, 顶级, 大师. */
export function findInflatedWords(name: string): string[] {
  const text = tidy(name)
  const named = inflated.named.flatMap((word) =>
    text.includes(word) ? findFixedNames(text, word, inflated.fixed) : [],
  )
  return findInTidy(text, inflated.words, named.length > 0 ? [...named, ...inflated.harmless] : inflated.harmless)
}

export function findInfectiousWords(text: string): string[] {
  return findWords(text, infectious)
}

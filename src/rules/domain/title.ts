import modifiers from '../../../rules/lists/title-modifiers.json' with { type: 'json' }
import lists from '../../../rules/lists/titles.json' with { type: 'json' }
import { remember } from '../remember.ts'

export type Rank = 'senior' | 'deputy' | 'intermediate' | 'junior'

/** Why a 职称 box holds no professional title: it says a level, a post, a degree, an honour, a licence, or nothing on the list. */
export type TitleProblem = 'level-word' | 'post' | 'degree' | 'honour' | 'qualification' | 'unlisted'

export type TitleReading = {
  /** Of the highest title named; `null` where no listed title stands in the text. */
  rank: Rank | null
  titles: string[]
  /** `null` as soon as one listed title stands there: 正高级 教授 is explicit. */
  problem: TitleProblem | null
}

const ORDER: readonly Rank[] = ['junior', 'intermediate', 'deputy', 'senior']
const RANKS: readonly Rank[] = ['senior', 'deputy', 'intermediate', 'junior']

type Kind = Rank | Exclude<TitleProblem, 'unlisted'>

const KINDS: readonly (readonly [Kind, readonly string[]])[] = [
  ['senior', lists.senior],
  ['deputy', lists.deputy],
  ['intermediate', lists.intermediate],
  ['junior', lists.junior],
  ['level-word', lists.levelWords],
  ['post', lists.posts],
  ['degree', lists.degrees],
  ['honour', lists.honours],
  ['qualification', lists.qualifications],
]

/** Longest first, so that 副主任医师 is never read as 主任医师, nor 儿科主任医师 as 科主任 and 医师. */
const VOCABULARY = KINDS.flatMap(([kind, words]) => words.map((word) => ({ kind, word }))).sort(
  (a, b) => b.word.length - a.word.length,
)

/** What recognition makes of characters that stand in titles; none of them occurs in a real one. */
const MISREAD: Readonly<Record<string, string>> = {
  帅: '师',
  冶: '治',
  搜: '授',
  王: '主',
  幅: '副',
  宫: '管',
  剧: '副',
}

const SPECIALISED = new RegExp(`(主任|主治|主管)(?:${modifiers.join('|')})(医师|药师|护师|技师)`, 'g')

/** Reads what stands in a 职称 box (unambiguous closed list: rules/lists/titles.json). */
export const readTitle = remember(500, (raw: string): TitleReading => {
  const found = matchVocabulary(normaliseTitle(raw))
  const titles = found.filter((match) => isRank(match.kind)).map((match) => match.word)
  const rank = RANKS.find((candidate) => found.some((match) => match.kind === candidate)) ?? null
  return { rank, titles, problem: rank ? null : problemOf(found.map((match) => match.kind)) }
})

/** Whether `rank` is `required` or higher. */
export function rankAtLeast(rank: Rank, required: Rank): boolean {
  return ORDER.indexOf(rank) >= ORDER.indexOf(required)
}

/** The ranks a bare level word leaves open: 正高级 is senior, 高级 senior or deputy. Empty when the text names no level. */
export function ranksOfLevelWord(raw: string): Rank[] {
  const text = normaliseTitle(raw)
  if (/副高/.test(text)) return ['deputy']
  if (/正高/.test(text)) return ['senior']
  if (/高级/.test(text)) return ['senior', 'deputy']
  if (/中级/.test(text)) return ['intermediate']
  return /初级|师级|士级/.test(text) ? ['junior'] : []
}

/** Titles of the nursing series: 主任护师 … 护士. */
export function isNursingTitle(raw: string): boolean {
  return readTitle(raw).titles.some((title) => /护[师士]$/.test(title))
}

function normaliseTitle(raw: string): string {
  const text = raw.normalize('NFKC').replace(/\s+/g, '')
  return text.replace(/[帅冶搜王幅宫剧]/g, (character) => MISREAD[character] ?? character).replace(SPECIALISED, '$1$2')
}

function matchVocabulary(text: string): { kind: Kind; word: string; at: number }[] {
  const found: { kind: Kind; word: string; at: number }[] = []
  const taken = new Array<boolean>(text.length).fill(false)
  for (const { kind, word } of VOCABULARY) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (taken.slice(at, at + word.length).some(Boolean)) continue
      taken.fill(true, at, at + word.length)
      found.push({ kind, word, at })
    }
  }
  return found.sort((a, b) => a.at - b.at)
}

const isRank = (kind: Kind): kind is Rank => RANKS.some((rank) => rank === kind)

function problemOf(kinds: Kind[]): TitleProblem {
  for (const problem of ['level-word', 'post', 'degree', 'honour', 'qualification'] as const) {
    if (kinds.includes(problem)) return problem
  }
  return 'unlisted'
}

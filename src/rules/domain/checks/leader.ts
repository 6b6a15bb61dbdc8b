import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { ageOn } from '../age.ts'
import { readIdNumber } from '../id-number.ts'
import { type Rank, rankAtLeast, ranksOfLevelWord, readTitle } from '../title.ts'
import { findInPostWords } from '../words.ts'

const RANK_NAMES: Record<Rank, string> = { senior: '正高级', deputy: '副高级', intermediate: '中级', junior: '初级' }

export const rankOf = (text: string): Rank => {
  if (text === 'senior' || text === 'deputy' || text === 'intermediate' || text === 'junior') return text
  throw new RangeError(`no rank: ${text}`)
}

/** The title at `path` is of `required` rank or higher. A bare level word tells the rank too. Needs the path. */
export function titleAtLeast(form: Form, path: string, required: string): Outcome {
  const raw = String(form.at(path) ?? '')
  const wanted = rankOf(required)
  const reading = readTitle(raw)
  const facts = { title: raw, rank: reading.rank ? RANK_NAMES[reading.rank] : '未明确', required: RANK_NAMES[wanted] }
  if (reading.rank) return rankAtLeast(reading.rank, wanted) ? pass(facts, [path]) : fail(facts, [path])
  const ranks = ranksOfLevelWord(raw)
  const [lowest] = ranks.toReversed()
  if (!lowest) return unknown(reading.problem === 'unlisted' ? 'unreadable' : 'missing', facts, [path])
  if (ranks.every((rank) => rankAtLeast(rank, wanted))) return pass({ ...facts, rank: RANK_NAMES[lowest] }, [path])
  if (ranks.some((rank) => rankAtLeast(rank, wanted))) return unknown('missing', facts, [path])
  return fail({ ...facts, rank: RANK_NAMES[lowest] }, [path])
}

/** The leader is in post: the tick, and no word against it in title, post or the present entry of the career. Needs `leader.employed`. */
export function leaderInPost(form: Form): Outcome {
  const { leader } = form.declaration
  if (leader?.employed === false) return fail({ words: '' }, ['leader.employed'])
  const places: [string, string][] = [
    ['leader.title', leader?.title ?? ''],
    ['leader.post', leader?.post ?? ''],
    ['leader.unit', leader?.unit ?? ''],
    ['leader.experience', presentEntry(leader?.experience ?? '')],
  ]
  const read = places.map(([path, text]) => ({ path, ...findInPostWords(text) }))
  for (const { path, out } of read) {
    const [word] = out
    if (word) return fail({ words: word }, ['leader.employed', path], { variant: 'contradiction', severity: 'warning' })
  }
  for (const { path, unclear } of read) {
    const [word] = unclear
    if (word) return unknown('low-confidence', { words: word }, ['leader.employed', path])
  }
  return pass({ words: '' }, ['leader.employed'])
}

/** The entries of a career that reach to today; without one, the last. */
function presentEntry(experience: string): string {
  const entries = experience
    .split(/[\n；;。]|(?=(?:19|20)\d\d\s*[.年/-]\s*\d{1,2}[^.年/\d]{0,4}[-—–~～至])/)
    .filter((entry) => entry.trim())
  const present = entries.filter((entry) => /至今|现在|目前|现任|现为|-\s*今/.test(entry))
  return present.length > 0 ? present.join('；') : (entries.at(-1) ?? '')
}

/** Not over `limit` whole years on the application date, else on `day`. Needs `leader.birth` or `leader.age`. */
export function ageAtMost(form: Form, limit: { valueOf(): number }, day: string): Outcome {
  const { leader, cover } = form.declaration
  const most = limit.valueOf()
  const on = cover?.date ?? day
  const age = leader?.birth ? ageOn(leader.birth, on) : null
  const path = age ? 'leader.birth' : 'leader.age'
  const years = age ?? (typeof leader?.age === 'number' ? { min: leader.age, max: leader.age } : null)
  const facts = { age: years?.min === years?.max ? (years?.min ?? '') : `${years?.min}–${years?.max}`, on, limit: most }
  if (!years) return unknown('missing', facts, ['leader.birth', 'leader.age'])
  if (years.min > most) return fail(facts, [path])
  return years.max <= most ? pass(facts, [path]) : unknown('missing', facts, [path], { variant: 'month' })
}

/** One digit misread breaks the checksum: below this a person looks at the number first. */
const EVERY_DIGIT = 0.95

/** Form, checksum, and agreement with birth, age and sex. The number itself never stands in a fact. Needs `leader.idNumber`. */
export function idNumberHolds(form: Form): Outcome {
  const { leader, cover } = form.declaration
  const path = 'leader.idNumber'
  const id = readIdNumber(leader?.idNumber ?? '')
  const length = [...(leader?.idNumber ?? '')].length
  if (!id.wellFormed || !id.checksum) {
    const variant = id.wellFormed ? 'checksum' : 'form'
    if (form.confidence(path) < EVERY_DIGIT) return unknown('low-confidence', { length }, [path])
    return fail({ length }, [path], { variant })
  }
  const birth = leader?.birth ?? ''
  if (birth && id.birth && !id.birth.startsWith(birth)) {
    return fail({ stated: birth, part: '出生年月' }, [path, 'leader.birth'], { variant: 'differs' })
  }
  if (leader?.sex && id.sex !== leader.sex) {
    return fail({ stated: leader.sex, part: '性别' }, [path, 'leader.sex'], { variant: 'differs' })
  }
  const age = id.birth && cover?.date ? ageOn(id.birth, cover.date) : null
  if (age && typeof leader?.age === 'number' && Math.abs(age.min - leader.age) > 1) {
    return fail({ stated: leader.age, part: '年龄' }, [path, 'leader.age'], { variant: 'differs' })
  }
  return pass({ length }, [path])
}

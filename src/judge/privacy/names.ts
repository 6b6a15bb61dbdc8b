import {
  AFTER_NAMES,
  BEFORE_NAMES,
  COMPOUND_SURNAMES,
  DOUBTFUL_SURNAMES,
  NEVER_GIVEN,
  NO_NAMES,
  SURNAMES,
  TITLES_OF_ANYBODY,
  TITLES_OF_PEOPLE,
} from './name-words.ts'

export type NameMatch = { from: number; until: number }

const HAN = '\\u4e00-\\u9fff'
const GIVEN = `(?:(?![${NEVER_GIVEN}])[${HAN}])`
/** 任 behind 主 is no surname. */
const SURE = `(?:(?:[${SURNAMES}]|(?<!主)任)${GIVEN}{1,2}|(?:${COMPOUND_SURNAMES})${GIVEN}{1,2})`
/** 和李敏教授: what only joins is no surname before one. */
const DOUBTFUL = `[${DOUBTFUL_SURNAMES}](?![${SURNAMES}])${GIVEN}{1,2}`
/** Names of other peoples: 阿依古丽·买买提. */
const DOTTED = `[${HAN}]{2,6}(?:[·•．][${HAN}]{1,7}){1,2}`
const NAME = `(?:${DOTTED}|${SURE}|${DOUBTFUL})`
/** Placeholders stand where a name stood that was known already. */
const KNOWN = '⟦NAME_\\d+⟧'
const BETWEEN = '[、，,；;/和与及\\s]'
const EDGE = '[\\s。，、；：,.;:!?！？()（）\\[\\]【】《》“”"\'/|\\n⟦⟧]'
const MANY = '等(?:\\d+|[一二三四五六七八九十多数几]+)?[位名]?'

/** Every way in which a name shows itself; the name is the first group. */
const SHOWN: readonly RegExp[] = [
  // 王建国教授, 李敏、赵强等专家
  new RegExp(`(${NAME})(?=(?:${MANY})?(?:${TITLES_OF_PEOPLE}))`, 'gu'),
  new RegExp(`(${DOTTED}|${SURE})(?=(?:${MANY})?(?:${TITLES_OF_ANYBODY})(?!级|职称|培训|资格|岗))`, 'gu'),
  // 由李敏主讲, 主讲人：高强
  new RegExp(
    `(?:${BEFORE_NAMES})[:：为是]?(${DOTTED}|${SURE})(?=${EDGE}|$|${BETWEEN}|${MANY}|(?:${AFTER_NAMES}))`,
    'gu',
  ),
  new RegExp(
    `(?:(?<![理自经])由|特邀|师从|(?:${BEFORE_NAMES})[:：])(${DOUBTFUL})(?=${EDGE}|$|${BETWEEN}|${MANY}|(?:${AFTER_NAMES}))`,
    'gu',
  ),
  // 主任医师李敏，
  new RegExp(
    `(?:${TITLES_OF_PEOPLE}|${TITLES_OF_ANYBODY})(${DOTTED}|${SURE})(?=${EDGE}|$|等|(?:${AFTER_NAMES}))`,
    'gu',
  ),
  // 李敏（北京澄湖医院）
  new RegExp(
    `(?<=^|${EDGE})(${DOTTED}|${SURE})(?=[（(][^（()）]{0,30}(?:医院|大学|学院|研究所|研究院|中心|公司|科))`,
    'gu',
  ),
  // 李敏，主任医师；李敏，女
  new RegExp(
    `(?<=^|${EDGE})(${DOTTED}|${SURE}|${DOUBTFUL})(?=[，,：:\\s]\\s*(?:[男女](?:$|${EDGE})|${TITLES_OF_PEOPLE}))`,
    'gu',
  ),
  // 李敏认为
  new RegExp(`(?<=^|${EDGE})(${DOTTED}|${SURE})(?=(?:${AFTER_NAMES}))`, 'gu'),
  // 王教授
  new RegExp(`(?<=^|${EDGE}|由|请|与|向|随)([${SURNAMES}])(?=(?:教授|主任|老师|院士|医生|院长))`, 'gu'),
  /\b(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms)\.?\s*([A-Z][\p{L}'’-]+(?:\s*(?:[A-Z]\.|[A-Z][\p{L}'’-]+)){0,2})/gu,
  /((?:[A-Z][\p{L}'’-]{1,30}\s*[A-Z]{1,3}\s*,\s*){1,8})et\s*al/gu,
]

/** Those who are named beside somebody: 李敏、赵强 before ⟦NAME_1⟧, and behind. */
const NEIGHBOUR = `(?:${DOTTED}|${SURE}|${DOUBTFUL})`
const BEHIND = new RegExp(
  `^${BETWEEN}(${NEIGHBOUR})(?=${EDGE}|$|${BETWEEN}|等|(?:${AFTER_NAMES})|(?:${TITLES_OF_PEOPLE}|${TITLES_OF_ANYBODY}))`,
  'u',
)
const BEFORE = new RegExp(`(?:^|${EDGE}|${BETWEEN}|(?:${BEFORE_NAMES}))(${NEIGHBOUR})${BETWEEN}$`, 'u')
/** Authors of a paper: 李敏，赵强，孙丽. 题目[J] */
const AUTHORS = new RegExp(
  `(?<=^|${EDGE})(?:${SURE}|${DOUBTFUL})(?:[，,、]\\s*(?:${SURE}|${DOUBTFUL})){1,9}(?=[，,、]?等?[.．:：。]\\s*[^。\\n]{2,80}(?:\\[[JMCDNP]\\]|《|杂志|学报|[，,]\\s*20\\d\\d))`,
  'gu',
)
const LONGEST_NAME = 16

/**
 * People named in running text whom no field names: told by surname and what stands beside. White space within a name is no hindrance.
 * Names that nothing beside them tells (a name alone in a sentence) are not found.
 */
export function findNames(text: string): NameMatch[] {
  // Space within a name (张 三) and between names (张三 李四): both readings count.
  const { bare, places } = withoutSpace(text)
  const close = namesIn(bare).map(({ from, until }) => ({
    from: places[from] ?? 0,
    until: (places[until - 1] ?? 0) + 1,
  }))
  const all = bare.length === text.length ? close : [...close, ...namesIn(text)]
  return all
    .filter((one, index) => !all.slice(0, index).some(({ from, until }) => one.from < until && one.until > from))
    .sort((a, b) => a.from - b.from)
}

function namesIn(bare: string): NameMatch[] {
  const found: NameMatch[] = []
  const add = (from: number, until: number): boolean => {
    if (until <= from || found.some((one) => from < one.until && until > one.from)) return false
    if (NO_NAMES.has(bare.slice(from, until)) || NO_NAMES.has(bare.slice(from, from + 2))) return false
    found.push({ from, until })
    return true
  }
  for (const shape of SHOWN) {
    for (const match of bare.matchAll(shape)) {
      const [whole, name = ''] = match
      const from = match.index + whole.lastIndexOf(name)
      add(from, from + name.length)
    }
  }
  for (const match of bare.matchAll(AUTHORS)) {
    let at = match.index
    for (const part of match[0].split(/([，,、])/)) {
      if (!/^[，,、]?$/.test(part)) add(at, at + part.length)
      at += part.length
    }
  }
  addNeighbours(bare, found, add)
  return found
}

function addNeighbours(bare: string, found: NameMatch[], add: (from: number, until: number) => boolean): void {
  const known = [...bare.matchAll(new RegExp(KNOWN, 'gu'))].map(({ index, 0: word }) => ({
    from: index,
    until: index + word.length,
  }))
  const waiting = [...found, ...known]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const behind = BEHIND.exec(bare.slice(one.until, one.until + LONGEST_NAME + 8))?.[1]
    if (behind && add(one.until + 1, one.until + 1 + behind.length))
      waiting.push({ from: one.until + 1, until: one.until + 1 + behind.length })
    const ahead = BEFORE.exec(bare.slice(Math.max(0, one.from - LONGEST_NAME), one.from))?.[1]
    if (ahead && add(one.from - 1 - ahead.length, one.from - 1))
      waiting.push({ from: one.from - 1 - ahead.length, until: one.from - 1 })
  }
}

/** Space between Chinese characters says nothing; between Latin words it parts them. */
function withoutSpace(text: string): { bare: string; places: number[] } {
  let bare = ''
  const places: number[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (/[^\S\n]/.test(character) && !/[A-Za-z.,]/.test(bare.at(-1) ?? '')) continue
    bare += character
    places.push(at)
  }
  return { bare, places }
}

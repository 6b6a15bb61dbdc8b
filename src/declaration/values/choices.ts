import { foldText } from '../text/fold.ts'
import { isOcr, type Slice, textOfSlice } from '../text/passage.ts'
import { deliveryOf } from './lists.ts'
import { certaintyOfMarks } from './mark-certainty.ts'
import { choicesIn, isAnswer, type Option, readOptions, tickedOf, withMarks } from './options.ts'
import { ticksBare, usualSide } from './page-style.ts'
import { BLANK, type Read, type Reader, UNREADABLE } from './reading.ts'
import { shortText } from './text.ts'

export const readSex: Reader = (slice) =>
  readChoice(slice, (text) => (/^男(?!.*女)/.test(text) ? '男' : /^女(?!.*男)/.test(text) ? '女' : undefined))

export const readFlag: Reader = (slice) => {
  const marked = withMarks(textOfSlice(slice))
  if (marked === '☑') return { value: true }
  if (/^\([是否]\)$/.test(marked)) return { value: marked.includes('是') }
  return readChoice(slice, truthOf)
}

const truthOf = (text: string): boolean | undefined => {
  if (/是[^否]{0,2}否|否[^是]{0,2}是/.test(text)) return undefined
  if (/^(?:否|不是|不属于|无|没有|不参与|不参加|未|不|非)/.test(text)) return false
  if (/^(?:是|属于|有|参与|参加|申请|√|Y|yes)/i.test(text)) return true
  return undefined
}

/** Nothing but a tick. */
const isTick = (slice: Slice): boolean => withMarks(textOfSlice(slice)) === '☑'

const OUT = /退休|返聘|离休|离岗|内退|离职|辞职|停薪留职|调离/
const IN = /在职|在岗|在编|在聘|合同制|人事代理|正式职工/

export const readEmployed: Reader = (slice) =>
  isTick(slice)
    ? { value: true }
    : readChoice(slice, (text) => {
        if (/^(?:非|不)在[职岗编]/.test(text)) return false
        const truth = truthOf(text)
        if (truth !== undefined && !(OUT.test(text) && truth)) return truth
        const [out, inside] = [OUT.test(text), IN.test(text)]
        return out === inside ? undefined : inside
      })

const LEVELS: [RegExp, string][] = [
  [/国家级?/, 'national'],
  [/(?:北京|上海|天津|重庆)市?级?/, 'provincial'],
  [/省|自治区/, 'provincial'],
  [/市级?/, 'city'],
]

const levelOf = (text: string) => LEVELS.find(([pattern]) => pattern.test(text))?.[1]
export const readLevel: Reader = (slice) => readChoice(slice, levelOf)

export const readKind: Reader = (slice) =>
  readChoice(slice, (text) => {
    const [filing, fresh] = [/备案|延续/.test(text), /新/.test(text)]
    return filing === fresh ? undefined : filing ? 'filing' : 'new'
  })

export const readDelivery: Reader = (slice) => {
  const options = optionsOf(slice)
  if (!options) {
    const value = deliveryOf(shortText(slice))
    return value ? { value, ...doubtOfBare(slice) } : UNREADABLE
  }
  const ticked = tickedOf(options)
  if (ticked.length === 0) return unticked(slice)
  const kinds = new Set(ticked.map((option) => deliveryOf(option.text)).filter((kind) => kind !== undefined))
  const rests = certaintyOfMarks(slice)
  if (kinds.has('hybrid')) return { value: 'hybrid', rests }
  return kinds.size === 1 ? { value: [...kinds][0], rests } : UNREADABLE
}

const CONTENT_CLASSES = /基础训练类|学习提高类|前沿进展类|公需科目|专业科目|公需课|专业课/

const WORD = /\p{Script=Han}{2}/u

/** 项目类别 may hold other boxes too: 新申报 or 备案, and flags with labels of their own. */
export const readContentClass: Reader = (slice) => {
  const kind = readKind(slice, false).value
  const also = kind ? { 'project.kind': kind } : {}
  const options = optionsOf(slice)
  if (!options) {
    const text = shortText(slice)
    // Of several classes the scan lost the tick; or what stands there is another label's.
    if (isOcr(slice) && (isAnswer(text) || !WORD.test(text))) return { ...UNREADABLE, also }
    return kind && textOfSlice(slice).length < 12 ? { value: undefined, also } : { value: text }
  }
  const classes = options.filter((option) => !/传染病|互认|新申报|备案/.test(option.text))
  if (classes.length === 0) return { value: undefined, also }
  return { ...readTicked(classes, slice, (text) => CONTENT_CLASSES.exec(text)?.[0] ?? text), also }
}

const UNIT_KINDS: [RegExp, string][] = [
  [/学会|协会|社团|社会团体|学术团体/, 'society'],
  [/医疗|医院|卫生|疾控|妇幼/, 'medical'],
  [/科研|研究/, 'research'],
  [/教学|院校|高校|学校|大学/, 'teaching'],
  [/其他|其它|企业|公司/, 'other'],
]

export const readUnitKind: Reader = (slice) =>
  readChoice(slice, (text) => UNIT_KINDS.find(([pattern]) => pattern.test(text))?.[1])

/** No option is ticked: blank in print; on a scan the tick may only have escaped the reader. */
export const unticked = (slice: Slice): Read => (isOcr(slice) ? UNREADABLE : BLANK)

/** The words of the ticked options. */
export function readTicked(
  options: { text: string; ticked: boolean }[],
  slice: Slice,
  pick: (text: string) => string = (text) => text,
): Read {
  const ticked = options.filter((option) => option.ticked && option.text !== '')
  if (ticked.length === 0) return options.some((option) => option.ticked) ? UNREADABLE : unticked(slice)
  if (ticked.length > 1 && options.length <= ticked.length) return UNREADABLE
  const value = ticked.map((option) => pick(option.text)).join('、')
  // Words of a closed list were read surely enough to be recognised.
  return ticked.some((option) => pick(option.text) !== option.text) || CONTENT_CLASSES.test(value)
    ? { value, rests: certaintyOfMarks(slice) }
    : { value }
}

/** One of several: by the ticked option, or by the words where nothing is to be ticked. Several ticked: not readable. */
function readChoice<T>(slice: Slice, meaning: (text: string) => T | undefined): Read {
  const text = textOfSlice(slice)
  const printed = optionsOf(slice)
  const lost = isOcr(slice) ? lostMarks(text, printed) : null
  const options = lost ?? printed
  if (!options) {
    const value = meaning(foldText(shortText(slice, true)))
    return value === undefined ? UNREADABLE : { value, ...doubtOfBare(slice) }
  }
  const ticked = tickedOf(isOcr(slice) ? withLostWord(options) : options)
  if (ticked.length === 0) return unticked(slice)
  const values = new Set(ticked.map((option) => meaning(option.text)))
  const [value] = values
  if (values.size !== 1 || value === undefined) return UNREADABLE
  return lost ? { value, repaired: true, certainty: GUESSED } : { value, rests: certaintyOfMarks(slice) }
}

/** On a scan that lost a mark, the other choices of the page tell on which side of their words the marks stand. */
function optionsOf(slice: Slice): Option[] | null {
  return readOptions(textOfSlice(slice), usualSide(slice))
}

const PAIRS = [
  ['是', '否'],
  ['男', '女'],
]

/** Of two options a scan may lose the short word of one: it is not the other's. */
function withLostWord(options: Option[]): Option[] {
  const words = options.map((option) => option.text)
  const pair = PAIRS.find((both) => both.some((word) => words.includes(word)))
  if (options.length !== 2 || !pair || words.filter((word) => word === '').length !== 1) return options
  return options.map((option) =>
    option.text === '' ? { ...option, text: pair.find((word) => !words.includes(word)) ?? '' } : option,
  )
}

/** What is left of a choice whose marks were partly lost on a scan is only a guess: too weak to return a form on. */
const GUESSED = 0.6

/** Where others of the page are ticked without boxes, an option without a tick stood beside one that the scan lost. */
const doubtOfBare = (slice: Slice): Pick<Read, 'certainty'> =>
  ticksBare(slice) && choicesIn(foldText(textOfSlice(slice))) !== null ? { certainty: GUESSED } : {}

const FIRST = /^(?:新申报(?:项目)?|备案(?:项目)?|是|否|男|女|国家级|省级|市级)/

/** Scans drop empty boxes and read filled circles as dots: the one mark left ticks the option behind it. */
function lostMarks(text: string, printed: Option[] | null): Option[] | null {
  const dotted = printed
    ? null
    : readOptions(
        foldText(text)
          .replace(/口(?!腔|服|述)/g, '☐')
          .replace(/[·•]/g, '☑'),
      )
  const options = dotted ?? printed
  if (options?.length !== 1 || !options[0]?.ticked) return dotted && dotted.length > 1 ? dotted : null
  const first = FIRST.exec(options[0].text)?.[0]
  return first && (dotted || first.length < options[0].text.length) ? [{ text: first, ticked: true }] : dotted
}

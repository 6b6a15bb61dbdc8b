import type { ValueType } from '../labels/label.ts'
import { foldText, withoutBrackets } from '../text/fold.ts'
import { isOcr, type Slice, textOfSlice } from '../text/passage.ts'
import { readDate, readDateOrMonth } from './date.ts'
import { repairIdNumber } from './id-number.ts'
import { deliveryOf, isSecondDiscipline, repairDiscipline, repairTitle } from './lists.ts'
import { readNumber } from './number.ts'
import { type Option, readOptions, tickedOf, withMarks } from './options.ts'
import { isTemplate, skipPrompts, withoutSealWords, withoutTrailingPrompt } from './template.ts'
import { longText, shortText, tighten } from './text.ts'

/** `certainty` below 1: guessed from what is left of the text. `value` undefined: there is text, but it cannot be read as what it should be. `also`: values of other paths in the same text. */
export type Read = { value: unknown; repaired?: boolean; certainty?: number; also?: Record<string, unknown> }

const BLANK: Read = { value: null }
const UNREADABLE: Read = { value: undefined }

type Reader = (slice: Slice, scanned: boolean) => Read

/** Reads a label's value by its type. */
export function readValue(type: ValueType, path: string, slice: Slice): Read {
  const text = textOfSlice(slice)
  const options = readOptions(text)
  if (!options && isTemplate(text)) return BLANK
  return (READERS[type] ?? readText)(slice, isOcr(slice), path)
}

const readText = (slice: Slice, scanned: boolean, path: string): Read => {
  const options = readOptions(textOfSlice(slice))
  if (options) return readTicked(options.length === 0 ? [] : options, (text) => text)
  const text = withoutSealWords(shortText(slice))
  if (isTemplate(text)) return BLANK
  const mended = scanned && path.endsWith('.title') ? repairTitle(text) : null
  return mended ? { value: mended, repaired: true } : { value: text }
}

const readName: Reader = (slice) => {
  const text = withoutSealWords(shortText(slice, true)).replace(/[：:]$/, '')
  return isTemplate(text) ? BLANK : { value: text }
}

const UNIT_SEPARATOR = /[、；;\n，,]|\s{2,}/

const readUnit: Reader = (slice) => {
  const text = withoutSealWords(shortText(slice, true)).replace(/^[（(]盖章[)）]/, '')
  if (isTemplate(text)) return BLANK
  return { value: text }
}

const readPartners: Reader = (slice) => {
  const text = textOfSlice(slice)
  if (/^(?:无|没有|\/|-+)$/.test(foldText(text))) return { value: [] }
  const names = text
    .split(UNIT_SEPARATOR)
    .map((name) =>
      withoutSealWords(
        name
          .normalize('NFC')
          .replace(/\s+/g, '')
          .replace(/^(?:\d+[.、)]|[（(]\d+[)）])/, ''),
      ),
    )
    .filter((name) => name !== '' && !isTemplate(name))
  return names.length > 0 ? { value: names } : BLANK
}

const number =
  (integer: boolean): Reader =>
  (slice, scanned) => {
    const text = withoutBrackets(foldText(textOfSlice(slice))) || textOfSlice(slice)
    const found = readNumber(text, scanned)
    if (!found || (integer && !Number.isInteger(found.value))) return UNREADABLE
    return found.repaired ? { value: found.value, repaired: true } : { value: found.value }
  }

const readFee: Reader = (slice, scanned) => {
  const text = foldText(textOfSlice(slice))
  const found = readNumber(text.replace(/[☐☑]/g, ''), scanned)
  const options = readOptions(text)
  const ticked = options
    ? tickedOf(options)
        .map((option) => option.text)
        .join()
    : text
  if (/免费|不收费|免收|不收取|^无$|^否$/.test(ticked)) return { value: 0 }
  if (found) return found.repaired ? { value: found.value, repaired: true } : { value: found.value }
  return options && ticked === '' ? BLANK : UNREADABLE
}

const readDay: Reader = (slice) => {
  const value = readDate(textOfSlice(slice))
  return value ? { value } : UNREADABLE
}

const readBirth: Reader = (slice) => {
  const value = readDateOrMonth(textOfSlice(slice))
  return value ? { value } : UNREADABLE
}

const readId: Reader = (slice, scanned) => {
  const text = foldText(textOfSlice(slice))
    .toUpperCase()
    .replace(/[-_.|]/g, '')
  const mended = scanned ? repairIdNumber(text) : null
  return mended ? { value: mended, repaired: true } : { value: text }
}

const readPhone: Reader = (slice) => {
  const text = shortText(slice)
    .normalize('NFKC')
    .replace(/(?<=[\d-])\s+(?=[\d-])/g, '')
  return /\d{3}/.test(text) ? { value: text } : UNREADABLE
}

const readEmail: Reader = (slice) => ({ value: foldText(textOfSlice(slice)) })

const readSex: Reader = (slice) =>
  readChoice(slice, (text) => (/^男(?!.*女)/.test(text) ? '男' : /^女(?!.*男)/.test(text) ? '女' : undefined))

const readFlag: Reader = (slice) => {
  const marked = withMarks(textOfSlice(slice))
  if (/^☑$/.test(marked)) return { value: true }
  return readChoice(slice, truthOf)
}

const truthOf = (text: string): boolean | undefined => {
  if (/是[^否]{0,2}否|否[^是]{0,2}是/.test(text)) return undefined
  if (/^(?:否|不是|不属于|无|没有|不参与|不参加|未|不|非)/.test(text)) return false
  if (/^(?:是|属于|有|参与|参加|申请|√|Y|yes)/i.test(text)) return true
  return undefined
}

const OUT = /退休|返聘|离休|离岗|内退|离职|辞职|停薪留职|调离/
const IN = /在职|在岗|在编|在聘|合同制|人事代理|正式职工/

const readEmployed: Reader = (slice) =>
  readChoice(slice, (text) => {
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
const readLevel: Reader = (slice) => readChoice(slice, levelOf)

const readKind: Reader = (slice) =>
  readChoice(slice, (text) => {
    const [filing, fresh] = [/备案|延续/.test(text), /新/.test(text)]
    return filing === fresh ? undefined : filing ? 'filing' : 'new'
  })

const readDelivery: Reader = (slice) => {
  const options = readOptions(textOfSlice(slice))
  if (!options) {
    const value = deliveryOf(shortText(slice))
    return value ? { value } : UNREADABLE
  }
  const ticked = tickedOf(options)
  if (ticked.length === 0) return BLANK
  const kinds = new Set(ticked.map((option) => deliveryOf(option.text)).filter((kind) => kind !== undefined))
  if (kinds.has('hybrid')) return { value: 'hybrid' }
  return kinds.size === 1 ? { value: [...kinds][0] } : UNREADABLE
}

const CONTENT_CLASSES = /基础训练类|学习提高类|前沿进展类|公需科目|专业科目|公需课|专业课/

/** 项目类别 may hold other boxes too: 新申报 or 备案, and flags with labels of their own. */
const readContentClass: Reader = (slice) => {
  const kind = readKind(slice, false).value
  const also = kind ? { 'project.kind': kind } : {}
  const options = readOptions(textOfSlice(slice))
  if (!options) return kind && textOfSlice(slice).length < 12 ? { value: undefined, also } : { value: shortText(slice) }
  const classes = options.filter((option) => !/传染病|互认|新申报|备案/.test(option.text))
  if (classes.length === 0) return { value: undefined, also }
  return { ...readTicked(classes, (text) => CONTENT_CLASSES.exec(text)?.[0] ?? text), also }
}

const UNIT_KINDS: [RegExp, string][] = [
  [/学会|协会|社团|社会团体|学术团体/, 'society'],
  [/医疗|医院|卫生|疾控|妇幼/, 'medical'],
  [/科研|研究/, 'research'],
  [/教学|院校|高校|学校|大学/, 'teaching'],
  [/其他|其它|企业|公司/, 'other'],
]

const readUnitKind: Reader = (slice) =>
  readChoice(slice, (text) => UNIT_KINDS.find(([pattern]) => pattern.test(text))?.[1])

const readYear: Reader = (slice) => {
  const year = /(?:19|20)\d{2}/.exec(foldText(textOfSlice(slice)))?.[0]
  return year ? { value: Number(year) } : UNREADABLE
}

const CODE = /^\(?(\d{2}-\d{2}(?:-\d{2,4})?|\d{2}(?!\d)|\d{4}(?!\d)|\d{6})\)?[-.、:]?(?=[^\d])/

/** `13-01 药学-临床药学和临床药理学`: code, second-level and third-level discipline where the text holds them. */
const readDiscipline: Reader = (slice, scanned) => {
  let text = shortText(slice)
    .normalize('NFKC')
    .replace(/[—–]+/g, '-')
    .replace(/\s*([-/>→])\s*/g, '$1')
  text = text.replace(/^二级学科(?:名称)?[:]\s*/, (label) => (/三级/.test(text) ? label : ''))
  const also: Record<string, unknown> = {}
  const code = CODE.exec(text) ?? /[([](\d{2}-\d{2})[)\]]$/.exec(text)
  if (code) {
    also['project.disciplineCode'] = code[1]
    text = code.index === 0 ? text.slice(code[0].length) : text.slice(0, code.index)
    text = text.trim()
  }
  const labelled = /^(?:二级(?:学科)?)?[:]?(.+?)[,;、。]?\(?三级(?:学科)?[:](.+?)\)?$/.exec(text.replaceAll(' ', ''))
  const halves = labelled ? [labelled[1], labelled[2]] : splitDiscipline(text)
  const [second, third] = halves.map((half) => tighten(half?.replace(/^\d{2}(?:-\d{2})?[-.、]?/, '').trim() ?? ''))
  const mended = scanned && second ? repairDiscipline(second) : null
  const mendedThird = scanned && third ? repairDiscipline(third) : null
  if (third) also['project.subdiscipline'] = mendedThird ?? third
  const value = mended ?? second
  if (!value) return UNREADABLE
  return { value, also, ...(mended || mendedThird ? { repaired: true } : {}) }
}

function splitDiscipline(text: string): string[] {
  for (const mark of ['-', '/', '>', '→', '、', ' ', ',']) {
    const at = text.indexOf(mark)
    if (at <= 0 || at === text.length - 1) continue
    const second = text.slice(0, at)
    if (mark === '-' || (mark === '/' && /学$/.test(second)) || isSecondDiscipline(second))
      return [second, text.slice(at + mark.length)]
  }
  const bracket = /^(.+?)\((.+)\)$/.exec(text)
  if (bracket?.[1] && bracket[2] && isSecondDiscipline(bracket[1])) return [bracket[1], bracket[2]]
  return [text]
}

const readCode: Reader = (slice) => {
  const value = shortText(slice).normalize('NFKC')
  return /\d/.test(value) ? { value } : UNREADABLE
}

const readTight: Reader = (slice, scanned) => {
  const text = shortText(slice, true)
  const mended = scanned ? repairDiscipline(text) : null
  return mended ? { value: mended, repaired: true } : { value: text }
}

const readLong: Reader = (slice) => {
  const options = readOptions(textOfSlice(slice))
  const ticked = options && options.length > 1 ? tickedOf(options).map((option) => option.text) : null
  if (ticked && textOfSlice(slice).length < 120) return ticked.length > 0 ? { value: ticked.join('、') } : BLANK
  const text = longText(slice)
  const value = withoutTrailingPrompt(text.slice(skipPrompts(text)).trim())
  return isTemplate(value) ? BLANK : { value }
}

function readTicked(options: { text: string; ticked: boolean }[], pick: (text: string) => string): Read {
  const ticked = options.filter((option) => option.ticked && option.text !== '')
  if (ticked.length === 0) return BLANK
  return ticked.length === 1 || options.length > ticked.length
    ? { value: ticked.map((option) => pick(option.text)).join('、') }
    : UNREADABLE
}

/** One of several: by the ticked option, or by the words where nothing is to be ticked. Several ticked: not readable. */
function readChoice<T>(slice: Slice, meaning: (text: string) => T | undefined): Read {
  const text = textOfSlice(slice)
  const printed = readOptions(text)
  const lost = isOcr(slice) ? lostMarks(text, printed) : null
  const options = lost ?? printed
  if (!options) {
    const value = meaning(foldText(shortText(slice, true)))
    return value === undefined ? UNREADABLE : { value }
  }
  const ticked = tickedOf(options)
  if (ticked.length === 0) return isOcr(slice) && /[(（]\s*[)）]/.test(text) ? UNREADABLE : BLANK
  const values = new Set(ticked.map((option) => meaning(option.text)))
  const [value] = values
  if (values.size !== 1 || value === undefined) return UNREADABLE
  return lost ? { value, repaired: true, certainty: GUESSED } : { value }
}

/** What is left of a choice whose marks were partly lost on a scan is only a guess: too weak to return a form on. */
const GUESSED = 0.6
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

const READERS: Partial<Record<ValueType, (slice: Slice, scanned: boolean, path: string) => Read>> = {
  text: readText,
  name: readName,
  unit: readUnit,
  partners: readPartners,
  integer: number(true),
  number: number(false),
  percent: number(false),
  fee: readFee,
  date: readDay,
  birth: readBirth,
  id: readId,
  phone: readPhone,
  email: readEmail,
  sex: readSex,
  flag: readFlag,
  employed: readEmployed,
  level: readLevel,
  kind: readKind,
  delivery: readDelivery,
  'content-class': readContentClass,
  'unit-kind': readUnitKind,
  year: readYear,
  discipline: readDiscipline,
  subdiscipline: readTight,
  speciality: readTight,
  code: readCode,
  long: readLong,
}

import { confidenceOf, type Slice } from '../text/passage.ts'
import { findListedPair, isListedDiscipline } from './listed-discipline.ts'
import { isSecondDiscipline, repairDiscipline } from './lists.ts'
import { type Reader, UNREADABLE } from './reading.ts'
import { narrow, shortText, tighten } from './text.ts'

const CODE = /^[（(]?(\d{2}-\d{2}(?:-\d{2,4})?|\d{2}(?!\d)|\d{4}(?!\d)|\d{6})[）)]?[-.、:]?(?=[^\d])/

/** `13-01 药学-临床药学和临床药理学`: code, second-level and third-level discipline where the text holds them. */
export const readDiscipline: Reader = (slice, scanned) => {
  let text = narrow(shortText(slice))
    .replace(/[—–]+/g, '-')
    .replace(/\s*([-/>→])\s*/g, '$1')
  text = text.replace(/^二级学科(?:名称)?[:]\s*/, (label) => (/三级/.test(text) ? label : ''))
  const also: Record<string, unknown> = {}
  const code = CODE.exec(text) ?? /[（([](\d{2}-\d{2})[）)\]]$/.exec(text)
  if (code) {
    also['project.disciplineCode'] = code[1]
    text = code.index === 0 ? text.slice(code[0].length) : text.slice(0, code.index)
    text = text.trim()
  }
  // A scan's dash may be read as 一: no discipline of the list has it.
  if (scanned) text = text.replace(/(?<=学)一(?=[\u4e00-\u9fff]{2})/, '-')
  text = text.replace(/^(.+?)[（(]二级(?:学科)?[)）][-,;、\s]*(.+?)[（(]三级(?:学科)?[)）]$/, '$1-$2')
  const labelled = /^(?:二级(?:学科)?)?[:]?(.+?)[,;、。]?[（(]?三级(?:学科)?[:](.+?)[）)]?$/.exec(
    text.replaceAll(' ', ''),
  )
  const halves = labelled ? [labelled[1], labelled[2]] : splitDiscipline(text)
  const [second, third] = halves.map((half) => tighten(half?.replace(/^\d{2}(?:-\d{2})?[-.、]?/, '').trim() ?? ''))
  const listed = scanned && !(isListedDiscipline(second) && isListedDiscipline(third)) && listedIn(text, slice)
  if (listed) return { value: listed.second, also: { ...also, 'project.subdiscipline': listed.third }, repaired: true }
  const mended = scanned && second ? repairDiscipline(second) : null
  const mendedThird = scanned && third ? repairDiscipline(third) : null
  if (third) also['project.subdiscipline'] = mendedThird ?? third
  const value = mended ?? second
  if (!value) return UNREADABLE
  return { value, also, ...(mended || mendedThird ? { repaired: true } : {}) }
}

const listedIn = (text: string, slice: Slice) => findListedPair(text, confidenceOf(slice) < DOUBTFUL)

/** Confidence of a scan's text below which stray characters at its ends are no surprise. */
const DOUBTFUL = 0.9

function splitDiscipline(text: string): string[] {
  for (const mark of ['-', '/', '>', '→', '、', ' ', ',']) {
    const at = text.indexOf(mark)
    if (at <= 0 || at === text.length - 1) continue
    const second = text.slice(0, at)
    if (mark === '-' || (mark === '/' && /学$/.test(second)) || isSecondDiscipline(second))
      return [second, text.slice(at + mark.length)]
  }
  const bracket = /^(.+?)[（(](.+)[）)]$/.exec(text)
  if (bracket?.[1] && bracket[2] && isSecondDiscipline(bracket[1])) return [bracket[1], bracket[2]]
  return [text]
}

/** A third-level discipline or a speciality. */
export const readSubdiscipline: Reader = (slice, scanned) => {
  const text = shortText(slice, true)
  // 二、三级学科 is taken for the second item of a list, 三级学科: both stand there.
  const both = splitDiscipline(narrow(shortText(slice)).replace(/\s*([-—–/])+\s*/g, '-'))
  if (
    both.length === 2 &&
    isSecondDiscipline(both[0] ?? '') &&
    both.every((half) => isListedDiscipline(tighten(half.trim())))
  )
    return { value: tighten(both[1]?.trim() ?? ''), also: { 'project.discipline': tighten(both[0]?.trim() ?? '') } }
  const mended = scanned ? repairDiscipline(text) : null
  return mended ? { value: mended, repaired: true } : { value: text }
}

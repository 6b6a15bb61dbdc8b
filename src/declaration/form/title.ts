import { FIRM } from '../labels/label.ts'
import type { Item as FlowItem } from '../layout/flow.ts'
import type { FieldReading } from '../schema.ts'
import { foldText } from '../text/fold.ts'
import { confidenceOf, evidenceOf, type Passage, type Piece, passageOf, wholeOf } from '../text/passage.ts'
import { chineseNumber } from '../values/number.ts'

const FORM = /(?:申报|备案|申请|推荐|申办)(?:申请)?(?:书|表)/
const TITLE = /继续医学教育|继续教育|继教|培训项目|医学教育/

/**
 * The form's own title: what it is, for which level and year. `municipal`: of Beijing, Shanghai, Tianjin or Chongqing, whose
 * 市级 ranks with a province's.
 */
export type Title = {
  passage: Passage
  municipal: boolean
  level?: FieldReading
  year?: FieldReading
  kind?: FieldReading
}

/** `2025年度　　填报日期：…` right under the title. */
const YEAR_FIRST = /^\s*[（(]?(?:19|20)\d{2}\s*年度?[)）]?\s{2,}/

/** The place on a line of its own: `（上海市）`. */
const REGION = /^\([\u4e00-\u9fff]{2,6}(?:省|市|自治区)\)$/

const MUNICIPALITY = /北京|上海|天津|重庆/

/** Finds the title among the first lines (or cells) of a form and reads level, year and kind off it. */
export function readTitle(items: FlowItem[]): Title | null {
  const pieces = firstPieces(items)
  const at = pieces.findIndex((piece, index) => {
    const [first = '', ...more] = pieces.slice(index, index + 3).map((next) => foldText(next.flat.text))
    // A narrow column breaks a long title twice: the last line may hold no more than 申报表.
    const isBroken = more.length === 2 && more.every((next) => next.length <= 12 && !next.includes(':'))
    return (
      isTitle(first) ||
      (TITLE.test(foldText(piece.flat.text)) &&
        (isTitle(first + (more[0] ?? '')) || (isBroken && isTitle(first + more.join('')))))
    )
  })
  if (at === -1) return null
  const from =
    at > 0 &&
    /^\(?(?:19|20)\d{2}|^[^:]{0,12}(?:省|市|区|国家|全国)[^:]{0,12}$/.test(foldText(pieces[at - 1]?.flat.text ?? '')) &&
    foldText(pieces[at - 1]?.flat.text ?? '').length < 26
      ? at - 1
      : at
  const own = pieces.slice(from, at + 1)
  for (const piece of pieces.slice(at + 1, at + 4)) {
    const text = foldText(piece.flat.text)
    if (
      (FORM.test(text) && text.length < 24) ||
      (/^\(?.{0,12}(?:年|年度|项目|备案|新申报|市级|省级|国家级).{0,4}\)?$/.test(text) &&
        text.length < 18 &&
        !text.includes(':')) ||
      REGION.test(text)
    )
      own.push(piece)
    else break
  }
  const passage = passageOf(own)
  const text = foldText(passage.text)
  const whole = foldText(pieces.map((piece) => piece.flat.text).join('\n'))
  const reading = (value: unknown, certainty = 1): FieldReading => ({
    value,
    raw: passage.text.replace(/\s+/g, ' '),
    confidence: certainty * confidenceOf(wholeOf(passage)),
    evidence: evidenceOf([wholeOf(passage)]),
  })
  const level = levelOf(text, whole)
  const below = pieces[at + own.length - (at - from)]
  const year =
    yearOf(text) ?? (below && YEAR_FIRST.test(below.flat.text) ? yearOf(foldText(below.flat.text)) : undefined)
  return {
    passage,
    municipal: isMunicipal(text, whole),
    ...(level ? { level: reading(level.value, level.certainty) } : {}),
    ...(year ? { year: reading(year) } : {}),
    ...(/备案/.test(text)
      ? { kind: reading('filing') }
      : /新(?:申报|项目|立项|办)/.test(text)
        ? { kind: reading('new') }
        : {}),
  }
}

const isTitle = (text: string) =>
  text.length <= 60 &&
  FORM.test(text) &&
  TITLE.test(text) &&
  !/关于|通知|填写|要求|须知|说明|问答|指南|汇总|[。;,:]/.test(text.replace(/^附件\d*[:.]?/, ''))

function firstPieces(items: FlowItem[]): Piece[] {
  const pieces: Piece[] = []
  for (const item of items) {
    if (item.kind === 'line') pieces.push(item.piece)
    else pieces.push(...item.grid.cells.slice(0, 6).flatMap((cell) => cell.passage.pieces.slice(0, 3)))
    if (pieces.length > 400) break
  }
  return pieces
}

const isMunicipal = (title: string, whole: string): boolean =>
  MUNICIPALITY.test(title) ||
  (!/[\u4e00-\u9fff]{2}市(?!级)/.test(title) && /(?:北京|上海|天津|重庆)市?(?:市级|继续医学教育|卫生)/.test(whole))

function levelOf(title: string, whole: string): { value: string; certainty: number } | undefined {
  if (/国家级/.test(title)) return { value: 'national', certainty: 1 }
  if (/省级|自治区级/.test(title)) return { value: 'provincial', certainty: 1 }
  if (/市级/.test(title)) return { value: isMunicipal(title, whole) ? 'provincial' : 'city', certainty: 1 }
  if (MUNICIPALITY.test(title)) return { value: 'provincial', certainty: 1 }
  if (/[\u4e00-\u9fff]{2,3}(?:省|自治区)/.test(title)) return { value: 'provincial', certainty: 1 }
  if (/[\u4e00-\u9fff]{2,3}市/.test(title)) return { value: 'city', certainty: 1 }
  if (/国家卫生(?:健康委|计生委)|全国继续医学教育委员会|省级卫生健康行政部门意见/.test(whole))
    return { value: 'national', certainty: FIRM }
  return undefined
}

function yearOf(title: string): number | undefined {
  const digits = /((?:19|20)\d{2})(?:年|\))?/.exec(title)
  if (digits) return Number(digits[1])
  const chinese = /二[〇零○O0o][〇零一二三四五六七八九]{2}/.exec(title)?.[0]
  return chinese ? (chineseNumber(chinese.replace(/[○O0o]/g, '〇')) ?? undefined) : undefined
}

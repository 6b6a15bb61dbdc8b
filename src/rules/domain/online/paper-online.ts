import type { Declaration } from '../../../declaration/schema.ts'
import { UNREAD } from '../../../declaration/unread.ts'
import { wordOf } from '../../../declaration/word-of.ts'
import { type Form, mayLackRows, SURE } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { isRecognised } from '../recognised.ts'
import { compareValue, passagesBetween, type Reading } from './agree.ts'
import { KINSHIPS, nameOfRow, saysSomething } from './kinships.ts'
import { type Placed, pairRows } from './pair-rows.ts'

export function hasOnlineRecord(form: Form): boolean {
  return form.online !== undefined
}

type Value = string | number | boolean
type Row = Record<string, unknown>

/** `null` on a side: nothing stands there. `sure`: no misreading explains it. */
type Difference = { path: string; title: string; paper: string | null; online: string | null; sure: boolean }

/** Seals and signatures, and what is written by hand on the print alone. */
const PAPER_ONLY =
  /^(seals|cover|commitment|higherOpinion|unitOpinion)(\.|\[|$)|^peerReview\.(signed|date)$|(^|\.)signed$/

/**
 * The paper says what the online record says, value by value: what the record leaves out, and what this form has no label for, is not
 * compared. Teachers, sessions and other rows are paired by what they name, whatever their order. A difference that a misreading would
 * explain is a question; lists both values of every difference.
 */
export function paperMatchesOnline(form: Form): Outcome {
  const comparison = new Comparison(form)
  comparison.compareParts(form.declaration, form.online ?? {}, '')
  const { differences, compared } = comparison
  const [sure, open] = [differences.filter((each) => each.sure), differences.filter((each) => !each.sure)]
  const facts = {
    count: sure.length,
    compared,
    list: listOf(sure, form, ZH),
    listEn: listOf(sure, form, EN),
    asked: listOf(open, form, ZH),
    askedEn: listOf(open, form, EN),
    also: open.length > 0 ? `。另请核对：${listOf(open, form, ZH)}` : '',
    alsoEn: open.length > 0 ? `. Compare by eye: ${listOf(open, form, EN)}` : '',
  }
  const fields = [...new Set([...sure, ...open].map(({ path }) => path))]
  if (compared === 0 && differences.length === 0) return unknown('missing', facts, [])
  if (sure.length > 0) {
    const confidence = Math.min(1, ...sure.map(({ path }) => form.confidence(path)))
    return fail(facts, fields, { confidence, stands: true })
  }
  return open.length > 0 ? unknown('low-confidence', facts, fields, { variant: 'slip' }) : pass(facts, [])
}

class Comparison {
  readonly differences: Difference[] = []
  compared = 0
  readonly form: Form

  constructor(form: Form) {
    this.form = form
  }

  compareParts(paper: Declaration | Row, online: Declaration | Row, path: string): void {
    const read: Row = { ...paper }
    for (const [key, told] of Object.entries(online)) {
      const at = path ? `${path}.${key}` : key
      if (PAPER_ONLY.test(at) || told === undefined) continue
      const kinships = KINSHIPS[at]
      if (kinships) this.compareRows(rowsOf(read[key]), rowsOf(told), at)
      else if (isPart(told)) this.compareParts(isPart(read[key]) ? read[key] : {}, told, at)
      else this.compareLeaf(read[key], told, at)
    }
  }

  private compareLeaf(read: unknown, told: unknown, path: string): void {
    const [one, other] = [scalarOf(read), scalarOf(told)]
    const state = this.form.stateOf(path, read)
    // What only follows from other values stands nowhere.
    if (state === 'missing' || (state === 'value' && this.form.wasRead && !this.form.readings[path])) return
    if (state === 'unreadable') {
      if (saysSomething(other)) this.add(path, this.form.readings[path]?.raw.trim() || UNREAD, other, false)
      return
    }
    if (one === null || other === null) {
      this.compareBlank(one, other, path)
      return
    }
    this.compared++
    const agreement = compareValue(path, one, other, this.readingOf(path))
    if (agreement !== 'same') this.add(path, one, other, agreement === 'differs')
  }

  /** Blank, 否 and 0 say the same. An unticked box may be one that was not seen. */
  private compareBlank(read: Value | null, told: Value | null, path: string): void {
    if (!saysSomething(read) && !saysSomething(told)) return
    this.compared++
    const isText = typeof (read ?? told) !== 'boolean'
    const { confidence, recognised } = this.readingOf(path)
    this.add(path, read, told, isText && (read === null ? !recognised : confidence >= SURE))
  }

  private readingOf(path: string): Reading {
    return { confidence: this.form.confidence(path), recognised: isRecognised(this.form, path) }
  }

  private compareRows(paper: Row[] | undefined, online: Row[] | undefined, path: string): void {
    if (!paper || !online) return
    const { pairs, onlyOne, onlyOther } = pairRows(placed(paper), placed(online), KINSHIPS[path] ?? [])
    for (const { one, other } of pairs) {
      const rowPath = `${path}[${one.at}]`
      if (IS_TEXT in one.row) this.compareLeaf(one.row[IS_TEXT], other.row[IS_TEXT], rowPath)
      else this.compareParts(one.row, other.row, rowPath)
    }
    this.compared += onlyOne.length + onlyOther.length
    const isWhole = !mayLackRows(this.form, path)
    for (const { row, at } of onlyOne) {
      const rowPath = `${path}[${at}]`
      this.add(rowPath, nameOfRow(row), null, isWhole && this.form.confidence(rowPath) >= SURE)
    }
    for (const { row } of onlyOther) this.add(path, null, nameOfRow(row), isWhole)
  }

  private add(path: string, paper: Value | null, online: Value | null, sure: boolean): void {
    const show = (value: Value | null) => (value === null ? null : wordOf(value))
    this.differences.push({ path, title: titleOf(path), paper: show(paper), online: show(online), sure })
  }
}

const isPart = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

const scalarOf = (value: unknown): Value | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** The key under which a plain text stands as a row. */
const IS_TEXT = 'text'

/** The rows that say anything; `undefined` where there is no such list. Plain texts are rows of one value. */
function rowsOf(list: unknown): Row[] | undefined {
  if (list === undefined) return undefined
  const rows: unknown[] = Array.isArray(list) ? list : []
  return rows.map((row) => (isPart(row) ? row : { [IS_TEXT]: row }))
}

const placed = (rows: Row[]): Placed<Row>[] =>
  rows.map((row, at) => ({ row, at })).filter(({ row }) => nameOfRow(row) !== '')

type Wording = {
  both: (title: string, paper: string, online: string) => string
  nothing: string
  page: (n: number) => string
  join: string
}
const ZH: Wording = {
  both: (title, paper, online) => `${title}纸质为${paper}，网上为${online}`,
  nothing: '空白',
  page: (page) => `（第${page}页）`,
  join: '；',
}
const EN: Wording = {
  both: (title, paper, online) => `${title} on paper ${paper}, online ${online}`,
  nothing: 'blank',
  page: (page) => ` (page ${page})`,
  join: '; ',
}

/** Every difference with both values and the page it stands on. */
function listOf(differences: Difference[], form: Form, wording: Wording): string {
  return differences.map((difference) => tell(difference, form, wording)).join(wording.join)
}

function tell({ path, title, paper, online }: Difference, form: Form, { both, nothing, page }: Wording): string {
  const [one, other] = paper === null || online === null ? [paper, online] : shorten(paper, online)
  const place = form.readings[path]?.evidence[0]
  const quote = (value: string | null) => (value === null ? nothing : `“${value}”`)
  return both(`${title}${place ? page(place.page) : ''}`, quote(one), quote(other))
}

const LONGEST = 40

/** Of long texts the first passage that differs, with the words around it. */
function shorten(paper: string, online: string): [string, string] {
  if (Math.max(paper.length, online.length) <= LONGEST) return [paper, online]
  const [first] = passagesBetween(paper, online) ?? []
  if (!first) return [cut(paper), cut(online)]
  const around = (words: string) => `…${first.before}${cut(words)}${first.after}…`
  return [around(first.read), around(first.told)]
}

const cut = (text: string): string => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text)

/** A part of the form in which a general word such as 姓名 or 日期 means something of its own. */
export type Block =
  | 'project'
  | 'leader'
  | 'unit'
  | 'teachers'
  | 'peer'
  | 'unitOpinion'
  | 'higherOpinion'
  | 'commitment'
  | 'share'
  | 'hours'
  | 'sessions'

/** How the value of a label is read (declaration/values). */
export type ValueType =
  | 'text'
  | 'name'
  | 'unit'
  | 'unit-kind'
  | 'partners'
  | 'code'
  | 'discipline'
  | 'subdiscipline'
  | 'speciality'
  | 'content-class'
  | 'long'
  | 'integer'
  | 'number'
  | 'percent'
  | 'fee'
  | 'date'
  | 'birth'
  | 'id'
  | 'phone'
  | 'email'
  | 'sex'
  | 'flag'
  | 'employed'
  | 'delivery'
  | 'level'
  | 'kind'
  | 'year'
  | 'history'
  | 'opinion'
  | 'session-date'
  | 'session-start'
  | 'session-end'
  | 'session-place'
  | 'session-count'
  | 'sign'
  | 'group'
  | 'none'

/** Certainty of a label from which on a value's own confidence counts alone: only a misread or guessed label lowers it. */
export const FIRM = 0.97

/**
 * A label as printed on forms. `words` are whole labels without brackets, spaces, numbering and colon; `pattern` matches
 * such a label as a whole where wordings vary freely. `path` null: known so that it ends another value, but nothing is read.
 */
export type Label = {
  path: string | null
  type: ValueType
  words: string[]
  pattern?: RegExp
  /** Only inside these blocks. Entries without it serve everywhere else. */
  within?: Block[]
  /** What follows on the form belongs to this block. */
  opens?: Block
  /** A short general word: taken only where a colon, a cell or a gap sets it off. */
  general?: boolean
}

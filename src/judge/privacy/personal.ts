import { findNames } from './names.ts'

/** Kinds of personal data that are told by their shape (PIPL art. 28; GB 11643 for ID numbers). */
export type PersonalKind = 'ID' | 'PHONE' | 'EMAIL' | 'NUMBER' | 'PASSPORT' | 'ADDRESS' | 'NAME'

const GAP = '[ \\u00a0\\u3000-]?'

/**
 * Matched on text with full-width forms folded one to one. ID numbers by shape alone: one with a wrong checksum is still somebody's.
 * Any further run of 11 digits or more is a number that says nothing to a reviewer.
 */
const SHAPES: readonly [PersonalKind, RegExp][] = [
  ['EMAIL', /[A-Za-z0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]+(?:\s?\.\s?[A-Za-z0-9-]+){1,4}/g],
  ['ID', new RegExp(`(?<![0-9A-Za-z])[1-9](?:${GAP}\\d){16}${GAP}[0-9Xx×](?![0-9A-Za-z])`, 'g')],
  ['NUMBER', new RegExp(`(?<!\\d)\\d{4}(?:${GAP}\\d{4}){2,3}(?:${GAP}\\d{1,4})?(?!\\d)`, 'g')],
  ['PHONE', new RegExp(`(?<!\\d)(?:(?:\\+|00)86${GAP})?1[3-9](?:${GAP}\\d){9}(?!\\d)`, 'g')],
  ['PHONE', /(?<!\d)[(]?0(?:10|2\d|[3-9]\d{2})[)]?[ -]?[2-9]\d{2,3}[ -]?\d{4}(?:[- 转]{1,3}\d{1,5})?(?!\d)/g],
  ['NUMBER', /(?<!\d)\d{11,}[Xx]?(?!\d)/g],
  ['PASSPORT', /(?<![A-Za-z0-9])(?:E[A-HJ-NP-Z]\d{7}|[EGDSPH]\d{8}|[HM]\d{8,10})(?![A-Za-z0-9])/g],
  [
    'ADDRESS',
    /(?:[\u4e00-\u9fff]{2,8}(?:省|市|自治区))?(?:[\u4e00-\u9fff]{1,8}[市州盟])?[\u4e00-\u9fff]{1,6}[区县旗][\u4e00-\u9fff0-9]{1,20}(?:路|街|道|巷|胡同|村|里|弄|院)[\u4e00-\u9fff0-9-]{0,10}\d+(?:号|弄|室|栋|单元)(?:[\u4e00-\u9fff0-9-]{0,10}(?:号|室|栋|楼|单元|层))?/g,
  ],
]

/** Full-width and mathematical forms to plain ones of the same length, so that places stay valid. */
function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u2010-\u2015\u2212]/g, (character) => {
    const code = character.charCodeAt(0)
    return code >= 0xff01 ? String.fromCharCode(code - 0xfee0) : '-'
  })
}

export type PersonalMatch = { kind: PersonalKind; from: number; until: number }

/** Everything in a text that has the shape of personal data, by place, none within another. */
export function findPersonal(text: string): PersonalMatch[] {
  const folded = foldWidth(text)
  const taken: PersonalMatch[] = []
  for (const [kind, shape] of SHAPES) {
    for (const match of folded.matchAll(shape)) {
      const [from, until] = [match.index, match.index + match[0].length]
      if (!taken.some((one) => from < one.until && until > one.from)) taken.push({ kind, from, until })
    }
  }
  return taken.sort((a, b) => a.from - b.from)
}

/**
 * Whether a text still looks as if it held personal data: another, coarser test than the one that replaces it, so that both must fail
 * before anything gets out. `names`: words that may not occur.
 */
export function looksPersonal(text: string, names: readonly string[]): boolean {
  const bare = text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu, '')
  if (/\d{11,}|\d{17}[x×]/i.test(bare)) return true
  if (/[\w.%+-]@[\w-]+\.[a-z]/i.test(bare)) return true
  if (findNames(bare).length > 0) return true
  return names.some((name) => bare.includes(name.normalize('NFKC').replace(/\s/g, '')))
}

import { findNames } from './names.ts'
import { findPersonal, looksPersonal, type PersonalKind, type PersonalMatch } from './personal.ts'

/** A value known to be personal, told by the field it stands in. */
export type KnownPersonal = { kind: PersonalKind; value: string }

/** Characters that no person sees: soft hyphens, zero-width and direction marks, tags. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
const PLACEHOLDER = /⟦[A-Z]+_\d+⟧/g
const SHORTEST_KNOWN = 2

/**
 * Replaces personal data by placeholders and puts it back. The same value always gets the same placeholder; the table lives as long
 * as this object, for one document.
 */
export function createRedactor(known: readonly KnownPersonal[]) {
  const values = new Map<string, string>()
  const tokens = new Map<string, string>()
  const counts = new Map<PersonalKind, number>()
  const exact = known
    .map(({ kind, value }) => ({ kind, value: value.trim() }))
    .filter(({ value }) => value.length >= SHORTEST_KNOWN)
    // A longer name first: 欧阳文 before 阳文.
    .sort((a, b) => b.value.length - a.value.length)
  const patterns = exact.map(({ kind, value }) => ({ kind, value, pattern: loosely(value) }))

  function tokenOf(kind: PersonalKind, value: string): string {
    const key = `${kind} ${value.normalize('NFKC').replace(/[\s-]/g, '')}`
    const token = tokens.get(key)
    if (token) return token
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const fresh = `⟦${kind}_${count}⟧`
    tokens.set(key, fresh)
    values.set(fresh, value)
    return fresh
  }

  function replaceAt(text: string, matches: PersonalMatch[]): string {
    let replaced = ''
    let last = 0
    for (const { kind, from, until } of matches) {
      replaced += text.slice(last, from) + tokenOf(kind, text.slice(from, until))
      last = until
    }
    return replaced + text.slice(last)
  }

  return {
    /** The text as a model may see it. What no person sees is left out; brackets and chat marks that could be mistaken for ours are changed. */
    redact(text: string): string {
      const plain = text.replace(UNSEEN, '').replaceAll('⟦', '〔').replaceAll('⟧', '〕').replace(/<\|/g, '< |')
      const shaped = replaceAt(plain, findPersonal(plain))
      const named = patterns.reduce(
        (kept, { kind, value, pattern }) => outsidePlaceholders(kept, pattern, () => tokenOf(kind, value)),
        shaped,
      )
      return replaceAt(
        named,
        findNames(named).map((match) => ({ ...match, kind: 'NAME' })),
      )
    },
    /** The text with the values put back; placeholders that are none of ours are left as they are. */
    restore: (text: string): string => text.replace(PLACEHOLDER, (token) => values.get(token) ?? token),
    /** Whether the text of a request still looks personal: then it may not be sent. */
    leaks: (text: string): boolean =>
      looksPersonal(
        // Those who stand beside a name may be names too.
        text.replace(PLACEHOLDER, (token) => (token.startsWith('⟦NAME') ? '⟦NAME_1⟧' : '⟦⟧')),
        exact.map(({ value }) => value),
      ),
  }
}

export type Redactor = ReturnType<typeof createRedactor>

function outsidePlaceholders(text: string, pattern: RegExp, token: () => string): string {
  return text
    .split(/(⟦[A-Z]+_\d+⟧)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(pattern, token)))
    .join('')
}

/** A value with white space between its characters is the same value: 张 三. */
function loosely(value: string): RegExp {
  const characters = [...value.replace(/\s/g, '')].map((character) => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return new RegExp(characters.join('\\s*'), 'gu')
}

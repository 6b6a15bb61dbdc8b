/** Text as it is compared, and for every unit of it the place in the original. */
export type Normalised = { text: string; map: number[] }

/** White space, soft hyphens, zero-width and direction marks. */
const DROPPED = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u

const PUNCTUATION: Readonly<Record<string, string>> = {
  '、': ',',
  '。': '.',
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '‘': "'",
  '’': "'",
  '《': '<',
  '》': '>',
  '〈': '<',
  '〉': '>',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '—': '-',
  '–': '-',
  '－': '-',
  '〜': '~',
  '·': '.',
  '•': '.',
}

/** NFKC, lower case, one kind of punctuation, no white space; character by character, so that places survive. */
export function normalise(original: string): Normalised {
  let text = ''
  const map: number[] = []
  for (const { 0: character, index } of original.matchAll(/./gsu)) {
    for (const plain of character.normalize('NFKC').toLowerCase()) {
      if (DROPPED.test(plain)) continue
      const kept = PUNCTUATION[plain] ?? plain
      for (let unit = 0; unit < kept.length; unit++) map.push(index)
      text += kept
    }
  }
  return { text, map }
}

import { type Read, UNREADABLE } from './reading.ts'

/** Mail hosts that everybody uses; of another host nothing is known. */
const HOSTS = [
  '163.com',
  '126.com',
  '139.com',
  '189.cn',
  'qq.com',
  'vip.qq.com',
  'foxmail.com',
  'sina.com',
  'sina.cn',
  'sohu.com',
  'yeah.net',
  'aliyun.com',
  'hotmail.com',
  'outlook.com',
  'gmail.com',
]
/** Ends of hosts: those usual in China, and those that RFC 2606 keeps for examples. */
const TOPS = words(
  'cn com net org edu gov mil info biz cc top vip xyz me tv io hk mo tw asia pro ltd group club site online tech wang xin example test invalid',
)
/** One for all of a group of look-alikes. */
const PLAIN: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/[0oq9g]/g, 'o'],
  [/[1li|!]/g, 'l'],
  [/[5s]/g, 's'],
  [/[2z]/g, 'z'],
  [/[6b]/g, 'b'],
  [/[ce]/g, 'e'],
  [/[vx]/g, 'v'],
]
function words(text: string): string[] {
  return text.split(' ')
}
const plain = (text: string): string => PLAIN.reduce((so, [from, to]) => so.replace(from, to), text.toLowerCase())

/** A host's name in pinyin, spelt out so far that initials alone are none. */
const PINYIN =
  /^(?:(?:[zcs]h|[b-df-hj-np-tw-z])(?:i?ang|[ieu]ng|i?ong|uang|i?ao|i?an|uan|uai|ai|ei|ou|en|in|un|i[aeu]|u[aeio]|ve?|[aeiou])|ang?|ai|ao|ou|er|en)+$/
const SPELT = 6

/** What leaves open which of 0 and O, 1 and l was printed. */
const OPEN = 0.75
const UNSURE = /(?<=[a-z])[01](?=[a-z])|(?<=\d)[oOlI](?=\d)|I/

/**
 * An e-mail address. From a scan (`scanned`) its sign and its host are mended where only look-alikes are in the way; where the name
 * before the sign has one of them among its opposites, it is less certain. Unreadable without a sign.
 */
export function readAddress(text: string, scanned: boolean): Read {
  const narrow = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[。,，、;；]$/, '')
    .replace(/[。．]/g, '.')
  if (!scanned) return { value: narrow }
  const signed = narrow.includes('@') ? narrow : narrow.replace(/[©®◎⊙]|\(a\)|（a）/i, '@')
  const [name, host, more] = signed.split('@')
  if (!name || !host || more !== undefined) return UNREADABLE
  const known = HOSTS.find((each) => each === host.toLowerCase())
  const [near, second] = HOSTS.filter((each) => plain(each) === plain(host))
  // No name has a comma: before a j it is the j's tail.
  const own = name.replace(/,(?=j)/g, '')
  const spelt = spellOut(host)
  const value = `${own}@${!known && near && !second ? near : mendEnd(spelt)}`
  const isOpen = UNSURE.test(name) || own !== name || own.includes(',') || spelt !== host
  return {
    value,
    ...(value === narrow ? {} : { repaired: true }),
    ...(isOpen ? { certainty: OPEN } : {}),
  }
}

/** A host whose last part is no such part, with the one that looks like it. */
function mendEnd(host: string): string {
  const whole = host.replace(/\.(?:c0m|corn|c0rn)$/i, '.com')
  const end = whole.slice(whole.lastIndexOf('.') + 1)
  if (!whole.includes('.') || TOPS.includes(end.toLowerCase())) return whole
  const [near, second] = TOPS.filter((each) => plain(each) === plain(end))
  return near && !second ? `${whole.slice(0, -end.length)}${near}` : whole
}

/** A host's first part that is pinyin but for one c that was an e, or the other way round. */
function spellOut(host: string): string {
  const [first = ''] = host.split('.')
  if (first.length < SPELT || !/^[a-z]+$/.test(first) || PINYIN.test(first)) return host
  const other = { c: 'e', e: 'c' } as const
  const [spelt, second] = [...first].flatMap((letter, at) => {
    if (letter !== 'c' && letter !== 'e') return []
    const changed = first.slice(0, at) + other[letter] + first.slice(at + 1)
    return PINYIN.test(changed) ? [changed] : []
  })
  return spelt && !second ? spelt + host.slice(first.length) : host
}

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
/** One for all of a group of look-alikes. */
const PLAIN: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/[0oq9g]/g, 'o'],
  [/[1li|!]/g, 'l'],
  [/[5s]/g, 's'],
  [/[2z]/g, 'z'],
  [/[6b]/g, 'b'],
]
const plain = (text: string): string => PLAIN.reduce((so, [from, to]) => so.replace(from, to), text.toLowerCase())

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
  const value = `${name}@${!known && near && !second ? near : host.replace(/\.(?:c0m|corn|c0rn)$/i, '.com')}`
  return {
    value,
    ...(value === narrow ? {} : { repaired: true }),
    ...(UNSURE.test(name) ? { certainty: OPEN } : {}),
  }
}

import { expect, test } from 'vitest'
import { createKey, digestOfKey, idOfKey, isSameDigest, KEY_ID } from '../../src/access/key.ts'

test('a key names itself by its start and is told from any other word', async () => {
  const { id, key } = await createKey()
  expect(key).toMatch(/^xs_[0-9A-Za-z]{48}$/)
  expect(key.startsWith(id)).toBe(true)
  expect(id).toMatch(KEY_ID)
  expect(await idOfKey(key)).toBe(id)
})

test.each([
  ['one letter is another', (key: string) => key.slice(0, 20) + (key[20] === 'a' ? 'b' : 'a') + key.slice(21)],
  ['its end is cut off', (key: string) => key.slice(0, -1)],
  ['something follows', (key: string) => `${key}A`],
  ['it is of another service', (key: string) => key.replace('xs_', 'gh_')],
  ['it is empty', () => ''],
])('it is no key when %s', async (_, change) => {
  const { key } = await createKey()
  expect(await idOfKey(change(key))).toBeNull()
})

test('no two keys are alike, and every character is used', async () => {
  const keys = await Promise.all(Array.from({ length: 200 }, createKey))
  expect(new Set(keys.map(({ id }) => id)).size).toBe(200)
  expect(new Set(keys.flatMap(({ key }) => [...key.slice(3, 45)])).size).toBe(62)
})

test('what is stored is the SHA-256', async () => {
  expect(await digestOfKey('xs_')).toBe('9bc4af374588d28e18e08dc708acdf85ff4ff7c3f157e583470f1e5c09d6367c')
})

test.each([
  ['abcd', 'abcd', true],
  ['abcd', 'abce', false],
  ['abcd', 'abc', false],
  ['abc', 'abcd', false],
  ['', '', true],
])('the digests %j and %j are the same: %s', (one, other, same) => expect(isSameDigest(one, other)).toBe(same))

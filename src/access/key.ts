const PREFIX = 'xs_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID = 12
const SECRET = 30
const CHECK = 6
const KEY = new RegExp(`^${PREFIX}[0-9A-Za-z]{${ID + SECRET + CHECK}}$`)

/** The visible start of a key: not secret, and enough to tell which key one has in hand. */
export const KEY_ID = new RegExp(`^${PREFIX}[0-9A-Za-z]{${ID}}$`)

/**
 * A new key `xs_` + 12 characters that name it + 30 secret ones (178 random bits) + 6 of checksum. Prefix and checksum let secret
 * scanners tell a leaked key from any other word (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/).
 */
export async function createKey(): Promise<{ id: string; key: string }> {
  const body = PREFIX + randomDigits(ID + SECRET)
  return { id: body.slice(0, PREFIX.length + ID), key: body + (await checksum(body)) }
}

/** The id of a well-formed key; null for what cannot be one, so that nobody has to look it up. */
export async function idOfKey(key: string): Promise<string | null> {
  if (!KEY.test(key)) return null
  const body = key.slice(0, -CHECK)
  return (await checksum(body)) === key.slice(-CHECK) ? body.slice(0, PREFIX.length + ID) : null
}

/**
 * What is stored of a key: its SHA-256, lower-case hex. A slow password hash would gain nothing: nobody guesses 178 random bits,
 * and it would make every request slow.
 */
export async function digestOfKey(key: string): Promise<string> {
  return Array.from(await sha256(key), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Takes as long whatever they differ in, so that the time tells nothing of the digest. */
export function isSameDigest(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ (other.charCodeAt(at) || 0)
  return difference === 0
}

/** Evenly: bytes past the last whole multiple of 62 are thrown away. */
function randomDigits(count: number): string {
  let digits = ''
  while (digits.length < count)
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * count)))
      if (byte < 248 && digits.length < count) digits += DIGITS.charAt(byte % 62)
  return digits
}

async function checksum(body: string): Promise<string> {
  const [a = 0, b = 0, c = 0, d = 0] = await sha256(body)
  let rest = ((a * 256 + b) * 256 + c) * 256 + d
  let digits = ''
  for (; digits.length < CHECK; rest = Math.floor(rest / 62)) digits = DIGITS.charAt(rest % 62) + digits
  return digits
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

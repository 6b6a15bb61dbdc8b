import type { Pack } from './pack.ts'

const known = new WeakMap<Pack, Promise<string>>()

/**
 * SHA-256 (lower-case hex) of all that makes the pack: its files, those of the packs it extends, its checks, and the words its
 * parameters take from lists. Two reviews under one hash were made by the same rules.
 */
export function hashPack(pack: Pack): Promise<string> {
  const hash = known.get(pack) ?? digest(partsOf(pack))
  known.set(pack, hash)
  return hash
}

const partsOf = ({ texts, rules }: Pack): string[] => [
  ...texts,
  ...rules.flatMap(({ check, given }) => [check.text, JSON.stringify(given)]),
]

/** Line ends differ between machines and mean nothing. */
async function digest(parts: string[]): Promise<string> {
  const text = JSON.stringify(parts.map((part) => part.replace(/\r\n/g, '\n')))
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

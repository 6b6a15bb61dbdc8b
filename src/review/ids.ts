const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A prefix and a ULID: 48 bits of time, 80 random bits; ids sort by time. */
export function createId(prefix: string, now: Date): string {
  let time = ''
  for (let rest = now.getTime(), digits = 0; digits < 10; digits++, rest = Math.floor(rest / 32)) {
    time = ALPHABET.charAt(rest % 32) + time
  }
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => ALPHABET.charAt(byte % 32))
  return `${prefix}_${time}${random.join('')}`
}

export const createReviewId = (now: Date): string => createId('rev', now)

export const REVIEW_ID = /^rev_[0-9A-HJKMNP-TV-Z]{26}$/

export const createBatchId = (now: Date): string => createId('bat', now)

export const BATCH_ID = /^bat_[0-9A-HJKMNP-TV-Z]{26}$/

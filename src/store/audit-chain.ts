/** A line of the audit trail as it is stored; `detail` is its JSON, letter for letter. */
export type StoredLine = {
  seq: number
  at: string
  tenant: string
  actor: string
  action: string
  subject: string
  detail: string
}

/** A line's place in the chain: `hash` covers the line and every one before. */
export type Seal = { position: number; seq: number; hash: string }

/** A seal with its line; null when the trail no longer has it. */
export type SealedLine = Seal & { line: StoredLine | null }

/** What the whole trail up to a line is recognised by, to be kept elsewhere. */
export type Head = { position: number; hash: string }

/** Before the first line. */
export const NO_LINES: Head = { position: 0, hash: '0'.repeat(64) }

/** The seals of lines that follow `head`, in their order. */
export async function chain(head: Head, lines: StoredLine[]): Promise<Seal[]> {
  const seals: Seal[] = []
  let { position, hash } = head
  for (const line of lines) {
    position += 1
    hash = await sha256(`${hash}\n${canonical(line)}`)
    seals.push({ position, seq: line.seq, hash })
  }
  return seals
}

/** One text a line: whoever reads the columns can write it again in any language. */
function canonical({ seq, at, tenant, actor, action, subject, detail }: StoredLine): string {
  return JSON.stringify([seq, at, tenant, actor, action, subject, detail])
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

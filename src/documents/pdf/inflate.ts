import type { Ports } from '../ports.ts'
import { isTrueType, OUTLINELESS } from './outlineless.ts'

type Inflate = NonNullable<Ports['inflate']>

let drawings = 0
let isInstalled = false

/** Keeps the outlines of letters, which drawing needs, until the returned function is called. */
export function keepOutlines(): () => void {
  drawings++
  return () => {
    drawings--
  }
}

/**
 * Has pdf.js inflate by `inflate`: the platform's streams cost more than the inflating where a page has dozens of small pieces.
 * An embedded TrueType font arrives without its outlines, which pdf.js would check and repair one by one to no use: what a code
 * means and how wide it is stands outside of the font's file.
 */
export function inflateBy(inflate: Inflate): void {
  if (isInstalled) return
  isInstalled = true
  const Native = DecompressionStream
  function QuickStream(format: ConstructorParameters<typeof Native>[0]) {
    return format === 'deflate' ? wholeStream(inflate) : new Native(format)
  }
  Object.assign(globalThis, { DecompressionStream: QuickStream })
}

function wholeStream(inflate: Inflate): TransformStream<Uint8Array, Uint8Array> {
  const parts: Uint8Array[] = []
  return new TransformStream({
    transform(part) {
      parts.push(part)
    },
    flush(controller) {
      const bytes = inflate(joined(parts))
      controller.enqueue(drawings === 0 && isTrueType(bytes) ? OUTLINELESS.slice() : bytes)
    },
  })
}

function joined(parts: Uint8Array[]): Uint8Array {
  const [first] = parts
  if (first && parts.length === 1) return first
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

import type { HiddenText } from '../model.ts'
import type { Look } from './styles.ts'

/** Smaller than this nobody reads it (points). */
const TINY = 2
/** Characters squeezed below this share of their width (percent) nobody reads either. */
const SQUEEZED = 5
/** Two colours closer than this in every channel (of 255) cannot be told apart in print. */
const SAME = 24

/** Why a run of that look is not seen on a page of that colour behind it (`null`: unknown); `null` when it is seen. */
export function whyHidden(look: Look, behind: string | null): HiddenText['reason'] | null {
  if (look.vanish) return 'vanished'
  if ((look.size ?? Number.POSITIVE_INFINITY) < TINY || (look.scale ?? 100) < SQUEEZED) return 'tiny'
  const background = look.background === undefined ? behind : look.background
  // Word turns `auto` into white or black, whichever shows.
  if (!background || !look.color || look.color === 'auto') return null
  return areAlike(look.color, background) ? 'white' : null
}

function areAlike(a: string, b: string): boolean {
  const [left, right] = [channels(a), channels(b)]
  return !!left && !!right && left.every((value, i) => Math.abs(value - (right[i] ?? 0)) < SAME)
}

function channels(color: string): number[] | null {
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  return hex ? hex.slice(1).map((part) => Number.parseInt(part, 16)) : null
}

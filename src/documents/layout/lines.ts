import type { Box, Line, Span } from '../model.ts'
import { unite } from '../text.ts'

/** Two spans are on one line when they share at least this part of the lower one's height. */
const SHARED_HEIGHT = 0.5

/**
 * Spans to lines by base line, lines from top to bottom, spans from left to right. Each span is held against its left
 * neighbour only, so a line may be slightly askew. Spans without a box come first, each a line of its own.
 */
export function linesOf(spans: Span[]): Line[] {
  const lines: Line[] = []
  const open: { spans: Span[]; last: Box }[] = []
  const placed = spans.flatMap((span) => (span.box ? [{ span, box: span.box }] : []))
  for (const { span, box } of placed.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)) {
    const line = bestOf(open, box)
    if (line) {
      line.spans.push(span)
      line.last = box
    } else {
      open.push({ spans: [span], last: box })
    }
  }
  for (const { spans: members } of open) lines.push({ spans: members, box: unite(members.map((span) => span.box)) })
  lines.sort((a, b) => middle(a.box) - middle(b.box))
  return [...spans.filter((span) => !span.box).map((span) => ({ spans: [span], box: null })), ...lines]
}

function bestOf<T extends { last: Box }>(open: T[], box: Box): T | undefined {
  let best: T | undefined
  let most = 0
  for (const candidate of open) {
    const { last } = candidate
    const lower = Math.min(last.height, box.height)
    const shared = Math.min(last.y + last.height, box.y + box.height) - Math.max(last.y, box.y)
    const overlap = last.x + last.width - box.x
    if (shared < SHARED_HEIGHT * lower || overlap > 0.6 * Math.min(last.width, box.width)) continue
    const share = shared / Math.max(last.height, box.height, 0.01)
    if (share > most) {
      most = share
      best = candidate
    }
  }
  return best
}

function middle(box: Box | null): number {
  return box ? box.y + box.height / 2 : 0
}

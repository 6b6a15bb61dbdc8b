import type { Block, Box, Line, Page, Span } from '../model.ts'

export type Place = (x: number, y: number) => [x: number, y: number]

/**
 * Puts all that was found on a prepared picture of a page to where it is on the page as it came. A box goes with the middles of
 * its sides: it stays level.
 */
export function movePage<T extends Omit<Page, 'number'>>(page: T, place: Place): T {
  const moved = (box: Box): Box => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const [[left], [right]] = [place(box.x, y), place(box.x + box.width, y)]
    const [[, top], [, bottom]] = [place(x, box.y), place(x, box.y + box.height)]
    return { ...box, x: left, y: top, width: right - left, height: bottom - top }
  }
  const movedOr = (box: Box | null) => (box ? moved(box) : null)
  const placed = <P extends { box: Box }>(thing: P): P => ({ ...thing, box: moved(thing.box) })
  const moveSpan = (span: Span): Span => {
    const { box, edges } = span
    if (!box || !edges) return { ...span, box: movedOr(box) }
    const y = box.y + box.height / 2
    return { ...span, box: moved(box), edges: edges.map((x) => place(x, y)[0]) }
  }
  const moveLine = (line: Line): Line => ({ spans: line.spans.map(moveSpan), box: movedOr(line.box) })
  const moveBlock = (block: Block): Block => {
    if (block.kind === 'line') return { ...block, line: moveLine(block.line) }
    const cells = block.table.cells.map((cell) => ({
      ...cell,
      box: movedOr(cell.box),
      lines: cell.lines.map(moveLine),
    }))
    return { kind: 'table', table: { ...block.table, box: movedOr(block.table.box), cells } }
  }
  return {
    ...page,
    blocks: page.blocks.map(moveBlock),
    rulings: page.rulings.map(({ x1, y1, x2, y2 }) => {
      const [[a, b], [c, d]] = [place(x1, y1), place(x2, y2)]
      return { x1: a, y1: b, x2: c, y2: d }
    }),
    checkboxes: page.checkboxes.map(placed),
    seals: page.seals.map(placed),
    handwriting: page.handwriting.map(placed),
    ...(page.unread ? { unread: page.unread.map(moved) } : {}),
  }
}

import type { Block, Box, Line, Page, Ruling, Span } from '../model.ts'

export type Place = (x: number, y: number) => [x: number, y: number]

/** Where a point and a box go, and where an x inside a box goes with it. */
type Movement = { point: Place; box: (box: Box) => Box; edge: (x: number, box: Box) => number }
type Read = Omit<Page, 'number'>

/**
 * Puts all that was found on a prepared picture of a page to where it is on the page as it came. A box goes with the middles of
 * its sides: it stays level.
 */
export function movePage<T extends Read>(page: T, place: Place): T {
  const box = (box: Box): Box => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const [[left], [right]] = [place(box.x, y), place(box.x + box.width, y)]
    const [[, top], [, bottom]] = [place(x, box.y), place(x, box.y + box.height)]
    return { ...box, x: left, y: top, width: right - left, height: bottom - top }
  }
  return moveAll(page, { point: place, box, edge: (x, { y, height }) => place(x, y + height / 2)[0] })
}

/**
 * Puts what was found on a levelled page back to where it is on the page that leans by `slope` (radians, clockwise). Boxes keep
 * their size. Seals were found on the leaning page: they stay.
 */
export function leanPage<T extends Read>(page: T, slope: number): T {
  if (slope === 0) return page
  const [cos, sin] = [Math.cos(slope), Math.sin(slope)]
  const point: Place = (x, y) => {
    const dx = x - page.width / 2
    const dy = y - page.height / 2
    return [page.width / 2 + dx * cos - dy * sin, page.height / 2 + dx * sin + dy * cos]
  }
  const box = (box: Box): Box => {
    const [x, y] = point(box.x + box.width / 2, box.y + box.height / 2)
    return { ...box, x: x - box.width / 2, y: y - box.height / 2 }
  }
  const leaning = moveAll(page, { point, box, edge: (x, from) => x + box(from).x - from.x })
  return { ...leaning, seals: page.seals }
}

function moveAll<T extends Read>(page: T, { point, box, edge }: Movement): T {
  const boxOr = (given: Box | null) => (given ? box(given) : null)
  const placed = <P extends { box: Box }>(thing: P): P => ({ ...thing, box: box(thing.box) })
  const span = (given: Span): Span => {
    const { box: from, edges } = given
    if (!from || !edges) return { ...given, box: boxOr(from) }
    return { ...given, box: box(from), edges: edges.map((x) => edge(x, from)) }
  }
  const line = (given: Line): Line => ({ spans: given.spans.map(span), box: boxOr(given.box) })
  const block = (given: Block): Block => {
    if (given.kind === 'line') return { ...given, line: line(given.line) }
    const { table } = given
    const cells = table.cells.map((cell) => ({ ...cell, box: boxOr(cell.box), lines: cell.lines.map(line) }))
    return { kind: 'table', table: { ...table, box: boxOr(table.box), cells } }
  }
  const ruling = ({ x1, y1, x2, y2 }: Ruling): Ruling => {
    const [[a, b], [c, d]] = [point(x1, y1), point(x2, y2)]
    return { x1: a, y1: b, x2: c, y2: d }
  }
  return {
    ...page,
    blocks: page.blocks.map(block),
    rulings: page.rulings.map(ruling),
    checkboxes: page.checkboxes.map(placed),
    seals: page.seals.map(placed),
    handwriting: page.handwriting.map(placed),
    ...(page.unread ? { unread: page.unread.map(box) } : {}),
  }
}

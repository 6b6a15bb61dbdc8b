import type { Raster } from './degrade.ts'

type Found = { page: number; box: [number, number, number, number] }

/** Where the seals stand, from a clean drawing in which nothing else is red. Box in shares of the page. */
export function findSeals(pages: Raster[]): Found[] {
  return pages.flatMap((page, index) => clusters(page).map((box) => ({ page: index + 1, box })))
}

/** Red pixels gathered on a grid of 1/60 page width, neighbours joined. */
function clusters({ width, height, data }: Raster): Found['box'][] {
  const step = Math.ceil(width / 60)
  const columns = Math.ceil(width / step)
  const cells = new Map<number, [number, number, number, number]>()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      if ((data[at] ?? 0) < 170 || (data[at + 1] ?? 0) > 100 || (data[at + 2] ?? 0) > 100) continue
      const key = Math.floor(y / step) * columns + Math.floor(x / step)
      const box = cells.get(key) ?? [x, y, x, y]
      cells.set(key, [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)])
    }
  const boxes: Found['box'][] = []
  while (cells.size > 0) {
    const [first] = cells.keys()
    if (first === undefined) break
    const box = take(cells, first, columns)
    const share = (value: number, whole: number) => Math.round((value / whole) * 1000) / 1000
    boxes.push([
      share(box[0], width),
      share(box[1], height),
      share(box[2] - box[0], width),
      share(box[3] - box[1], height),
    ])
  }
  return boxes
}

function take(cells: Map<number, [number, number, number, number]>, start: number, columns: number) {
  const queue = [start]
  let all: [number, number, number, number] | undefined
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const box = cells.get(key)
    if (!box) continue
    cells.delete(key)
    all = all
      ? [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])]
      : box
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) queue.push(key + dy * columns + dx)
  }
  return all ?? ([0, 0, 0, 0] as const)
}

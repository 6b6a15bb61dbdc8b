export type Row = { what: string; ours: string; peer: string; ratio: string }

/** `–` where there is nothing to compare with. */
export const alone = (what: string, ours: string): Row => ({ what, ours, peer: '–', ratio: '–' })

/** `peer` is null where the peer is not installed. */
export function beside(what: string, ours: number, peer: number | null, unit: string): Row {
  return {
    what,
    ours: `${ours.toFixed(2)} ${unit}`,
    peer: peer === null ? 'not installed' : `${peer.toFixed(2)} ${unit}`,
    ratio: peer === null ? '–' : `${(ours / peer).toPrecision(2)}×`,
  }
}

export function printRows(rows: Row[]): void {
  const head: Row = { what: 'what', ours: 'xingshen', peer: 'peer', ratio: 'ratio' }
  const all = [head, ...rows]
  const width = (key: keyof Row) => Math.max(...all.map((row) => row[key].length))
  for (const row of all)
    console.log(
      `${row.what.padEnd(width('what'))}  ${row.ours.padStart(width('ours'))}  ${row.peer.padStart(width('peer'))}  ${row.ratio.padStart(width('ratio'))}`,
    )
}

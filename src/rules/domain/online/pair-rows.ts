/** A row with its place in its list. */
export type Placed<Row> = { row: Row; at: number }

/** Rows of two lists that speak of the same thing; what has no partner stands alone. */
export type Pairing<Row> = {
  pairs: { one: Placed<Row>; other: Placed<Row> }[]
  onlyOne: Placed<Row>[]
  onlyOther: Placed<Row>[]
}

/** How alike two rows are in one respect: 0 (nothing in common) to 1. */
export type Kinship<Row> = (one: Row, other: Row) => number

/**
 * Pairs the rows of two lists whatever their order. The kinships are tried one after the other, the strictest first, each on the
 * rows that are still alone; what is left where both lists have as many rows belongs together by its order.
 */
export function pairRows<Row>(one: Placed<Row>[], other: Placed<Row>[], kinships: Kinship<Row>[]): Pairing<Row> {
  const pairs: Pairing<Row>['pairs'] = []
  let [left, right] = [one, other]
  const pair = (partners: Placed<Row>, partner: Placed<Row>) => {
    pairs.push({ one: partners, other: partner })
    left = left.filter((each) => each !== partners)
    right = right.filter((each) => each !== partner)
  }
  for (const kinship of kinships) {
    for (const each of left) {
      const partner = closest(each, right, kinship)
      if (partner) pair(each, partner)
    }
  }
  if (left.length === right.length) {
    for (const each of left) {
      const [partner] = right
      if (partner) pair(each, partner)
    }
  }
  return { pairs: pairs.sort((a, b) => a.one.at - b.one.at), onlyOne: left, onlyOther: right }
}

const KIN = 0.5

/** The likest row; of two equally like ones that at the same place, else the first. */
function closest<Row>(each: Placed<Row>, candidates: Placed<Row>[], kinship: Kinship<Row>): Placed<Row> | null {
  let best: Placed<Row> | null = null
  let most = KIN
  for (const candidate of candidates) {
    const share = kinship(each.row, candidate.row)
    if (share > most || (share === most && (best === null || candidate.at === each.at))) {
      best = candidate
      most = share
    }
  }
  return best
}

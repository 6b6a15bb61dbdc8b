/** Weights of GB 11643 (ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

export type IdNumberReading = {
  /** 18 characters, a real date of birth inside. The area is not looked up. */
  wellFormed: boolean
  checksum: boolean
  /** `YYYY-MM-DD`. */
  birth: string | null
  sex: '男' | '女' | null
}

/** Reads a resident identity number (GB 11643). */
export function readIdNumber(raw: string): IdNumberReading {
  const number = raw.normalize('NFKC').replace(/[\s-]/g, '').replace(/×/g, 'X').toUpperCase()
  const match = number.match(/^[1-9]\d{5}(\d{4})(\d\d)(\d\d)\d\d(\d)[\dX]$/)
  if (!match) return { wellFormed: false, checksum: false, birth: null, sex: null }
  const birth = `${match[1]}-${match[2]}-${match[3]}`
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  const isBorn = isDate(birth)
  return {
    wellFormed: isBorn,
    checksum: CHECK_CHARACTERS[sum % 11] === number[17],
    birth: isBorn ? birth : null,
    sex: Number(match[4]) % 2 === 1 ? '男' : '女',
  }
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && text >= '1900-01-01'
}

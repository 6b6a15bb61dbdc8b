import Fraction from 'fraction.js'
import { remember } from '../remember.ts'

// fraction.js replaces its prototype and loses `constructor`, by which cel-js tells the type of a value.
Object.defineProperty(Fraction.prototype, 'constructor', { value: Fraction })

/** Exact numbers: hours, shares and credits are never compared in binary fractions (contract §2). */
export type Exact = Fraction

/**
 * Reads a number by its shortest decimal text (0.1 is 1/10), or `2/3`, `30%`, `2.5`.
 * Throws `RangeError` when the text is no number.
 */
export function exact(value: number | bigint | string): Exact {
  if (typeof value === 'number') return ofNumber(value)
  if (typeof value === 'bigint') return new Fraction(value)
  const text = value.trim()
  if (!/^-?\d+(\.\d+)?(\/[1-9]\d*)?%?$/.test(text)) throw new RangeError(`not a number: ${text}`)
  return text.endsWith('%') ? new Fraction(text.slice(0, -1)).div(100) : new Fraction(text)
}

/** Hours, days and people are the same few numbers on every form. */
const ofNumber = remember(1000, (value: number) => new Fraction(Number.isInteger(value) ? BigInt(value) : plain(value)))

/** `String(1e-7)` is not decimal notation. */
const plain = (value: number): string => (String(value).includes('e') ? value.toFixed(20) : String(value))

export const ZERO = new Fraction(0)
export const ONE = new Fraction(1)

export function sum(values: Exact[]): Exact {
  if (!values.every(isWhole)) return values.reduce((total, value) => total.add(value), ZERO)
  return exact(Number(values.reduce((total, { s, n }) => total + s * n, 0n)))
}

const isWhole = ({ d }: Exact): boolean => d === 1n

const isDecimal = (value: Exact): boolean => {
  let rest = value.d
  while (rest % 2n === 0n) rest /= 2n
  while (rest % 5n === 0n) rest /= 5n
  return rest === 1n
}

/** Decimal text, rounded half up to `places` where the number does not end before: `3.33`, `7.5`, `4`. */
export function decimal(value: Exact, places = 2): string {
  if (isWhole(value)) return String(value.s * value.n)
  const scale = 10n ** BigInt(places)
  const scaled = value.n * scale
  const rounded = (scaled * 2n + value.d) / (value.d * 2n)
  const digits = String(rounded).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const part = digits.slice(digits.length - places).replace(/0+$/, '')
  return `${value.s < 0n && rounded > 0n ? '-' : ''}${whole}${part ? `.${part}` : ''}`
}

/** `42.9%`: always one place, as reviewers write it. */
export function percent(value: Exact): string {
  return percentOf(value.toFraction())
}

const percentOf = remember(1000, (value: string): string => {
  const text = decimal(new Fraction(value).mul(100), 1)
  return `${text.includes('.') ? text : `${text}.0`}%`
})

/** How a bound is written: `50%`, `2/3`. */
export function showShare(bound: Exact): string {
  const hundredfold = bound.mul(100)
  return isDecimal(hundredfold) ? `${decimal(hundredfold)}%` : bound.toFraction()
}

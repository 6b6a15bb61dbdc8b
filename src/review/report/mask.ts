/** An 18-character ID number or an 11-digit mobile number, not part of a longer number. */
const ID_NUMBER = /(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g
const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g

/** Hides the birth date in ID numbers and the middle of mobile numbers, wherever they stand in a sentence. */
export function maskPersonalNumbers(text: string): string {
  return text.replace(ID_NUMBER, '$1********$2').replace(MOBILE, '$1****$2')
}

/** Hides all but the ends of a value that is such a number, well formed or not. */
export function maskValue(value: string): string {
  if (value.length <= 6) return '*'.repeat(value.length)
  return value.slice(0, 3) + '*'.repeat(value.length - 5) + value.slice(-2)
}

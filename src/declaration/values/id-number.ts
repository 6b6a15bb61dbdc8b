const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const MISREAD: Record<string, string> = { O: '0', D: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8', G: '6' }

/** GB 11643: 17 digits and a check character, which any one wrong digit breaks. */
export function isValidIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return CHECKS[sum % 11] === text[17]
}

/** The number that letters misread for digits must have been, when its checksum then holds; null otherwise. */
export function repairIdNumber(text: string): string | null {
  if (text.length !== 18 || isValidIdNumber(text)) return null
  const mended = text.replace(/[ODQILZSBG]/g, (letter) => MISREAD[letter] ?? letter)
  return mended !== text && isValidIdNumber(mended) ? mended : null
}

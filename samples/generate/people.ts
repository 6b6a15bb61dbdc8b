/** Fictional people and units. Area code 990101 is no assigned division, so that no living person's number is hit. */
export type Person = { name: string; sex: '男' | '女'; birth: string; serial: number }

const person = (name: string, sex: '男' | '女', birth: string, serial: number): Person => ({ name, sex, birth, serial })

export const PEOPLE = {
  lin: person('林知远', '男', '1970-03-15', 1),
  su: person('苏映晴', '女', '1975-09-08', 124),
  gu: person('顾承泽', '男', '1969-08-02', 13),
  he: person('何景行', '男', '1968-01-17', 23),
  cheng: person('程书言', '女', '1973-04-26', 146),
  fang: person('方既白', '男', '1974-02-11', 57),
  jiang: person('江听澜', '女', '1972-11-30', 168),
  song: person('宋令仪', '女', '1976-06-15', 182),
  zhou: person('周牧之', '男', '1961-10-05', 31),
  shen: person('沈予安', '女', '1977-12-09', 26),
  mo: person('莫怀瑾', '男', '1979-05-21', 75),
  ouyang: person('欧阳晗', '女', '1978-07-03', 208),
} as const

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** GB 11643: 17 digits and the check digit. */
export function idNumber(person: Person): string {
  const odd = person.serial % 2 === 1
  if (odd !== (person.sex === '男')) throw new Error(`serial of ${person.name} does not fit the sex`)
  const digits = `990101${person.birth.replaceAll('-', '')}${String(person.serial).padStart(3, '0')}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0)
  return digits + CHECKS[sum % 11]
}

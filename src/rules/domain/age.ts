/** Whole years (周岁), both bounds inclusive; they differ when only the month of birth is known and the day decides. */
export type Age = { min: number; max: number }

/** Age on a day. `birth`: `YYYY-MM` or `YYYY-MM-DD`; `on`: `YYYY-MM-DD`. `null` where one is no date or birth lies after the day. */
export function ageOn(birth: string, on: string): Age | null {
  const born = birth.match(/^(\d{4})-(\d\d)(?:-(\d\d))?$/)
  const day = on.match(/^(\d{4})-(\d\d)-(\d\d)$/)
  if (!born || !day) return null
  const years = Number(day[1]) - Number(born[1])
  const today = `${day[2]}-${day[3]}`
  const after = (monthDay: string) => (today < monthDay ? years - 1 : years)
  const min = after(`${born[2]}-${born[3] ?? '31'}`)
  const max = after(`${born[2]}-${born[3] ?? '01'}`)
  return max < 0 ? null : { min: Math.max(min, 0), max }
}

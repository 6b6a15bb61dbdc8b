import { remember } from '../remember.ts'

/** Rows and cells stand at the same few paths on every form: each is put together once, and is then cheap to compare and to collect. */
const rowsOf = remember(20, (list: string) => remember(500, (index: number) => `${list}[${index}]`))
const cellsOf = remember(2000, (row: string) => remember(50, (key: string) => `${row}.${key}`))

/** `teachers[2]`. */
export const rowPath = (list: string, index: number): string => rowsOf(list)(index)

/** `teachers[2].unit`. */
export const cellPath = (row: string, key: string): string => cellsOf(row)(key)

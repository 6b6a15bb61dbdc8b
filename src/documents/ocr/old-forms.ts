import type { OcrLine } from '../ports.ts'

/** Old shapes of characters that some fonts and coarse copies show, and the shape that simplified Chinese writes. */
const NEW = new Map(
  '眞真 內内 戶户 靑青 黃黄 強强 靜静 淨净 爭争 溫温 決决 產产 尙尚 奧奥 悅悦 黒黑'
    .split(' ')
    .map(([old = '', own = '']) => [old, own] as const),
)

/** A line in the shapes of characters that forms are written in: a recogniser trained on all shapes reads 高仿真 as 高仿眞. */
export function settleForms(line: OcrLine): OcrLine {
  return { ...line, text: line.text.replace(/\p{Script=Han}/gu, (character) => NEW.get(character) ?? character) }
}

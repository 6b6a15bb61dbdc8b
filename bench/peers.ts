import type { Piece } from './character-errors.ts'

/** The words of `pdftotext -bbox-layout`, joined to its lines. */
export function piecesOfBboxLayout(xml: string): Piece[][] {
  return [...xml.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(
    ([, width, height, body]) => {
      const [w, h] = [Number(width), Number(height)]
      return [
        ...(body ?? '').matchAll(
          /<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([\s\S]*?)<\/line>/g,
        ),
      ].map(([, x1, y1, x2, y2, words]) => ({
        text: [...(words ?? '').matchAll(/>([^<]*)<\/word>/g)].map(([, word]) => unescapeXml(word ?? '')).join(''),
        x: Number(x1) / w,
        y: Number(y1) / h,
        width: (Number(x2) - Number(x1)) / w,
        height: (Number(y2) - Number(y1)) / h,
      }))
    },
  )
}

const unescapeXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The words of `tesseract … tsv`. */
export function piecesOfTsv(tsv: string, width: number, height: number): Piece[] {
  return tsv
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const cells = line.split('\t')
      const [level, left, top, wide, high, text] = [cells[0], cells[6], cells[7], cells[8], cells[9], cells[11]]
      if (level !== '5' || !text?.trim()) return []
      return [
        {
          text,
          x: Number(left) / width,
          y: Number(top) / height,
          width: Number(wide) / width,
          height: Number(high) / height,
        },
      ]
    })
}

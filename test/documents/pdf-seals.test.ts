import { describe, expect, it } from 'vitest'
import { put, readFirst, SONG, textsOf, ucs2, writePdf } from './pdf-bytes.ts'

const K = 0.5523
/** A circle of four curves. */
const circle = (x: number, y: number, r: number) =>
  `${x + r} ${y} m ${x + r} ${y + K * r} ${x + K * r} ${y + r} ${x} ${y + r} c ${x - K * r} ${y + r} ${x - r} ${y + K * r} ${x - r} ${y} c ` +
  `${x - r} ${y - K * r} ${x - K * r} ${y - r} ${x} ${y - r} c ${x + K * r} ${y - r} ${x + r} ${y - K * r} ${x + r} ${y} c S\n`

/** Words around the upper part of a circle, each upright on it. */
const around = (words: string, x: number, y: number, r: number) =>
  [...words]
    .map((word, i) => {
      const bearing = ((i - (words.length - 1) / 2) * 30 * Math.PI) / 180
      const [c, s] = [Math.cos(bearing), Math.sin(bearing)]
      return `BT /F1 10 Tf ${c} ${-s} ${s} ${c} ${x + r * s - 5 * c} ${y + r * c + 5 * s} Tm ${ucs2(word)} Tj ET\n`
    })
    .join('')

describe('seals drawn on a PDF page', () => {
  it('are found with the words around and across them, which stay out of the text beneath', async () => {
    const seal = `0.9 0.1 0.1 RG 0.9 0.1 0.1 rg 2 w ${circle(300, 600, 55)}${around('北京澄湖医院', 300, 600, 40)}${put('公章', 288, 580)} 0 g 0 G`
    const page = await readFirst(writePdf({ ...SONG, content: `${put('申报单位（盖章）', 220, 600)}${seal}` }))
    expect(page.seals).toMatchObject([{ text: '北京澄湖医院公章', box: { x: 245, y: 145, width: 110, height: 110 } }])
    expect(textsOf(page)).toEqual(['申报单位（盖章）'])
  })

  it.each([
    ['a black circle', `0 G ${circle(300, 600, 55)}`],
    ['a small red circle', `1 0 0 RG ${circle(300, 600, 12)}`],
    ['a red rectangle', '1 0 0 RG 250 550 100 100 re S'],
  ])('are not %s', async (_, content) => {
    expect((await readFirst(writePdf({ ...SONG, content: content + put('正文', 60, 60) }))).seals).toEqual([])
  })
})

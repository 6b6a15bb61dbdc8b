import { describe, expect, it } from 'vitest'
import { makeDocx, p, r } from './making/handmade-docx.ts'
import { linesOf, pagesOf } from './making/read-back.ts'

const sym = (font: string, char: string) => `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`
const inFont = (font: string, text: string) => r(text, `<w:rFonts w:ascii="${font}" w:hAnsi="${font}"/>`)
const control = (checked: string, glyph: string) =>
  `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${checked}"/></w14:checkbox></w:sdtPr><w:sdtContent>${r(glyph)}</w:sdtContent></w:sdt>`
const formField = (state: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>${state}</w:checkBox></w:ffData></w:fldChar></w:r>` +
  '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
const field = (instruction: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`

const styles: [string, string, string][] = [
  ['a Unicode box', `${r('□')}`, '☐'],
  ['a ballot box', `${r('☐')}`, '☐'],
  ['a filled square', `${r('■')}`, '☑'],
  ['a ticked ballot box', `${r('☑')}`, '☑'],
  ['a crossed ballot box', `${r('☒')}`, '☑'],
  ['a tick alone', `${r('√')}`, '☑'],
  ['a tick typed behind its box', `${r('□√')}`, '☑'],
  ['a tick in a run of its own', `${r('□')}${r('✓')}`, '☑'],
  ['a Wingdings box', sym('Wingdings', 'F0A8'), '☐'],
  ['a Wingdings ticked box', sym('Wingdings', 'F0FE'), '☑'],
  ['a Wingdings crossed box', sym('Wingdings', 'F0FD'), '☑'],
  ['a Wingdings tick behind a box', `${r('□')}${sym('Wingdings', 'F0FC')}`, '☑'],
  ['a Wingdings 2 box', sym('Wingdings 2', 'F0A3'), '☐'],
  ['a Wingdings 2 ticked box', sym('Wingdings 2', 'F052'), '☑'],
  ['a Wingdings 2 tick', sym('Wingdings 2', 'F050'), '☑'],
  ['a letter set in Wingdings 2', inFont('Wingdings 2', 'R'), '☑'],
  ['a letter set in Wingdings', inFont('Wingdings', 'o'), '☐'],
  ['a symbol of the Symbol font', sym('Symbol', 'F0D6'), '☑'],
  ['a symbol of a Unicode font', sym('Segoe UI Symbol', '2612'), '☑'],
  ['a ticked content control', control('1', '☒'), '☑'],
  ['an empty content control', control('0', '☐'), '☐'],
  ['a content control whose glyph contradicts its state', control('1', '☐'), '☑'],
  ['a ticked form field', formField('<w:default w:val="0"/><w:checked/>'), '☑'],
  ['an unticked form field', formField('<w:default w:val="1"/><w:checked w:val="0"/>'), '☐'],
  ['a form field ticked by default', formField('<w:default w:val="1"/>'), '☑'],
  ['a form field left alone', formField('<w:default w:val="0"/>'), '☐'],
  ['a tick laid over a box', field(' eq \\o\\ac(□,√) '), '☑'],
  ['a SYMBOL field', field(' SYMBOL 254 \\f "Wingdings" '), '☑'],
]

describe('one spelling for every style of checkbox', () => {
  it.each(styles)('%s', async (_, runs, glyph) => {
    const pages = await pagesOf(await makeDocx(p(r('是'), runs, r(' 否'))))
    expect(linesOf(pages)).toEqual([`是${glyph} 否`])
    expect(pages[0]?.checkboxes.map(({ checked }) => checked)).toEqual([glyph === '☑'])
  })

  it('does not give a tick to the box of the next word', async () => {
    expect(linesOf(await pagesOf(await makeDocx(p(r('是√ □否')))))).toEqual(['是☑ ☐否'])
  })

  it('takes a tick before a box at the start of a word as ticking that box', async () => {
    expect(linesOf(await pagesOf(await makeDocx(p(r('√□是 □否')))))).toEqual(['☑是 ☐否'])
  })

  it('leaves Chinese numerals and circles alone', async () => {
    expect(linesOf(await pagesOf(await makeDocx(p(r('二○二五年①')))))).toEqual(['二○二五年①'])
  })
})

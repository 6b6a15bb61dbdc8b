import { readFile } from 'node:fs/promises'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { put, readFirst, ruled, SONG, textsOf, writePdf } from './pdf-bytes.ts'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../fixtures/pdf/${name}`, import.meta.url)))
const textOfContent = async (content: string) => textsOf(await readFirst(writePdf({ ...SONG, content }))).join('|')

describe('checkboxes of a PDF page', () => {
  it.each([
    ['□新申报 ■备案', '☐新申报 ☑备案'],
    ['☑是☐否', '☑是☐否'],
    ['是√否□', '是☑否☐'],
    ['□✓', '☑'],
    ['☒远程', '☑远程'],
  ])('writes %s as %s', async (printed, read) => {
    expect(await textOfContent(put(printed, 100, 700))).toBe(read)
  })

  it('takes a tick printed over a box as one ticked box', async () => {
    expect(await textOfContent(put('□', 100, 700) + put('是', 114, 700) + put('√', 101, 701))).toBe('☑是')
  })

  it.each([
    ['an empty square', '100 700 9 9 re S', '☐是'],
    ['a square with a tick', '100 700 9 9 re S 101 704 m 104 701 l 109 709 l S', '☑是'],
    ['a square with a cross', '100 700 9 9 re S 100 700 m 109 709 l S 109 700 m 100 709 l S', '☑是'],
    ['a square with a smaller filled one', '100 700 9 9 re S 102 702 5 5 re f', '☑是'],
    ['a square of four filled bars', '100 700 9 .6 re 100 708 9 .6 re f 100 700 .6 9 re f 108.4 700 .6 9 re f', '☐是'],
    ['a ring of two squares', '100 700 9 9 re 101 701 7 7 re f*', '☐是'],
    ['a square with a tick from a font', `100 700 12 12 re S ${put('√', 100, 701)}`, '☑是'],
  ])('reads %s drawn as a path', async (_, drawing, read) => {
    expect((await textOfContent(`${drawing} ${put('是', 112, 700)}`)).replace(' ', '')).toBe(read)
  })

  it('takes no box for a checkbox that holds a letter, nor small cells of a row', async () => {
    const digits = [...'1101']
      .map((digit, i) => `${100 + i * 14} 700 14 14 re S ${put(digit, 102 + i * 14, 702)}`)
      .join(' ')
    const page = await readFirst(writePdf({ ...SONG, content: `${digits} 300 700 14 14 re S ${put('人', 301, 702)}` }))
    expect(page.checkboxes).toEqual([])
    expect(textsOf(page)).toEqual(['1', '1', '0', '1', '人'])
  })

  it('leaves a checkbox in its cell and the cell whole', async () => {
    const content = `${ruled([90, 300, 500], [720, 690])}310 700 9 9 re S ${put('是', 322, 700)}`
    expect(await textOfContent(content)).toBe('|☐是')
  })

  it('tells where each checkbox is and whether it is ticked', async () => {
    const page = await readFirst(writePdf({ ...SONG, content: `200 700 9 9 re S ${put('□甲■乙', 100, 600)}` }))
    expect(page.checkboxes.map(({ checked, box }) => [checked, Math.round(box.x)])).toEqual([
      [false, 100],
      [true, 124],
      [false, 200],
    ])
  })

  it('reads the values of form fields', async () => {
    const pdf = await PDFDocument.create()
    const sheet = pdf.addPage([600, 800])
    const form = pdf.getForm()
    const name = form.createTextField('name')
    name.addToPage(sheet, { x: 100, y: 700, width: 200, height: 20 })
    name.setText('Course 2025')
    for (const [i, ticked] of [true, false].entries()) {
      const box = form.createCheckBox(`box${i}`)
      box.addToPage(sheet, { x: 100 + i * 40, y: 650, width: 12, height: 12 })
      if (ticked) box.check()
    }
    const radio = form.createRadioGroup('level')
    radio.addOptionToPage('city', sheet, { x: 100, y: 600, width: 12, height: 12 })
    radio.addOptionToPage('national', sheet, { x: 140, y: 600, width: 12, height: 12 })
    radio.select('national')
    const page = await readFirst(await pdf.save())
    expect(textsOf(page)).toEqual(['Course 2025', '☑ ☐', '☐ ☑'])
  })

  it('reads boxes and radio buttons as a browser prints them', async () => {
    const texts = textsOf(await readFirst(await fixture('chromium-boxes.pdf')))
    expect(texts).toContain('☐ 空 ☑ 选中 ☐ 单选空 ☑ 单选中')
    expect(texts).toContain('☐ 矢量空 ☑ 矢量勾 ☑ 矢量叉')
    expect(texts.find((text) => text.includes('方框'))?.replaceAll(' ', '')).toBe('☐方框空☑方框实')
    expect(texts).toContain('☐空 ☑钩 ☑实 ☑叉 是☑ ☑')
    expect(texts.slice(-8)).toEqual(['0', '1', '2', '3', '4', '5', '6', '身份证号'])
  })

  it('reads Wingdings boxes as an office program exports them', async () => {
    expect(textsOf(await readFirst(await fixture('libreoffice-form.pdf')))).toContain('☑是☐否')
  })
})

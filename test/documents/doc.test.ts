import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDoc } from '../../src/documents/doc/open-doc.ts'
import { makeNationalForm } from './making/national-form.ts'
import { coverage, drawn, hiddenOf, linesOf, pagesOf, tablesOf, textOf } from './making/read-back.ts'

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/docx/${name}`, import.meta.url)))

describe('a form saved in the old Word format', () => {
  it('gives the same cells as the same form in DOCX', async () => {
    const doc = openDoc(fixture('national.doc'))
    const docx = await pagesOf(await makeNationalForm())
    expect(tablesOf(doc.pages).map(drawn)).toEqual(tablesOf(docx).map(drawn))
    expect(linesOf(doc.pages)).toEqual(linesOf(docx))
    expect(doc.pages).toHaveLength(docx.length)
    expect(doc.margins.map(textOf)).toEqual(['继续医学教育推荐项目'])
  })

  it('keeps merges both ways, nested rows, empty first paragraphs and line breaks apart', () => {
    const { pages } = openDoc(fixture('odd.doc'))
    const [table] = tablesOf(pages)
    expect(drawn(table)).toEqual([
      ['合并 [2×2]', '乙', '丙'],
      ['丁 [1×2]'],
      ['意见', '同意/签字：\t2024年9月1日 [1×3]'],
      ['一', '二/三', '', '四'],
    ])
    expect(new Set(table && coverage(table))).toEqual(new Set([1]))
    expect(linesOf(pages).slice(2)).toEqual(['第一行', '第二行', '末段 网站'])
    expect(pages).toHaveLength(2)
  })

  it('reads ticks in every style, underlines and hidden text', () => {
    const { pages } = openDoc(fixture('odd.doc'))
    expect(linesOf(pages)[0]).toBe('项目类别：☐传染病防治 ☑京津冀互认 ☑新申报 ☐备案')
    expect(linesOf(pages)[1]).toBe('单位：  清河市第二人民医院  ')
    expect(pages[0]?.checkboxes.map(({ checked }) => checked)).toEqual([false, true, true, false])
    expect(hiddenOf(pages)).toEqual(['vanished: 看不见', 'white: 白字'])
    const [, block] = pages[0]?.blocks ?? []
    expect(block?.kind === 'line' && block.line.spans.map(({ underlined }) => underlined ?? false)).toEqual([
      false,
      true,
    ])
  })
})

it('reads a text box where it hangs, on the cover', () => {
  const [cover] = openDoc(fixture('cover-text-box.doc')).pages
  expect(
    linesOf(cover ? [cover] : [])
      .slice(0, 3)
      .map((line) => line.trim()),
  ).toEqual([
    '2025年北京市级继续医学教育推荐项目申报书',
    '项目名称　中医适宜技术推广培训班',
    '所在学科(二、三级学科)　中医学／中医内科学',
  ])
})

describe('an old Word file that cannot be read', () => {
  const damaged = (name: string, change: (bytes: Uint8Array) => void) => {
    const bytes = fixture(name)
    change(bytes)
    return bytes
  }
  /** The stream with the information block begins behind the header sector in these files or later; found by its magic. */
  const informationBlock = (bytes: Uint8Array) =>
    bytes.findIndex((byte, i) => i % 512 === 0 && byte === 0xec && bytes[i + 1] === 0xa5)

  it('is refused as encrypted when its information block says so', () => {
    const locked = damaged('odd.doc', (bytes) => {
      const at = informationBlock(bytes) + 11
      bytes[at] = (bytes[at] ?? 0) | 0x01
    })
    expect(() => openDoc(locked)).toThrow(expect.objectContaining({ code: 'encrypted_document' }))
  })

  it('is refused as unsupported when Word 95 wrote it', () => {
    const old = damaged('odd.doc', (bytes) => {
      bytes[informationBlock(bytes)] = 0xdc
    })
    expect(() => openDoc(old)).toThrow(expect.objectContaining({ code: 'unsupported_media_type' }))
  })

  it.each([600, 2_000, 5_000, 9_000])(
    'is a documented problem, never another error, when cut after %i bytes',
    (length) => {
      try {
        openDoc(fixture('odd.doc').subarray(0, length))
      } catch (error) {
        expect(error).toMatchObject({ name: 'Problem', code: 'corrupt_document' })
        return
      }
      expect.unreachable()
    },
  )

  it('ends in pages or in a documented problem, however it is damaged', () => {
    const good = fixture('odd.doc')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const bytes = good.slice()
          for (const [at, value] of changes) bytes[at] = value
          let outcome = 'read'
          try {
            openDoc(bytes)
          } catch (error) {
            outcome = error instanceof Error ? error.name : 'thrown'
          }
          expect(['read', 'Problem']).toContain(outcome)
        },
      ),
      { numRuns: 300 },
    )
  })
})

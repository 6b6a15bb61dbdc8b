import fc from 'fast-check'
import JSZip from 'jszip'
import { describe, expect, it, vi } from 'vitest'
import { openDocx } from '../../src/documents/docx/open-docx.ts'
import { openZip } from '../../src/documents/zip.ts'
import { makeDocx, p, packDocx, r, tbl, tc, tr } from './making/handmade-docx.ts'
import { makeNationalForm } from './making/national-form.ts'
import { linesOf, pagesOf, tablesOf } from './making/read-back.ts'

const refusedAs = (code: string) => expect.objectContaining({ name: 'Problem', code })
const nest = (depth: number, content: string): string =>
  depth === 0 ? content : `<w:customXml>${nest(depth - 1, content)}</w:customXml>`

async function zipOf(entries: Record<string, string | Uint8Array>): Promise<Uint8Array> {
  const zip = new JSZip()
  for (const [name, data] of Object.entries(entries)) zip.file(name, data)
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}

describe('hostile archives', () => {
  it('stops at an entry that unpacks a thousandfold', async () => {
    const zip = openZip(await zipOf({ a: new Uint8Array(20_000_000) }))
    await expect(zip.read('a')).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('stops at an entry of more than 50 MB before unpacking it', async () => {
    const zip = openZip(await zipOf({ a: new Uint8Array(52_500_000) }))
    await expect(zip.read('a')).rejects.toThrow('50 MB')
  })

  it('stops at an entry that unpacks to more than it declares', async () => {
    const bytes = await zipOf({ a: new Uint8Array(900_000) })
    const view = new DataView(bytes.buffer)
    for (let at = 0; at + 46 < bytes.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    }
    await expect(openZip(bytes).read('a')).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('refuses more than 2,000 entries and entries of one name', async () => {
    const many = await zipOf(Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`f${i}`, 'x'])))
    expect(() => openZip(many)).toThrow('2000')
    const twins = await zipOf({ 'word/a.xml': 'x', 'word\\a.xml': 'y' })
    expect(() => openZip(twins)).toThrow(refusedAs('corrupt_document'))
  })

  it('notices a wrong checksum', async () => {
    const zip = new JSZip()
    zip.file('a', 'the very text')
    const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'STORE' })
    const at = bytes.findIndex((_, i) => bytes[i] === 0x76 && bytes[i + 1] === 0x65)
    bytes[at] = 0x56
    await expect(openZip(bytes).read('a')).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('reports a password on an entry', async () => {
    const bytes = await zipOf({ a: 'text' })
    const view = new DataView(bytes.buffer)
    for (let at = 0; at + 46 < bytes.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true)
    await expect(openZip(bytes).read('a')).rejects.toThrow(refusedAs('encrypted_document'))
  })
})

describe('hostile documents', () => {
  it('refuses a DOCTYPE in any part that is read', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    await expect(openDocx(await packDocx(`${bomb}<x>&a;</x>`))).rejects.toThrow(refusedAs('corrupt_document'))
    const styles = { part: 'word/styles.xml', kind: 'styles', data: `${bomb}<x/>` }
    await expect(makeDocx(p(r('a')), [styles]).then(openDocx)).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('reads deep nesting up to a bound and refuses what lies beyond', async () => {
    expect(linesOf(await pagesOf(await makeDocx(nest(100, p(r('深处'))))))).toEqual(['深处'])
    await expect(makeDocx(nest(300, p(r('太深')))).then(openDocx)).rejects.toThrow(refusedAs('corrupt_document'))
    await expect(makeDocx(nest(3_000, p(r('太深')))).then(openDocx)).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('refuses a body that is a foreign web page instead of reading an empty form', async () => {
    await expect(makeDocx('<w:altChunk r:id="rId1"/>').then(openDocx)).rejects.toThrow(
      refusedAs('unsupported_media_type'),
    )
  })

  it('refuses broken XML and a missing body', async () => {
    await expect(openDocx(await packDocx('<a><b></a>'))).rejects.toThrow(refusedAs('corrupt_document'))
    await expect(openDocx(await packDocx('<a/>'))).rejects.toThrow(refusedAs('corrupt_document'))
  })

  it('asks the network for nothing', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'))
    const link = '<w:r><w:drawing><a:blip r:link="rId1" r:embed="rId9"/></w:drawing></w:r>'
    const zip = await JSZip.loadAsync(await makeDocx(p(r('正文'), link)))
    zip.file(
      'word/_rels/document.xml.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/><Relationship Id="rId2" Type="x/styles" Target="http://127.0.0.1:9/s.xml" TargetMode="External"/></Relationships>',
    )
    const pages = await pagesOf(await zip.generateAsync({ type: 'uint8array' }))
    expect(linesOf(pages)).toEqual(['正文'])
    expect(pages[0]?.pictures).toEqual([])
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })

  it('is not led into endless work by tags that never close, breaks without end or text that only mammoth finds', async () => {
    const started = performance.now()
    await expect(openDocx(await packDocx('<w:a x="'.repeat(200_000)))).rejects.toThrow(refusedAs('corrupt_document'))
    const breaks = '<w:r><w:br w:type="page"/></w:r>'.repeat(6_000)
    await expect(makeDocx(p(breaks)).then(openDocx)).rejects.toThrow(refusedAs('too_many_pages'))
    const strays = Array.from({ length: 3_000 }, (_, i) => `<w:tc>${p(r(`单元格之外的第${i}段文字`))}</w:tc>`).join('')
    expect(linesOf(await pagesOf(await makeDocx(strays))).length).toBeGreaterThan(2_000)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('takes an angle bracket in an attribute for what it is', async () => {
    const many = '<w:bookmarkStart w:name="a>b"/>'.repeat(400)
    expect(linesOf(await pagesOf(await makeDocx(p(many, r('正文')))))).toEqual(['正文'])
  })

  it('reads a table of 5,000 rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => tr(tc(`${i}`), tc('林知远'), tc('主任医师')))
    const [table] = tablesOf(await pagesOf(await makeDocx(tbl(...rows))))
    expect(table?.cells).toHaveLength(15_000)
  })

  it('ends in pages or in a documented problem, however a good file is damaged', async () => {
    const good = await makeNationalForm()
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const bytes = cut ? good.slice(0, at) : good.slice()
        if (!cut) bytes[at] = value
        const outcome = await openDocx(bytes).then(
          () => 'read',
          (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
        )
        expect(['read', 'Problem']).toContain(outcome)
      }),
      { numRuns: 150 },
    )
  })
})

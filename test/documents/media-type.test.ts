import JSZip from 'jszip'
import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from '../../src/documents/media-type.ts'
import { MEDIA_TYPES } from '../../src/documents/model.ts'
import { Problem } from '../../src/problem.ts'
import { makeCompoundFile } from './making/compound-file.ts'
import { makeDocx, p, r } from './making/handmade-docx.ts'

const latin1 = (text: string, length = 64) => {
  const bytes = new Uint8Array(Math.max(length, text.length))
  bytes.set([...text].map((character) => character.charCodeAt(0)))
  return bytes
}
const utf8 = (text: string) => new TextEncoder().encode(text)

async function zipOf(...names: string[]): Promise<Uint8Array> {
  const zip = new JSZip()
  for (const name of names) zip.file(name, 'x')
  return zip.generateAsync({ type: 'uint8array' })
}

function refusal(bytes: Uint8Array, name: string): Problem {
  try {
    mediaTypeOf(bytes, name)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('files that can be read are told by their bytes', () => {
  it.each([
    ['PDF', latin1('%PDF-1.7'), MEDIA_TYPES.pdf],
    ['PDF behind junk', latin1(`${'\0junk\n'.repeat(100)}%PDF-1.4`), MEDIA_TYPES.pdf],
    ['PNG', latin1('\x89PNG\r\n\x1a\n'), MEDIA_TYPES.png],
    ['JPEG', latin1('\xff\xd8\xff\xe1'), MEDIA_TYPES.jpeg],
    ['TIFF, little endian', latin1('II*\0'), MEDIA_TYPES.tiff],
    ['TIFF, big endian', latin1('MM\0*'), MEDIA_TYPES.tiff],
    ['BMP', latin1('BM\x36\0\0\0\0\0\0\0'), MEDIA_TYPES.bmp],
    ['WebP', latin1('RIFF\x10\0\0\0WEBP'), MEDIA_TYPES.webp],
    ['DOC', makeCompoundFile(['WordDocument', '1Table']), MEDIA_TYPES.doc],
  ])('%s, whatever its name', (_, bytes, type) => {
    expect(mediaTypeOf(bytes, '申报书.txt')).toBe(type)
    expect(mediaTypeOf(bytes, '')).toBe(type)
  })

  it('DOCX, also with macros, as a template, or packed with backslashes', async () => {
    expect(mediaTypeOf(await makeDocx(p(r('a'))), '申报书.pdf')).toBe(MEDIA_TYPES.docx)
    expect(mediaTypeOf(await zipOf('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), 'a.docm')).toBe(
      MEDIA_TYPES.docx,
    )
    expect(mediaTypeOf(await zipOf('[Content_Types].xml', 'word\\document.xml'), 'a.docx')).toBe(MEDIA_TYPES.docx)
    expect(mediaTypeOf(await zipOf('[Content_Types].xml', 'word/document2.xml'), 'a.docx')).toBe(MEDIA_TYPES.docx)
  })
})

describe('files that cannot be read are named, with what to do', () => {
  it.each([
    ['GIF', latin1('GIF89a'), 'GIF 图片'],
    ['HEIC', latin1('\0\0\0\x18ftypheic'), 'HEIC 图片'],
    ['video', latin1('\0\0\0\x18ftypisom'), '视频'],
    ['sound in RIFF', latin1('RIFF\x10\0\0\0WAVE'), '音频'],
    ['RTF', latin1('{\\rtf1\\ansi'), 'RTF'],
    ['RAR', latin1('Rar!\x1a\x07\0'), 'RAR'],
    ['7z', latin1("7z\xbc\xaf'\x1c"), '7z'],
    ['a program', latin1('MZ\x90'), '程序'],
    ['HTML', utf8('\ufeff  <!DOCTYPE html><html><body>申报书</body></html>'), '网页'],
    ['MHT', utf8('MIME-Version: 1.0\r\nContent-Type: multipart/related'), '网页归档'],
    [
      'Word 2003 XML',
      utf8('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
      'Word 的 XML',
    ],
    ['SVG', utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'SVG'],
    ['text', utf8('项目名称：心力衰竭新进展'), '纯文本'],
    ['noise', latin1('\0\x01\x02\x03\x04'), '无法识别'],
    ['an Excel 95 workbook', makeCompoundFile(['Book']), 'Excel'],
    ['an old presentation', makeCompoundFile(['PowerPoint Document']), 'PowerPoint'],
    ['an Outlook message', makeCompoundFile(['__substg1.0_001A001F']), 'Outlook'],
    ['a Works document', makeCompoundFile(['MatOST']), 'Works'],
  ])('%s', (_, bytes, word) => {
    const problem = refusal(bytes, '申报书')
    expect(problem.code).toBe('unsupported_media_type')
    expect(problem.message).toContain(word)
    expect(problem.message).toMatch(/请.*(PDF|DOCX|JPG|PNG|xlsx)/)
  })

  it.each([
    [['[Content_Types].xml', 'xl/workbook.bin'], 'Excel'],
    [['[Content_Types].xml', 'ppt/presentation.xml'], 'PowerPoint'],
    [['OFD.xml', 'Doc_0/Document.xml'], 'OFD'],
    [['mimetype', 'content.xml', 'META-INF/manifest.xml'], 'OpenDocument'],
    [['申报书.pdf'], 'ZIP'],
    [['word/document.xml'], 'ZIP'],
  ])('the archive %j', async (names, word) => {
    const problem = refusal(await zipOf(...names), 'a.zip')
    expect(problem.code).toBe('unsupported_media_type')
    expect(problem.message).toContain(word)
  })

  it('says so when a name promises what the content does not hold', async () => {
    const problem = refusal(await zipOf('[Content_Types].xml', 'ppt/presentation.xml'), '申报书.PDF')
    expect(problem.message).toBe(
      '文件名的扩展名是 .pdf（PDF），但内容是 PowerPoint 演示文稿，只改扩展名不能转换格式。请另存为 PDF 或 DOCX 后上传。',
    )
  })

  it('reports a password, an empty file and a broken archive as what they are', () => {
    expect(refusal(makeCompoundFile(['EncryptionInfo', 'EncryptedPackage']), 'a.docx').code).toBe('encrypted_document')
    expect(refusal(new Uint8Array(0), 'a.pdf')).toMatchObject({
      code: 'corrupt_document',
      message: expect.stringContaining('空'),
    })
    expect(refusal(latin1('PK\x03\x04'), 'a.docx').code).toBe('corrupt_document')
    expect(refusal(latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'a.doc').code).toBe('corrupt_document')
  })
})

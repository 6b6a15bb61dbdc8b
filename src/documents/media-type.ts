import { Problem } from '../problem.ts'
import { isCompoundFile, openCompoundFile } from './cfb.ts'
import { MEDIA_TYPES, type MediaType } from './model.ts'
import { openZip } from './zip.ts'

/** A PDF may begin with junk, as long as its header lies in the first 1,024 bytes (Adobe's readers accept this). */
const PDF_HEADER_WITHIN = 1_024

const AS_DOCUMENT = '请另存为 PDF 或 DOCX 后上传。'
const AS_PICTURE = '请转换为 JPG 或 PNG 图片后上传。'

type Signature = { at?: number; bytes: string; also?: { at: number; bytes: string } }
type Kind = { what: string; advice: string }

const READABLE: [Signature, MediaType][] = [
  [{ bytes: '\x89PNG\r\n\x1a\n' }, MEDIA_TYPES.png],
  [{ bytes: '\xff\xd8\xff' }, MEDIA_TYPES.jpeg],
  [{ bytes: 'II*\0' }, MEDIA_TYPES.tiff],
  [{ bytes: 'MM\0*' }, MEDIA_TYPES.tiff],
  [{ bytes: 'II+\0' }, MEDIA_TYPES.tiff],
  [{ bytes: 'MM\0+' }, MEDIA_TYPES.tiff],
  [{ bytes: 'BM', also: { at: 6, bytes: '\0\0\0\0' } }, MEDIA_TYPES.bmp],
  [{ bytes: 'RIFF', also: { at: 8, bytes: 'WEBP' } }, MEDIA_TYPES.webp],
]

const UNREADABLE: [Signature, Kind][] = [
  [{ bytes: 'GIF8' }, { what: 'GIF 图片', advice: AS_PICTURE }],
  [
    { at: 4, bytes: 'ftyphei' },
    { what: 'HEIC 图片（苹果手机照片）', advice: AS_PICTURE },
  ],
  [
    { at: 4, bytes: 'ftyphev' },
    { what: 'HEIC 图片（苹果手机照片）', advice: AS_PICTURE },
  ],
  [
    { at: 4, bytes: 'ftypmif1' },
    { what: 'HEIC 图片（苹果手机照片）', advice: AS_PICTURE },
  ],
  [
    { at: 4, bytes: 'ftypmsf1' },
    { what: 'HEIC 图片（苹果手机照片）', advice: AS_PICTURE },
  ],
  [
    { at: 4, bytes: 'ftypavi' },
    { what: 'AVIF 图片', advice: AS_PICTURE },
  ],
  [{ bytes: '8BPS' }, { what: 'Photoshop 图片', advice: AS_PICTURE }],
  [
    { at: 4, bytes: 'jP  ' },
    { what: 'JPEG 2000 图片', advice: AS_PICTURE },
  ],
  [{ bytes: '{\\rtf' }, { what: 'RTF 文档', advice: `请用 Word 或 WPS 打开，${AS_DOCUMENT}` }],
  [{ bytes: '%!PS' }, { what: 'PostScript 文件', advice: '请转换为 PDF 后上传。' }],
  [{ bytes: 'AT&TFORM' }, { what: 'DjVu 文件', advice: '请转换为 PDF 后上传。' }],
  [{ bytes: 'Rar!\x1a\x07' }, { what: 'RAR 压缩包', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' }],
  [{ bytes: "7z\xbc\xaf'\x1c" }, { what: '7z 压缩包', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' }],
  [{ bytes: '\x1f\x8b' }, { what: 'GZIP 压缩文件', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' }],
  [{ bytes: 'BZh' }, { what: 'BZIP2 压缩文件', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' }],
  [
    { at: 257, bytes: 'ustar' },
    { what: 'TAR 压缩包', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' },
  ],
  [
    { at: 4, bytes: 'ftyp' },
    { what: '视频文件', advice: '请上传申报书的 PDF 或 DOCX。' },
  ],
  [{ bytes: '\x1aE\xdf\xa3' }, { what: '视频文件', advice: '请上传申报书的 PDF 或 DOCX。' }],
  [{ bytes: 'RIFF' }, { what: '音频或视频文件', advice: '请上传申报书的 PDF 或 DOCX。' }],
  [{ bytes: 'ID3' }, { what: '音频文件', advice: '请上传申报书的 PDF 或 DOCX。' }],
  [{ bytes: 'MZ' }, { what: '可执行程序', advice: '请上传申报书的 PDF 或 DOCX。' }],
  [{ bytes: '\x7fELF' }, { what: '可执行程序', advice: '请上传申报书的 PDF 或 DOCX。' }],
]

/** The part that tells what a ZIP archive is. */
const ARCHIVES: [RegExp, Kind][] = [
  [/^xl\/workbook/, { what: '二进制 Excel 工作簿（.xlsb）', advice: '请用 Excel 或 WPS 另存为 .xlsx 后上传。' }],
  [/^ppt\/presentation/, { what: 'PowerPoint 演示文稿', advice: AS_DOCUMENT }],
  [/^OFD\.xml$/, { what: 'OFD 版式文件', advice: '请转换为 PDF 后上传。' }],
  [/^FixedDocSeq\.fdseq$|^FixedDocumentSequence\.fdseq$/, { what: 'XPS 文件', advice: '请转换为 PDF 后上传。' }],
  [/^META-INF\/manifest\.xml$/, { what: 'OpenDocument 文件', advice: AS_DOCUMENT }],
  [/^META-INF\/container\.xml$/, { what: 'EPUB 电子书', advice: '请转换为 PDF 后上传。' }],
  [/^Index\/Document\.iwa$/, { what: '苹果 iWork 文件', advice: AS_DOCUMENT }],
]

/** The stream that tells what a compound file is. */
const COMPOUND_FILES: [RegExp, Kind][] = [
  [/^Book$/, { what: 'Excel 5.0/95 工作簿', advice: '请用 Excel 或 WPS 另存为 .xlsx 后上传。' }],
  [/^PowerPoint Document$/, { what: 'PowerPoint 演示文稿', advice: AS_DOCUMENT }],
  [/^__substg1\.0_/, { what: 'Outlook 邮件', advice: '请上传邮件附件中的申报书（PDF 或 DOCX）。' }],
  [/^MatOST$/, { what: 'Works 文字文稿（.wps）', advice: AS_DOCUMENT }],
  [/^VisioDocument$/, { what: 'Visio 绘图', advice: AS_DOCUMENT }],
]

/** Beginnings of text files, matched on the first characters. */
const TEXTS: [RegExp, Kind][] = [
  [/^<!doctype html|^<html|<html[\s>]/i, { what: '网页（HTML）文件', advice: `请用 Word 或 WPS 打开，${AS_DOCUMENT}` }],
  [
    /^MIME-Version:|^From: .*\r?\n.*MIME-Version/i,
    { what: '网页归档（MHT）文件', advice: `请用 Word 或 WPS 打开，${AS_DOCUMENT}` },
  ],
  [
    /progid="Word\.Document"|<pkg:package|<w:wordDocument/,
    { what: 'Word 的 XML 文件', advice: `请用 Word 打开，${AS_DOCUMENT}` },
  ],
  [/<svg[\s>]/i, { what: 'SVG 图形', advice: AS_PICTURE }],
  [/^<\?xml/, { what: 'XML 文件', advice: AS_DOCUMENT }],
]

/**
 * What a file is, told by its bytes; the name only helps to word the refusal.
 * Throws `Problem`: `corrupt_document` (empty or broken), `encrypted_document`, `unsupported_media_type`.
 */
export function mediaTypeOf(bytes: Uint8Array, name: string): MediaType {
  if (bytes.length === 0) throw new Problem('corrupt_document', '文件是空的（0 字节），请重新上传。')
  const readable = READABLE.find(([signature]) => matches(bytes, signature))
  if (readable) return readable[1]
  if (matches(bytes, { bytes: 'PK\x03\x04' }) || matches(bytes, { bytes: 'PK\x05\x06' })) return typeOfZip(bytes, name)
  if (isCompoundFile(bytes)) return typeOfCompoundFile(bytes, name)
  if (latin1(bytes, 0, PDF_HEADER_WITHIN + 5).includes('%PDF-')) return MEDIA_TYPES.pdf
  const known = UNREADABLE.find(([signature]) => matches(bytes, signature))
  throw refuse(known?.[1] ?? kindOfText(bytes), name)
}

function typeOfZip(bytes: Uint8Array, name: string): MediaType {
  const { names } = openZip(bytes)
  const isPackage = names.some((part) => part.toLowerCase() === '[content_types].xml')
  if (isPackage && names.some((part) => /^word\/document\d*\.xml$/i.test(part))) return MEDIA_TYPES.docx
  // The binary workbook (xlsb) has its parts in another form.
  if (isPackage && names.some((part) => /^xl\/workbook\d*\.xml$/i.test(part))) return MEDIA_TYPES.xlsx
  const known = ARCHIVES.find(([part]) => names.some((candidate) => part.test(candidate)))
  throw refuse(known?.[1] ?? { what: 'ZIP 压缩包', advice: '请解压后上传其中的申报书（PDF 或 DOCX）。' }, name)
}

function typeOfCompoundFile(bytes: Uint8Array, name: string): MediaType {
  const { names } = openCompoundFile(bytes)
  if (names.includes('EncryptedPackage')) {
    throw new Problem('encrypted_document', '文件设置了打开密码，无法读取。请取消密码后重新上传。')
  }
  if (names.includes('WordDocument')) return MEDIA_TYPES.doc
  if (names.includes('Workbook')) return MEDIA_TYPES.xls
  const known = COMPOUND_FILES.find(([stream]) => names.some((candidate) => stream.test(candidate)))
  throw refuse(known?.[1] ?? { what: '无法识别的旧版 Office 文件', advice: AS_DOCUMENT }, name)
}

function kindOfText(bytes: Uint8Array): Kind {
  const head = bytes.subarray(0, 4_096)
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const text = new TextDecoder(isUtf16 ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8')
    .decode(head)
    .trimStart()
  const known = TEXTS.find(([beginning]) => beginning.test(text))
  if (known) return known[1]
  const isText = isUtf16 || !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
  return isText
    ? { what: '纯文本文件', advice: AS_DOCUMENT }
    : { what: '无法识别的文件', advice: '请上传 PDF、DOCX 或 JPG、PNG、TIFF 扫描件。' }
}

/** Extensions whose bearer expects the file to be readable. */
const PROMISED: Record<string, string> = {
  pdf: 'PDF',
  docx: 'Word 文档',
  docm: 'Word 文档',
  doc: 'Word 文档',
  png: 'PNG 图片',
  jpg: 'JPEG 图片',
  jpeg: 'JPEG 图片',
  tif: 'TIFF 图片',
  tiff: 'TIFF 图片',
  bmp: 'BMP 图片',
  webp: 'WebP 图片',
}

function refuse(kind: Kind, name: string): Problem {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const promised = PROMISED[extension]
  const sentence = promised
    ? `文件名的扩展名是 .${extension}（${promised}），但内容是${spaced(kind.what)}，只改扩展名不能转换格式。`
    : `不支持${spaced(kind.what)}。`
  return new Problem('unsupported_media_type', sentence + kind.advice)
}

function spaced(what: string): string {
  return /^[A-Za-z0-9]/.test(what) ? ` ${what}` : what
}

function matches(bytes: Uint8Array, { at = 0, bytes: expected, also }: Signature): boolean {
  return latin1(bytes, at, expected.length) === expected && (!also || matches(bytes, also))
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

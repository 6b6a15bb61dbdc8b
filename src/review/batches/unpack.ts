import type { File } from '../../documents/ports.ts'
import { openZip, TooBig, type Zip } from '../../documents/zip.ts'
import { Problem } from '../../problem.ts'
import { assertReadable } from '../documents.ts'

/** One declaration as it was handed in: its files, or why it cannot be taken. */
export type Handed = { name: string; files: File[] } | { name: string; problem: Problem }

/** Declarations of one batch; more are handed in as several. */
export const MOST_DECLARATIONS = 500
const MOST_FILES_OF_ONE = 30
/** Of all archives of a batch together. */
const MOST_BYTES = 400 * 1024 * 1024

const ARCHIVE = /\.zip$/i
/** A unit's list of its declarations stands alone, wherever it lies. */
const SPREADSHEET = /\.xlsx?$/i
/** What operating systems and Word leave in a folder. */
const LITTER = /^(?:__MACOSX|\..*|~\$.*|Thumbs\.db|desktop\.ini)$/i

/**
 * The declarations in what was handed in: every file is one, and of a ZIP every file and every folder at its top (a folder around
 * everything does not count). What cannot be read stands there with its problem. Throws `Problem`: `too_large`, `invalid_declaration`
 * when there are too many.
 */
export async function unpackDeclarations(files: File[]): Promise<Handed[]> {
  const found: Handed[] = []
  let bytes = 0
  for (const file of files) {
    const handed = isArchive(file) ? await unpack(file) : [toHanded(file.name, [file])]
    found.push(...handed)
    bytes += handed.reduce((sum, each) => sum + ('files' in each ? sizeOf(each.files) : 0), 0)
    if (bytes > MOST_BYTES) throw new Problem('too_large', '一批文件解压后超过 400 MB，请分成几批提交。')
    if (found.length > MOST_DECLARATIONS) throw tooMany()
  }
  return found
}

const sizeOf = (files: File[]): number => files.reduce((sum, { bytes }) => sum + bytes.length, 0)

const isArchive = ({ name, bytes }: File): boolean =>
  ARCHIVE.test(name) && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

function toHanded(name: string, files: File[]): Handed {
  try {
    if (files.length > MOST_FILES_OF_ONE)
      throw new Problem('invalid_declaration', `一份申报书最多 ${MOST_FILES_OF_ONE} 个文件，这个文件夹超过了。`)
    for (const file of files) assertReadable(file)
    return { name, files }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const detail = files.length === 1 ? error.message : `文件夹中有一个文件不能读取：${error.message}`
    return { name, problem: new Problem(error.code, detail) }
  }
}

async function unpack({ name, bytes }: File): Promise<Handed[]> {
  try {
    const zip = openZip(bytes, decodeName)
    const groups = [...Map.groupBy(placesIn(zip), ({ group }) => group)]
    if (groups.length > MOST_DECLARATIONS) throw tooMany()
    const handed: Handed[] = []
    for (const [group, places] of groups) handed.push(await readGroup(zip, group, places))
    if (handed.length > 0) return handed
    return [{ name, problem: new Problem('invalid_declaration', '压缩包是空的，没有可以审查的文件。') }]
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'invalid_declaration') throw error
    return [{ name, problem: reworded(error) }]
  }
}

/** `group`: the name of the declaration to which the file belongs. */
type Place = { entry: string; group: string; name: string }

function placesIn({ names }: Zip): Place[] {
  const paths = names
    .filter((entry) => !entry.endsWith('/'))
    .map((entry) => ({ entry, parts: partsOf(entry) }))
    .filter(({ parts }) => parts.length > 0 && !parts.some((part) => LITTER.test(part)))
  while (paths.length > 0 && paths.every(({ parts }) => parts.length > 1 && parts[0] === paths[0]?.parts[0])) {
    for (const { parts } of paths) parts.shift()
  }
  return paths
    .map(({ entry, parts }) => {
      const name = parts.at(-1) ?? ''
      const group = SPREADSHEET.test(name) ? parts.join('/') : (parts[0] ?? name)
      return { entry, group: group.slice(-200), name }
    })
    .sort(
      (a, b) =>
        a.group.localeCompare(b.group, 'zh-CN', { numeric: true }) ||
        a.name.localeCompare(b.name, 'zh-CN', { numeric: true }),
    )
}

/** Nothing is ever written under these names; still none shall look like a way out of its folder. */
function partsOf(entry: string): string[] {
  return entry
    .split(/[\\/]/)
    .map((part) => part.replace(/\p{C}/gu, '').trim().slice(-200))
    .filter((part) => part !== '' && !/^\.{1,2}$|^[a-z]:$/i.test(part))
}

async function readGroup(zip: Zip, name: string, places: Place[]): Promise<Handed> {
  const files: File[] = []
  try {
    for (const place of places) {
      const bytes = await zip.read(place.entry)
      if (bytes) files.push({ name: place.name, bytes })
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { name, problem: reworded(error) }
  }
  return toHanded(name, files)
}

/** Windows writes names in the code page of the country, without saying so. */
function decodeName(name: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(name)
  } catch {
    return new TextDecoder('gb18030').decode(name)
  }
}

/** What is said of a broken document speaks of Word. */
function reworded(problem: Problem): Problem {
  const detail =
    problem.code === 'encrypted_document'
      ? '压缩包设置了密码，无法读取。请取消密码后重新压缩。'
      : problem instanceof TooBig
        ? `压缩包超出限度（${problem.bound}），没有打开。请分成几个压缩包提交，每个只放申报书。`
        : '压缩包或其中的这个文件已损坏，无法读取。请重新压缩后再上传。'
  return new Problem(problem.code, detail, { cause: problem.cause })
}

function tooMany(): Problem {
  const detail = `一批最多 ${MOST_DECLARATIONS} 份申报书，请分成几批提交`
  return new Problem('invalid_declaration', `请求内容不符合格式：${detail}`, { errors: [{ pointer: '/file', detail }] })
}

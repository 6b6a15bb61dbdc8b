import { Problem } from '../../problem.ts'
import { openZip } from '../zip.ts'
import { attribute, elements, parseXml, type Xml } from './xml.ts'

export type Relationship = { type: string; target: string; external: boolean }

/** An opened Open Packaging Conventions file. Targets are part names without the leading slash. */
export type Package = {
  main: string
  /** The part, parsed; `null` when there is none. */
  xml(part: string): Promise<Xml | null>
  bytes(part: string): Promise<Uint8Array | null>
  /** By relationship id. Nothing external is ever fetched. */
  relationships(part: string): Promise<Map<string, Relationship>>
}

/** Throws `Problem` `corrupt_document` when the package or its main part cannot be opened. */
export async function openPackage(bytes: Uint8Array): Promise<Package> {
  const zip = openZip(bytes)
  const parsed = new Map<string, Xml | null>()
  // Part names are compared without case (ECMA-376 part 2, 6.2.2.3).
  const names = new Map(zip.names.map((name) => [name.toLowerCase(), name]))

  const readBytes = async (part: string) => zip.read(names.get(part.toLowerCase()) ?? part)
  const xml = async (part: string) => {
    const known = parsed.get(part)
    if (known !== undefined) return known
    const data = await readBytes(part)
    const tree = data ? parseXml(data) : null
    parsed.set(part, tree)
    return tree
  }
  const relationships = async (part: string) => {
    const slash = part.lastIndexOf('/')
    const tree = await xml(`${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`)
    return new Map(tree ? elements(tree).map((element) => readRelationship(element, part.slice(0, slash + 1))) : [])
  }

  const root = await relationships('')
  const declared = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))
  const main = declared?.target ?? zip.names.find((name) => /^word\/document\d*\.xml$/i.test(name))
  if (!main)
    throw new Problem('corrupt_document', 'Word 文档缺少正文部分，无法打开。请用 Word 或 WPS 重新保存后再上传。')
  return { main, xml, bytes: readBytes, relationships }
}

function readRelationship(element: Xml, folder: string): [string, Relationship] {
  const external = attribute(element, 'TargetMode') === 'External'
  const target = attribute(element, 'Target') ?? ''
  return [
    attribute(element, 'Id') ?? '',
    { type: attribute(element, 'Type') ?? '', target: external ? target : resolvePart(folder, target), external },
  ]
}

function resolvePart(folder: string, target: string): string {
  const steps: string[] = []
  const whole = target.startsWith('/') ? target : `${folder}${target}`
  for (const step of whole.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

import { DOMParser, type Element, type Node } from '@xmldom/xmldom'
import { Problem } from '../../problem.ts'

const MAX_DEPTH = 256
/** The tree takes some thirty times as much memory; a form's text takes a fraction of it. */
const MAX_BYTES = 16 * 1024 * 1024

/** An element. `name` is `prefix:local` with the customary prefix of its namespace, whatever prefix the file uses. */
export type Xml = { name: string; attributes: Map<string, string>; children: (Xml | string)[] }

/** Namespaces by customary prefix: ECMA-376 transitional, then ISO 29500 strict. */
const PREFIXES = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://purl.oclc.org/ooxml/drawingml/main', 'a'],
  ['http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing', 'wp'],
  ['http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing', 'wp'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['http://schemas.microsoft.com/office/word/2010/wordprocessingShape', 'wps'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['urn:schemas-microsoft-com:vml', 'v'],
])

/**
 * Parses one XML part. Throws `Problem` `corrupt_document` for XML that is not well formed, declares a DOCTYPE (the door to
 * entity bombs and external entities), nests deeper than 256 elements or is larger than 16 MB.
 */
export function parseXml(bytes: Uint8Array): Xml {
  if (bytes.length > MAX_BYTES) throw broken('内容超过 16 MB')
  const source = decode(bytes)
  if (/<!DOCTYPE/i.test(source)) throw broken('含有不允许的 XML 声明')
  if (isTooDeep(source)) throw broken('内容嵌套过深')
  try {
    const root = new DOMParser({ onError: stopUnlessWarning }).parseFromString(source, 'text/xml').documentElement
    if (!root) throw broken('内容为空')
    return convert(root)
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken('XML 格式错误', cause)
  }
}

export function elements(parent: Xml): Xml[] {
  return parent.children.filter((child) => typeof child !== 'string')
}

export function child(parent: Xml | undefined, name: string): Xml | undefined {
  return parent?.children.find(
    (candidate): candidate is Xml => typeof candidate !== 'string' && candidate.name === name,
  )
}

export function attribute(element: Xml | undefined, name: string): string | undefined {
  return element?.attributes.get(name)
}

/** The first element of that name anywhere below. */
export function descendant(parent: Xml, name: string): Xml | undefined {
  for (const element of elements(parent)) {
    if (element.name === name) return element
    const found = descendant(element, name)
    if (found) return found
  }
  return undefined
}

/** All character data below, in order. */
export function characters(element: Xml): string {
  return element.children.map((part) => (typeof part === 'string' ? part : characters(part))).join('')
}

/** An on/off property: present without `val` means on (ECMA-376 part 1, 17.17.4). */
export function isOn(property: Xml | undefined): boolean | undefined {
  if (!property) return undefined
  return !['0', 'false', 'off', 'none'].includes(attribute(property, 'val') ?? '1')
}

/** The one branch of an `mc:AlternateContent` that is shown: the first, unless only the fallback holds something readable. */
export function alternative(choices: Xml): Xml | undefined {
  const [first, ...others] = elements(choices)
  if (!first) return undefined
  return holdsContent(first) ? first : (others.find(holdsContent) ?? first)
}

const CONTENT = new Set(['w:txbxContent', 'w:t', 'w:p', 'w:r', 'a:blip', 'a:t', 'v:imagedata', 'v:textpath'])

function holdsContent(element: Xml): boolean {
  return elements(element).some((part) => CONTENT.has(part.name) || holdsContent(part))
}

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** Looked at before parsing, because parsers recurse; one pass, whatever the source holds. */
function isTooDeep(source: string): boolean {
  let depth = 0
  for (let at = source.indexOf('<'); at >= 0; ) {
    const end = endOfMarkup(source, at)
    if (end < 0) return false
    if (source[at + 1] === '/') depth--
    else if (source[at + 1] !== '!' && source[at + 1] !== '?' && source[end - 1] !== '/' && ++depth > MAX_DEPTH)
      return true
    at = source.indexOf('<', end)
  }
  return false
}

/** Where the tag, comment or CDATA section that begins at `at` closes; -1 when it never does. */
function endOfMarkup(source: string, at: number): number {
  if (source.startsWith('<!--', at)) return source.indexOf('-->', at)
  if (source.startsWith('<![CDATA[', at)) return source.indexOf(']]>', at)
  let quote = ''
  for (let i = at + 1; i < source.length; i++) {
    const character = source[i] ?? ''
    if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return i
  }
  return -1
}

function stopUnlessWarning(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message)
}

function convert(element: Element): Xml {
  const attributes = new Map<string, string>()
  for (let i = 0; i < element.attributes.length; i++) {
    const attr = element.attributes.item(i)
    if (!attr || attr.prefix === 'xmlns') continue
    const isReference = PREFIXES.get(attr.namespaceURI ?? '') === 'r'
    attributes.set(isReference ? `r:${attr.localName}` : (attr.localName ?? attr.name), attr.value)
  }
  const children: (Xml | string)[] = []
  for (let node: Node | null = element.firstChild; node; node = node.nextSibling) {
    if (isElement(node)) children.push(convert(node))
    else if (node.nodeType === 3 || node.nodeType === 4) children.push(node.nodeValue ?? '')
  }
  return { name: nameOf(element), attributes, children }
}

function nameOf(element: Element): string {
  const prefix = PREFIXES.get(element.namespaceURI ?? '')
  const local = element.localName ?? element.nodeName
  return prefix ? `${prefix}:${local}` : local
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

function broken(what: string, cause?: unknown): Problem {
  return new Problem('corrupt_document', `Word 文档已损坏（${what}）。请用 Word 或 WPS 重新保存后再上传。`, { cause })
}

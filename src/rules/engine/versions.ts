import { compileDetection, compileSummaryDetection, type Detection, type SummaryDetection } from './detect.ts'
import type { PackFile } from './files.ts'
import type { Source } from './yaml.ts'

/** The ledger beside a pack is read when the pack is resolved. */
export type PackSource = { pack: Source; data: PackFile; ledger: Source | null }

/** The newest version of each pack under its id, the older ones under `id@version`. */
export function byVersion(sources: PackSource[]): Map<string, PackSource> {
  const keyed = new Map<string, PackSource>()
  for (const [id, versions] of Map.groupBy(sources, ({ data }) => data.id)) {
    const [newest, ...older] = versions.toSorted((a, b) => compareVersions(b.data.version, a.data.version))
    if (newest) keyed.set(id, newest)
    for (const source of older) keyed.set(`${id}@${source.data.version}`, source)
    for (const [version, same] of Map.groupBy(versions, ({ data }) => data.version)) {
      const [first, ...again] = same
      for (const { pack } of again)
        pack.fault(
          ['version'],
          `${id} ${version} is defined twice, also in ${first?.pack.file}: number the changed one anew`,
        )
    }
  }
  return keyed
}

/** `1.10.0` is newer than `1.9.0`. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number))
  const at = left?.findIndex((part, index) => part !== right?.[index]) ?? -1
  return at < 0 ? 0 : (left?.[at] ?? 0) - (right?.[at] ?? 0)
}

/** A new version is recognised as the one before was, where it says nothing else; another pack that extends it is not. */
export function detectionOf(source: PackSource, sources: Map<string, PackSource>): Detection | null {
  const { data, pack } = told(source, sources, ({ detect }) => detect !== undefined)
  return data.detect ? compileDetection(data.detect, pack) : null
}

export function summaryDetectionOf(source: PackSource, sources: Map<string, PackSource>): SummaryDetection | null {
  const { detect } = told(source, sources, ({ summary }) => summary.detect !== undefined).data.summary
  return detect ? compileSummaryDetection(detect) : null
}

/** The version that tells something: this one, or the nearest of those before it that it extends. */
function told(source: PackSource, sources: Map<string, PackSource>, tells: (data: PackFile) => boolean): PackSource {
  const seen = new Set<PackSource>()
  for (let at: PackSource | undefined = source; at && !seen.has(at); ) {
    if (tells(at.data)) return at
    seen.add(at)
    const before: string | undefined = at.data.extends
    at = before?.split('@')[0] === source.data.id ? sources.get(keyOf(before, sources)) : undefined
  }
  return source
}

/** The newest version of a pack stands under its id alone. */
export function keyOf(asked: string, sources: Map<string, PackSource>): string {
  const [id = '', version] = asked.split('@')
  return sources.get(id)?.data.version === version ? id : asked
}

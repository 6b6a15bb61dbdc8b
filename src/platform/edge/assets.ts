import type { Resources } from '../../documents/ports.ts'

/** What `scripts/edge-assets.ts` gathered, read through the ASSETS binding; the host name in the address means nothing. */
export type Assets = { fetch(address: string): Promise<Response> }

/** Data files of pdf.js. Rejects when there is no such file. */
export function resourcesFromAssets(assets: Assets): Resources {
  return { load: async (path) => new Uint8Array(await (await fetchAsset(assets, `pdfjs/${path}`)).arrayBuffer()) }
}

/** The YAML files of `rules/` by their path. */
export async function packFilesFromAssets(assets: Assets): Promise<Map<string, string>> {
  const files = (await (await fetchAsset(assets, 'packs.json')).json()) as Record<string, string>
  return new Map(Object.entries(files))
}

/** The Markdown files of `prompts/` by their names. */
export async function promptFilesFromAssets(assets: Assets): Promise<Map<string, string>> {
  const files = (await (await fetchAsset(assets, 'prompts.json')).json()) as Record<string, string>
  return new Map(Object.entries(files))
}

async function fetchAsset(assets: Assets, path: string): Promise<Response> {
  const answer = await assets.fetch(`http://assets/${path}`)
  if (!answer.ok) throw new Error(`no asset ${path}`)
  return answer
}

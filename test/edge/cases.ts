/** What Node found in a text document, as `provide-cases.ts` hands it to the tests inside workerd; nothing in a scan. */
export type EdgeCase = { name: string; base64: string; pack: string; expected: Comparable }

export type Comparable = { verdict?: unknown; declaration?: unknown; findings?: unknown }

export const SCAN = 'bm-nursing-scan-clean.pdf'

declare module 'vitest' {
  interface ProvidedContext {
    /** Names of the documents; each is an `EdgeCase` under `casesAt`. */
    cases: string[]
    casesAt: string
    /** Address of an endpoint for the worker to ask, with `/v1`. */
    model: string
  }
}

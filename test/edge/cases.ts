/** What Node found in a text document, as `provide-cases.ts` hands it to the tests inside workerd. */
export type EdgeCase = { name: string; base64: string; pack: string; expected: Comparable }

export type Comparable = { verdict: unknown; declaration: unknown; findings: unknown }

declare module 'vitest' {
  interface ProvidedContext {
    cases: EdgeCase[]
    /** Address of an endpoint for the worker to ask, with `/v1`. */
    model: string
    scan: { name: string; base64: string }
  }
}

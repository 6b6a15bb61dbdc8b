/** `npm run integration-page`: puts the examples under examples/integration into docs/integration.md as they are run by the tests. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export const PAGE = join(ROOT, 'docs', 'integration.md')

const LANGUAGES: Record<string, string> = { sh: 'sh', ts: 'ts', java: 'java', php: 'php' }

/** An example's file is named in a comment before its block. */
const EXAMPLE = /(<!-- (examples\/integration\/[\w/.-]+\.(\w+)) -->\n)```\w*\n[\s\S]*?\n```/g

/** The page with every example as its file has it, and which these are. */
export function renderPage(page: string): { text: string; examples: string[] } {
  const examples: string[] = []
  const text = page.replace(EXAMPLE, (_, comment: string, path: string, kind: string) => {
    examples.push(path)
    return `${comment}\`\`\`${LANGUAGES[kind] ?? ''}\n${readFileSync(join(ROOT, path), 'utf8').trimEnd()}\n\`\`\``
  })
  return { text, examples }
}

if (import.meta.main) writeFileSync(PAGE, renderPage(readFileSync(PAGE, 'utf8')).text)

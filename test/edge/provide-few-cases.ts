import type { TestProject } from 'vitest/node'
import { provide } from './provide-cases.ts'

/** For tests of what is kept, not of what is found. */
export default (project: TestProject): Promise<() => void> => provide(project, 2)

import { inject } from 'vitest'
import type { EdgeCase } from './cases.ts'

export async function fetchCase(name: string): Promise<EdgeCase> {
  const answer = await fetch(`${inject('casesAt')}/${encodeURIComponent(name)}`)
  return (await answer.json()) as EdgeCase
}

/** Rules that no mutation of a record can make answer, each with the reason. */
export const NEVER_TRIED: Record<string, string> = {
  'content-ideology': 'only a model answers; without one it is unknown (llm-unavailable)',
  'content-novelty': 'only a model answers; without one it is unknown (llm-unavailable)',
  'content-theme': 'only a model answers; without one it is unknown (llm-unavailable)',
  'leader-speciality': 'only a model answers; without one it is unknown (llm-unavailable)',
  'teacher-speciality': 'only a model answers; without one it is unknown (llm-unavailable)',
  'encouraged-topic': 'only notes that a subject is encouraged: it passes or is skipped, and never fails',
  'printed-form': 'rests on how surely values were read from paper; a record was not read',
}

/**
 * A function that CEL expressions may call. `signature` in cel-js notation: `homeShare(list<Teacher>, string, list<string>): Share`.
 *
 * Types: `string`, `bool`, `Number` (an exact number, `Fraction`), `Outcome`, `Share`, `Form`, `Context`, `list<…>`, and the
 * declaration's parts `Project`, `Unit`, `Leader`, `Teacher`, `Session`, `ScheduleRow`, `HistoryRow`, `PeerReview`, `Opinion`,
 * `Commitment`, `Cover`, `Seal`, which arrive as `View` with the plain part in `raw` and its path in `path`.
 * `form` is the variable that holds everything (`Form`): a function that must tell blank from absent takes it.
 */
export type CelFunction = {
  signature: string
  /** One sentence for the documentation. */
  about: string
  call: (...args: never[]) => unknown
}

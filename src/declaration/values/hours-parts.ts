/** `9小时（其中理论6小时，实践3小时）`: both parts, where they make up the whole. */
export function partsOfHours(text: string, whole: number): Record<string, number> | null {
  const [theory, practice] = [
    /(?:理论|讲授)[^\d,;、]{0,8}?(\d+(?:\.\d+)?)/,
    /(?:实践|实验|实操|操作|示范)[^\d,;、]{0,8}?(\d+(?:\.\d+)?)/,
  ].map((pattern) => Number(pattern.exec(text)?.[1] ?? Number.NaN))
  return theory !== undefined && practice !== undefined && Math.abs(theory + practice - whole) < 0.001
    ? { 'project.theoryHours': theory, 'project.practiceHours': practice }
    : null
}

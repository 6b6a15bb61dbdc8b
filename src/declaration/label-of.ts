/** The Chinese name of a path: `teachers[2].title` → `授课教师第3行·专业技术职称`. */
export function labelOf(path: string): string {
  return path
}

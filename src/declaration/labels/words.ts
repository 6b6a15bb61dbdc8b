/** The words of a list that white space separates: labels hold none. */
export const words = (list: string): string[] => list.trim().split(/\s+/)

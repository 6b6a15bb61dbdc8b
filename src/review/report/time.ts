const FORMAT = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** `2026-11-22 16:05`: the offices that read reports keep Beijing time. */
export const beijingTime = (iso: string): string => FORMAT.format(new Date(iso))

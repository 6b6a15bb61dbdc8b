/** Text as XML can hold it: other control characters than these, and halves of pairs, would spoil a Word or Excel file. */
export const xmlText = (text: string): string => text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}/gu, '')

/** 〓 stands in a value for one character that could not be read. */
export { UNKNOWN as UNREAD } from '../documents/symbols.ts'

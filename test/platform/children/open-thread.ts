import { openSqliteThread } from '../../../src/platform/node/sqlite-thread.ts'

/** Opens the database that is named and closes it again. */
await openSqliteThread(process.argv[2] ?? '').close()

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fuseNetwork } from '../../../documents/ocr/ppocr/fuse-network.ts'

/** `node write-networks.ts MODELS FOLDER NAME…`: writes the named networks of a folder into another one, each with fewer passes. */
const [models = '', folder = '', ...names] = process.argv.slice(2)
for (const name of names) await writeFile(join(folder, name), fuseNetwork(await readFile(join(models, name))))

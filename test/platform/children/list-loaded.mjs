// Preloaded: when the process ends, writes which packages it has loaded, one a line, to the file of LOADED.
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const loaded = new Set()
registerHooks({
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
    if (name) loaded.add(name)
    return next(url, context)
  },
})
process.on('exit', () => writeFileSync(process.env.LOADED ?? '', [...loaded].join('\n')))

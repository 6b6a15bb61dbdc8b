/** `npm run test:mutations`: one fact of every compliant sample falsified at a time; how often the rule that must answer does, and no other. */
import { NEVER_TRIED } from './never-tried.ts'
import { misquotes } from './notices.ts'
import { runMutations } from './run.ts'
import { besideTable, faultsOf, idleReasons, killTable, untried } from './tables.ts'

const run = runMutations()
const faults = [
  ...misquotes(run.packs),
  ...faultsOf(run),
  ...untried(run).map((rule) => `never tried, without a reason: ${rule}`),
  ...idleReasons(run).map((reason) => `a reason that nothing needs: ${reason}`),
  ...run.alarms.map(
    ({ pack, base, change, answers }) => `${pack} | ${base} | harmless, yet answered: ${change}: ${answers.join('; ')}`,
  ),
  ...run.unclean.map(({ pack, base, answers }) => `${pack} | ${base} is not compliant: ${answers.join(', ')}`),
]
const part = (title: string, text: string) => console.log(`\n${title}\n${text}`)
console.log(killTable(run))
part(
  'Never tried:',
  Object.entries(NEVER_TRIED)
    .map(([rule, reason]) => `${rule}: ${reason}`)
    .join('\n'),
)
part('Rules that rest on the same fact:', besideTable())
part('Faults:', faults.join('\n') || 'none')
process.exitCode = faults.length > 0 ? 1 : 0

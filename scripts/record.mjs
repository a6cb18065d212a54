import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    facts: { type: 'boolean' },
    measure: { type: 'boolean' },
    explore: { type: 'string' },
    seed: { type: 'string' },
  },
})
const { module } = await runnerImport('./original/record/record.ts')
process.exitCode = values.explore
  ? await module.exploreMore(Number(values.explore), values.seed && Number(values.seed))
  : values.measure
    ? await module.recordMeasured()
    : await (values.facts ? module.recordFactsAlone : module.record)({ check: values.check ?? false })
process.exit()

import { runnerImport } from 'vite'

const { module } = await runnerImport('./scripts/record/record.ts')
process.exitCode = await module.record({ check: process.argv.includes('--check') })

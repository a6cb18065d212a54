import { resolve } from 'node:path'
import { runnerImport } from 'vite'

/** `npm run authoring`: writes deck/schemas/ and the lists of docs/authoring.md. */
const root = resolve(import.meta.dirname, '..')
const { module } = await runnerImport(resolve(root, 'scripts/authoring/save-authoring.ts'))
await module.saveAuthoring(root)

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { findBrowser } from './browser.mjs'

/**
 * `npm test`: every check of the project, on a clean checkout too. A check without a count of its own counts as one test.
 * What could not be tried here is listed before the last line, which is `N passed, N failed`.
 */
const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')
const leftOutFolder = join(root, '.test-left-out')
const bin = (name) => join(root, 'node_modules/.bin', name)
const tally = { passed: 0, failed: 0 }
const failures = []
const leftOut = []

await rm(results, { recursive: true, force: true })
await rm(leftOutFolder, { recursive: true, force: true })
await mkdir(results, { recursive: true })

await check('types', bin('vue-tsc'), ['--noEmit', '-p', 'tsconfig.json'])
await check('lint', bin('eslint'), ['.', '--max-warnings', '0'])
await check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.'])
await check('content', process.execPath, ['scripts/content-check.mjs'])
const built = await check('build', process.execPath, ['scripts/build.mjs'])
if (built) await check('size', process.execPath, ['scripts/size.mjs'])
else failed('size: there is no build to measure')
await runner('unit and HTTP tests', unitTests)
if (built) await runner('browser journeys', journeys)
else failed('browser journeys: there is no build to open')

for (const file of existsSync(leftOutFolder) ? await readdir(leftOutFolder) : []) {
  const lines = (await readFile(join(leftOutFolder, file), 'utf8')).split('\n').filter(Boolean)
  leftOut.push(...lines)
}
if (failures.length > 0) console.log(`\nFAILED\n${failures.map((line) => `  ${line}`).join('\n')}`)
if (leftOut.length > 0)
  console.log(`\nLEFT OUT, not counted as passed\n${leftOut.map((line) => `  ${line}`).join('\n')}`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0

async function check(name, command, args) {
  const ok = (await run(name, command, args)) === 0
  if (ok) tally.passed += 1
  else failed(name)
  return ok
}

/** Runs a test runner that counts by itself; when it ends badly without a failed test, that is one failure. */
async function runner(name, execute) {
  const before = tally.failed
  const ok = await execute(name).catch((error) => {
    console.error(error.message)
    return false
  })
  if (!ok && tally.failed === before) failed(`${name}: ended with an error`)
}

async function unitTests(name) {
  const report = join(results, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run(name, bin('vitest'), ['run', ...reporters])
  const { testResults } = JSON.parse(await readFile(report, 'utf8'))
  for (const { name: path, status, assertionResults } of testResults) {
    const file = relative(root, path)
    for (const test of assertionResults) count(test.status, `${file}: ${test.fullName}`)
    if (status === 'failed' && assertionResults.every((test) => test.status === 'passed')) failed(file)
  }
  return code === 0
}

async function journeys(name) {
  const browser = await findBrowser()
  if (browser === undefined) {
    failed('browser journeys: no Chromium here, and none could be fetched; set CHROMIUM to its path')
    return false
  }
  const report = join(results, 'playwright.json')
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const code = await run(name, bin('playwright'), ['test', '--reporter=list,json'], env)
  visit(JSON.parse(await readFile(report, 'utf8')))
  return code === 0
}

/** Playwright's report: suites hold suites and specs; a spec has one test a project. */
function visit(suite, path = '') {
  for (const inner of suite.suites ?? []) visit(inner, inner.title)
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      const title = `${path}: ${spec.title} (${test.projectName})`
      count(test.status === 'expected' ? 'passed' : test.status === 'skipped' ? 'skipped' : 'failed', title)
    }
  }
}

function count(status, title) {
  if (status === 'passed') tally.passed += 1
  else if (status === 'failed') failed(title)
  else leftOut.push(`${title} (${status})`)
}

function failed(title) {
  tally.failed += 1
  failures.push(title)
}

async function run(name, command, args, env = {}) {
  console.log(`\n── ${name}`)
  const began = performance.now()
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const code = await new Promise((done) => {
    child.on('error', () => done(1))
    child.on('exit', (status) => done(status ?? 1))
  })
  console.log(
    `── ${name}: ${code === 0 ? 'ok' : 'FAILED'}, ${Math.round((performance.now() - began) / 1000)} s`,
  )
  return code
}

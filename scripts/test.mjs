import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findBrowser, hasWebKit, installedFirefox } from './browser.mjs'
import { LEFT_OUT, leaveOut } from './leave-out.mjs'
import { packageBin } from './package-bin.mjs'
import { findPdfText } from './pdf-text.mjs'

/**
 * `npm test`: every check of the project; works on a clean checkout. A check without a count of its own counts as one test.
 * What couldn't run here is listed before the last line, which is `N passed, N failed`.
 */
const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')
/** Of a failed test's message, in the list at the end. */
const [MESSAGE_LINES, MESSAGE_CHARACTERS] = [12, 600]
const tally = { passed: 0, failed: 0 }
const failures = []
const skipped = []

await rm(results, { recursive: true, force: true })
await rm(LEFT_OUT, { recursive: true, force: true })
await mkdir(results, { recursive: true })

// The slowest first, because only as many run at once as there are cores.
const verdicts = await together(availableParallelism(), [
  ['lint', packageBin('eslint'), ['.', '--max-warnings', '0']],
  ['types', packageBin('vue-tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['format', packageBin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['unused code', packageBin('knip'), ['--no-progress']],
  ['build', 'scripts/build.mjs', []],
  ['content', 'scripts/content-check.mjs', ['--read-only']],
])
const built = verdicts.get('build')
if (built) await check('size', 'scripts/size.mjs', [])
else failed('size: no build to measure')
await runner('unit and HTTP tests', unitTests)
if (built) await runner('browser journeys', journeys)
else failed('browser journeys: no build to open')

const leftOut = new Set()
for (const file of existsSync(LEFT_OUT) ? await readdir(LEFT_OUT) : []) {
  const lines = (await readFile(join(LEFT_OUT, file), 'utf8')).split('\n').filter(Boolean)
  for (const line of lines) leftOut.add(line)
}
skipped.push(...leftOut)
if (failures.length > 0) console.log(`\nFAILED\n${failures.map((line) => `  ${line}`).join('\n')}`)
if (skipped.length > 0)
  console.log(`\nLEFT OUT, not counted as passed\n${skipped.map((line) => `  ${line}`).join('\n')}`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0

/** Runs checks, at most `limit` at a time. Resolves with whether each passed, by name. */
async function together(limit, checks) {
  const verdicts = new Map()
  const waiting = [...checks]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      verdicts.set(next[0], await check(...next))
    }
  }
  await Promise.all(Array.from({ length: limit }, work))
  return verdicts
}

async function check(name, script, args) {
  const ok = (await run(name, script, args, { together: true })) === 0
  if (ok) tally.passed += 1
  else failed(name)
  return ok
}

/** Runs a test runner that reports its own counts; if it fails without a failed test, that counts as one failure. */
async function runner(name, execute) {
  const before = tally.failed
  const ok = await execute(name).catch((error) => {
    console.error(error.message)
    return false
  })
  if (!ok && tally.failed === before) failed(`${name}: exited with an error`)
}

async function unitTests(name) {
  const report = join(results, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run(name, packageBin('vitest'), ['run', ...reporters])
  const { testResults } = JSON.parse(await readFile(report, 'utf8'))
  for (const { name: path, status, message, assertionResults } of testResults) {
    const file = relative(root, path)
    for (const { fullName, status: verdict, failureMessages } of assertionResults)
      count(verdict, `${file}: ${fullName}`, failureMessages)
    if (status === 'failed' && assertionResults.every((test) => test.status === 'passed'))
      failed(file, [message])
  }
  return code === 0
}

async function journeys(name) {
  const browser = await findBrowser()
  if (browser === undefined) {
    failed(
      'browser journeys: Chromium is not installed and could not be downloaded; set CHROMIUM to its path',
    )
    return false
  }
  if (!findPdfText()) console.log('pdftotext is not installed: printed pages are not checked.')
  if (!installedFirefox())
    leaveOut('Journeys in Firefox: no Firefox ESR is installed; set FIREFOX to its path')
  if (!hasWebKit()) leaveOut('Journeys in WebKit: Debian has it in the packages webkit2gtk-driver and xvfb')
  const report = join(results, 'playwright.json')
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const code = await run(
    name,
    packageBin('@playwright/test', 'playwright'),
    ['test', '--reporter=list,json'],
    { env },
  )
  visit(JSON.parse(await readFile(report, 'utf8')))
  return code === 0
}

/** Walks Playwright's report: suites contain suites and specs; a spec has one test per project. */
function visit(suite, path = '') {
  for (const inner of suite.suites ?? []) visit(inner, inner.title)
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      const title = `${path}: ${spec.title} (${test.projectName})`
      const verdict = test.status === 'expected' ? 'passed' : test.status === 'skipped' ? 'skipped' : 'failed'
      const errors = test.results.flatMap((result) => result.errors)
      count(
        verdict,
        title,
        errors.map((error) => error.message),
      )
    }
  }
}

function count(status, title, messages) {
  if (status === 'passed') tally.passed += 1
  else if (status === 'failed') failed(title, messages)
  else skipped.push(`${title} (${status})`)
}

/** @param messages why it failed; their beginnings are repeated at the end, where a reader of a long log looks */
function failed(title, messages = []) {
  tally.failed += 1
  failures.push(title)
  for (const message of messages) {
    const lines = stripVTControlCharacters(message ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
    failures.push(...lines.slice(0, MESSAGE_LINES).map((line) => `    ${line.slice(0, MESSAGE_CHARACTERS)}`))
  }
}

/** @param options.together others run at the same time, so its output is collected and printed in one piece at its end */
async function run(name, script, args, { env = {}, together = false } = {}) {
  if (!together) console.log(`\n── ${name}`)
  const began = performance.now()
  const stdio = together ? ['ignore', 'pipe', 'pipe'] : 'inherit'
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio,
    env: { ...process.env, ...env },
  })
  const output = []
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  const code = await new Promise((done) => {
    child.on('error', () => done(1))
    child.on('close', (status) => done(status ?? 1))
  })
  if (together) console.log(`\n── ${name}\n${Buffer.concat(output)}`.trimEnd())
  console.log(
    `── ${name}: ${code === 0 ? 'ok' : 'FAILED'}, ${Math.round((performance.now() - began) / 1000)} s`,
  )
  return code
}

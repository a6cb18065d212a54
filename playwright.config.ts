import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import { browserArguments, hasWebKit, installedFirefox } from './scripts/browser.mjs'

const debian = '/usr/bin/chromium'
const executablePath = process.env.CHROMIUM ?? (existsSync(debian) ? debian : undefined)
const firefox = installedFirefox()
const desktop = { width: 1440, height: 900 }

/** Journeys whose title ends with this tag are run in Firefox, too, where it is installed. */
const everyEngine = /@firefox/

export default defineConfig({
  testDir: 'e2e',
  // Vitest runs the tests in e2e/faults and e2e/attacks.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/journeys',
  globalSetup: './e2e/support/start-app.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // One more than the cores of a small machine, since each journey waits a good part of its time.
  workers: 3,
  // These limits only end tests that hang: a busy machine may take ten times as long and must still pass.
  timeout: 300_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  reporter: 'list',
  use: {
    baseURL: process.env.VIVA_URL,
    // A journey that replaces responses would not see the worker's requests. Those about the worker allow it.
    serviceWorkers: 'block',
    // On plain HTTP, viva.lan is not a secure context, but localhost is.
    launchOptions: {
      executablePath,
      args: [...browserArguments, '--host-resolver-rules=MAP viva.lan 127.0.0.1'],
    },
  },
  // The slow engines first: their last journeys would keep one core while the other is idle.
  projects: [
    ...(hasWebKit() ? [{ name: 'webkit', testMatch: /webkit\.spec\.ts$/ }] : []),
    ...(firefox === undefined ? [] : [inFirefox(firefox)]),
    {
      name: 'desktop',
      testIgnore: /\.phone\.spec\.ts$|interview-engines|webkit/,
      use: { ...devices['Desktop Chrome'], viewport: desktop },
    },
    {
      name: 'phone',
      testMatch: /\.phone\.spec\.ts$/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
})

/** An installed Firefox, driven by WebDriver BiDi: Playwright's own build of it isn't needed. */
function inFirefox(path: string) {
  return {
    name: 'firefox',
    grep: everyEngine,
    use: {
      browserName: 'firefox' as const,
      channel: 'moz-firefox',
      viewport: desktop,
      launchOptions: { executablePath: path },
    },
  }
}

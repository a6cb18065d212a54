import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import { browserArguments } from './scripts/browser.mjs'

const debian = '/usr/bin/chromium'
const executablePath = process.env.CHROMIUM ?? (existsSync(debian) ? debian : undefined)

export default defineConfig({
  testDir: 'e2e',
  // Vitest runs the tests in e2e/faults and e2e/attacks.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/journeys',
  globalSetup: './e2e/support/start-app.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
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
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: /\.phone\.spec\.ts$/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      testMatch: /\.phone\.spec\.ts$/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
})

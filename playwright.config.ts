import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import { browserArguments } from './scripts/browser.mjs'

const debian = '/usr/bin/chromium'
const executablePath = process.env.CHROMIUM ?? (existsSync(debian) ? debian : undefined)

export default defineConfig({
  testDir: 'e2e',
  // The tests of faults and attacks beside them are Vitest's.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/journeys',
  globalSetup: './e2e/support/start-app.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // These limits end tests that hang: a machine that is busy with something else takes ten times as long, and must pass.
  timeout: 300_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000 } },
  reporter: 'list',
  use: {
    baseURL: process.env.VIVA_URL,
    // On plain HTTP a host like viva.lan is no secure context, as localhost is.
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

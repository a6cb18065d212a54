import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { packageBin } from './package-bin.mjs'

const system = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** Processes that Chromium starts with every window for its own address bar and for pages to come: half of a test's CPU time. */
const UNUSED_PROCESSES = [
  'SpareRendererForSitePerProcess',
  'PreloadTopChromeWebUI',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
]

/** What Playwright disables by itself: Chromium obeys only the last `--disable-features`. */
const DISABLED_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
]

/** What Chromium needs in a container, what keeps it from calling home, and what tests don't need. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...DISABLED_BY_PLAYWRIGHT, ...UNUSED_PROCESSES].join(',')}`,
]

/** The path of an installed Chromium, or undefined. `CHROMIUM` takes precedence. */
export async function installedBrowser() {
  const { chromium } = await import('@playwright/test')
  return [process.env.CHROMIUM, ...system, chromium.executablePath()].find((path) => path && existsSync(path))
}

/** The path of an installed Firefox ESR, or undefined. `FIREFOX` takes precedence. */
export function installedFirefox() {
  return [process.env.FIREFOX, '/usr/bin/firefox-esr'].find((path) => path && existsSync(path))
}

/** Whether WebKitGTK can be driven here, on a display of its own. */
export function hasWebKit() {
  return ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'].every((path) => existsSync(path))
}

/** The path of a Chromium. If none is installed, downloads Playwright's or installs Debian's; undefined if both fail. */
export async function findBrowser() {
  const found = await installedBrowser()
  if (found !== undefined) return found
  attempt('Chromium', process.execPath, [packageBin('@playwright/test', 'playwright'), 'install', 'chromium'])
  if ((await installedBrowser()) === undefined) installOnDebian('Chromium', ['chromium', 'fonts-liberation'])
  return installedBrowser()
}

/** Installs packages where possible: on Debian, as root. */
export function installOnDebian(what, packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return
  attempt(what, 'apt-get', ['update'])
  attempt(what, 'apt-get', ['install', '-y', '--no-install-recommends', ...packages])
}

function attempt(what, command, args) {
  console.log(`${what} is not installed. Running ${command} ${args.join(' ')}`)
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
  } catch (error) {
    console.log(`  ${error.message}`)
  }
}

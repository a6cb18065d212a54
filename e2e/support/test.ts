import { expect, test as base, type Browser, type Page, type TestInfo } from '@playwright/test'

/** Problems that no journey may cause. */
interface Complaints {
  /** Requests to other hosts. */
  foreign: string[]
  /** Violations of the Content-Security-Policy. */
  policy: string[]
  /** Uncaught errors. */
  errors: string[]
}

/**
 * What Firefox says when a page is left while it loads code that is needed later. It says the same where there is no such file, which
 * the same journeys notice in Chromium.
 */
const LEFT_WHILE_LOADING =
  /A ServiceWorker intercepted the request and encountered an unexpected error|error loading dynamically imported module/

/**
 * Playwright's `test` that also watches every page of the context: a journey fails if there was a request to another host, a
 * violation of the Content-Security-Policy or an uncaught error. Each test has its own browser context, and so its own
 * sandbox.
 */
export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ browser, browserName, context, baseURL }, use, info) => {
      const complaints: Complaints = { foreign: [], policy: [], errors: [] }
      await context.exposeBinding('reportViolation', (_source, message: string) =>
        complaints.policy.push(message),
      )
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const { reportViolation } = window as unknown as { reportViolation: (message: string) => void }
          reportViolation(`${event.violatedDirective} forbids ${event.blockedURI} in ${event.documentURI}`)
        })
      })
      const own = new URL(baseURL ?? 'http://localhost').host
      context.on('request', (request) => {
        const { host, protocol } = new URL(request.url())
        if (/^(https?|wss?):$/.test(protocol) && host !== own) complaints.foreign.push(request.url())
      })
      context.on('weberror', (error) => {
        const message = String(error.error())
        if (!(browserName === 'firefox' && LEFT_WHILE_LOADING.test(message))) complaints.errors.push(message)
      })
      await use(complaints)
      const failed = info.status !== info.expectedStatus
      // A screenshot adds a style, which the pages' policy forbids.
      const found = failed ? structuredClone(complaints) : complaints
      if (failed) await attachScreenshots(browser, info)
      // Other visitors' pages would go on, with their streams and timers, beside the journeys that follow in this browser.
      for (const other of browser.contexts()) if (other !== context) await other.close()
      expect(found).toEqual({ foreign: [], policy: [], errors: [] })
    },
    { auto: true },
  ],
})

/** Keeps what each page of a failed journey shows. Playwright by itself takes a screenshot of every page, failed or not. */
async function attachScreenshots(browser: Browser, info: TestInfo): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [index, page] of pages.entries()) {
    const path = info.outputPath(`page-${index + 1}.png`)
    const taken = page.screenshot({ path, caret: 'initial', timeout: 5_000 })
    await taken.then(
      () => info.attachments.push({ name: 'screenshot', path, contentType: 'image/png' }),
      () => undefined,
    )
  }
}

export { expect, type Page }

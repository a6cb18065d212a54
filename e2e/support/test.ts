import { expect, test as base, type Page } from '@playwright/test'

/** What no journey may cause. */
interface Complaints {
  /** Addresses on another host that were asked for. */
  foreign: string[]
  /** What the Content-Security-Policy forbade. */
  policy: string[]
  /** Errors that no script caught. */
  errors: string[]
}

/**
 * Playwright's `test` with a watch on every page of the context: at the end of each journey there must have been no request to
 * another host, no report of the Content-Security-Policy and no uncaught error. Each test has a browser context, and so a
 * sandbox, of its own.
 */
export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: Complaints = { foreign: [], policy: [], errors: [] }
      await context.exposeBinding('tellViolation', (_source, said: string) => complaints.policy.push(said))
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const { tellViolation } = window as unknown as { tellViolation: (said: string) => void }
          tellViolation(`${event.violatedDirective} forbids ${event.blockedURI} in ${event.documentURI}`)
        })
      })
      const own = new URL(baseURL ?? 'http://localhost').host
      context.on('request', (request) => {
        const { host, protocol } = new URL(request.url())
        if (/^(https?|wss?):$/.test(protocol) && host !== own) complaints.foreign.push(request.url())
      })
      context.on('weberror', (error) => complaints.errors.push(String(error.error())))
      await use(complaints)
      expect(complaints).toEqual({ foreign: [], policy: [], errors: [] })
    },
    { auto: true },
  ],
})

export { expect, type Page }

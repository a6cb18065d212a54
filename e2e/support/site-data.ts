import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type LaunchOptions } from '@playwright/test'

/** Ways in which a browser refuses to store anything for a site. */
export const REFUSALS = ['denied', 'full', 'absent'] as const

/** Makes storage behave as in browsers that deny it, have no space left, or don't have it. */
export async function refuseStorage(
  context: BrowserContext,
  refusal: (typeof REFUSALS)[number],
): Promise<void> {
  await context.addInitScript((how) => {
    if (how === 'full') {
      const refuse = (): never => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      Storage.prototype.setItem = refuse
      IDBObjectStore.prototype.put = refuse
      return
    }
    const get = (): null => {
      if (how === 'absent') return null
      throw new DOMException('denied', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, { get, configurable: true })
    }
  }, refusal)
}

/** A browser that blocks all cookies and site data by its settings; `close` deletes its profile. */
export async function blockedBrowser(
  launchOptions: LaunchOptions,
  baseURL: string | undefined,
): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-browser-'))
  await mkdir(join(folder, 'Default'))
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } }
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(settings))
  const address = baseURL === undefined ? {} : { baseURL }
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions, ...address })
  const close = async (): Promise<void> => {
    await context.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  return { context, close }
}

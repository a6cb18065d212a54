import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'

/** WebKitWebDriver leaves a call that meets a change of page without an answer; a call that is repeated gets one. */
const CALL_TIMEOUT_MS = 15_000
/** A call that presses many keys lasts until the page has taken them all. */
const KEYS_TIMEOUT_MS = 120_000
const MAX_TRIES = 3
/** How long something may take to appear on a page: only ends a test that hangs. */
const APPEARS_MS = 60_000
const POLL_INTERVAL_MS = 100

/** Keys without a character, as WebDriver numbers them. */
export const KEYS = { Control: '\uE009', Enter: '\uE007' }

/** A function that runs in the page. */
type InPage<Args extends unknown[], Result> = (...args: Args) => Result

/** A window of WebKitGTK on a display of its own, driven by WebDriver. */
export class WebKit {
  readonly #processes: ChildProcess[]
  readonly #session: string

  private constructor(processes: ChildProcess[], session: string) {
    this.#processes = processes
    this.#session = session
  }

  static async open(): Promise<WebKit> {
    const processes: ChildProcess[] = []
    try {
      const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      })
      processes.push(display)
      const [number] = (await once(display.stdio[3] as Readable, 'data')) as [Buffer]
      const port = await freePort()
      const env = { ...process.env, DISPLAY: `:${number.toString().trim()}` }
      processes.push(spawn('WebKitWebDriver', ['-p', String(port)], { env, stdio: 'ignore' }))
      const driver = `http://127.0.0.1:${port}`
      await answering(driver)
      const { sessionId } = (await call(`${driver}/session`, { capabilities: {} })) as { sessionId: string }
      const webkit = new WebKit(processes, `${driver}/session/${sessionId}`)
      await call(`${webkit.#session}/window/rect`, { x: 0, y: 0, width: 1440, height: 1000 })
      return webkit
    } catch (error) {
      for (const one of processes) one.kill()
      throw error
    }
  }

  async close(): Promise<void> {
    await call(this.#session, undefined, 'DELETE').catch(() => undefined)
    for (const one of this.#processes.toReversed()) one.kill()
  }

  /** Opens a page and waits until it takes keys. */
  async goTo(url: string): Promise<void> {
    await call(`${this.#session}/url`, { url })
    await this.until(() => '__vue_app__' in (document.getElementById('app') ?? {}))
  }

  /** Runs a function in the page and returns its result, which must be JSON. It may run twice. */
  async run<Args extends unknown[], Result>(inPage: InPage<Args, Result>, ...args: Args): Promise<Result> {
    const script = `return (${String(inPage)})(...arguments)`
    return (await call(`${this.#session}/execute/sync`, { script, args })) as Result
  }

  /** Waits until a function in the page returns something truthy, and returns that. */
  async until<Args extends unknown[], Result>(
    inPage: InPage<Args, Result>,
    ...args: Args
  ): Promise<NonNullable<Result>> {
    const end = Date.now() + APPEARS_MS
    for (;;) {
      const result = await this.run(inPage, ...args)
      if (result) return result
      if (Date.now() > end) throw new Error(`in vain: ${String(inPage)}, with ${JSON.stringify(args)}`)
      await pause(POLL_INTERVAL_MS)
    }
  }

  /** Waits until the page shows a text. */
  async shows(text: string): Promise<void> {
    await this.until((wanted) => document.body.innerText.includes(wanted), text)
  }

  /** Clicks with the mouse on the first visible element that the selector fits and that has this name or text. */
  async click(selector: string, name = ''): Promise<void> {
    await call(`${this.#session}/element/${await this.#find(selector, name)}/click`, {})
  }

  /** Types into the focused field, key by key. */
  async type(text: string): Promise<void> {
    await this.#perform([...text].flatMap((key) => [down(key), up(key)]))
  }

  /** Presses keys together, as in `press(KEYS.Control, 'k')`. */
  async press(...keys: string[]): Promise<void> {
    await this.#perform([...keys.map(down), ...keys.toReversed().map(up)])
  }

  async #perform(actions: object[]): Promise<void> {
    // Not repeated: what was typed would be there twice.
    await call(`${this.#session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] }, 'POST', {
      maxTries: 1,
      timeoutMs: KEYS_TIMEOUT_MS,
    })
  }

  async #find(selector: string, name: string): Promise<string> {
    const found = await this.until(
      (fits, called) =>
        [...document.querySelectorAll(fits)].find((element) => {
          const label = `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`
          return element.getClientRects().length > 0 && label.includes(called)
        }),
      selector,
      name,
    )
    return Object.values(found as unknown as Record<string, string>)[0] ?? ''
  }
}

const down = (value: string) => ({ type: 'keyDown', value })
const up = (value: string) => ({ type: 'keyUp', value })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** @throws with the driver's message when it reports an error, or when it didn't respond to any try */
async function call(
  url: string,
  body?: object,
  method = 'POST',
  { maxTries = MAX_TRIES, timeoutMs = CALL_TIMEOUT_MS } = {},
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const { value } = (await response.json()) as { value: unknown }
      if (response.ok) return value
      throw new Error(`${url} ${JSON.stringify(body)}: ${JSON.stringify(value)}`)
    } catch (error) {
      if (attempt >= maxTries || !(error instanceof DOMException)) throw error
    }
  }
}

async function answering(driver: string): Promise<void> {
  const isUp = () =>
    fetch(`${driver}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const end = Date.now() + APPEARS_MS; !(await isUp()); await pause(POLL_INTERVAL_MS))
    if (Date.now() > end) throw new Error('WebKitWebDriver does not respond')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

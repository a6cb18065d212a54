import type { Page, Request } from '@playwright/test'
import { expect } from './test.ts'

/** A request as it is in the editor, as the page says it was sent, or as it left the browser. */
export interface PlainView {
  method: string
  path: string
  body: string | null
}

export interface PlaygroundView {
  /** What is highlighted in the list of operations or steps. */
  highlighted: string | null
  editor: PlainView & { caller: string }
  /** The request that the page shows with the response; null without a response. */
  answered: PlainView | null
  /** Whether the page says that the response is to a different request from the one in the editor. */
  differs: boolean
}

/** What a person sees in the playground with the Response tab open. */
export function viewOf(page: Page): Promise<PlaygroundView> {
  return page.evaluate(() => {
    const value = (selector: string): string =>
      document.querySelector<HTMLInputElement>(selector)?.value ?? ''
    const kind = value('.request .row select')
    const editor = document.querySelector('.request .editor')
    const shadow = [...(editor?.querySelectorAll('div') ?? [])].find((one) => one.shadowRoot)?.shadowRoot
    const fields = [...document.querySelectorAll<HTMLInputElement>('.request .pairs input')].filter((one) =>
      one.ariaLabel?.includes('field'),
    )
    const pairs: string[][] = []
    for (let at = 0; at < fields.length; at += 2)
      pairs.push([fields[at]?.value ?? '', fields[at + 1]?.value ?? ''])
    const text = shadow
      ? [...shadow.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n')
      : value('.request textarea')
    const sent = document.querySelector('.sent code')?.textContent ?? null
    const [method = '', path = ''] = sent?.split(/ (.*)/s) ?? []
    return {
      highlighted:
        document
          .querySelector('.operations [aria-current], .steps [aria-current]')
          ?.textContent.replace(/\s+/g, ' ')
          .trim()
          .replace(/^([A-Z]+) ?\//, '$1 /') ?? null,
      editor: {
        method: value('.request .method'),
        path: value('.request .path'),
        body: kind === 'none' ? null : kind === 'form' ? new URLSearchParams(pairs).toString() : text,
        caller: value('.callers input:checked'),
      },
      answered:
        sent === null
          ? null
          : {
              method,
              path,
              body: document.querySelector('[aria-label="Request body"]')?.textContent ?? null,
            },
      differs: /response to (a different|the original) request/.test(
        document.querySelector('.origin')?.textContent ?? '',
      ),
    }
  })
}

/** Keeps what the playground sends; other calls of the page have no `traceparent`. */
export function recordSends(page: Page): PlainView[] {
  const sends: PlainView[] = []
  page.on('request', (request: Request) => {
    if (request.headers().traceparent === undefined || request.redirectedFrom() !== null) return
    const { pathname, search } = new URL(request.url())
    sends.push({ method: request.method(), path: pathname + search, body: request.postData() })
  })
  return sends
}

/** Waits until nothing is in progress. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^(Send|Run step .*)$/ })).toBeVisible()
}

/** Numbers that look random and are the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Expects two requests to be the same, except for variables that were filled in. */
export function expectSame(actual: PlainView, wanted: PlainView, what: string): void {
  const plain = ({ method, path, body }: PlainView) => ({ method, path, body })
  if (!JSON.stringify(wanted).includes('{{'))
    return expect(plain(actual), what).toEqual({
      ...plain(wanted),
      path: encodeURI(decodeURI(wanted.path)),
    })
  expect(actual.method, what).toBe(wanted.method)
}

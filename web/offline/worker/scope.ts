/** The part of a service worker's global scope that Viva uses. TypeScript's own types of it exclude those of pages. */
export interface WorkerScope {
  readonly location: Location
  readonly navigator: Pick<Navigator, 'onLine'>
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window' }): Promise<readonly PageClient[]>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
}

/** A page in this worker's care. */
export interface PageClient {
  readonly url: string
  postMessage(message: unknown, transfer?: Transferable[]): void
}

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface FetchEvent extends LifeEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

interface PageMessage extends LifeEvent {
  readonly data: unknown
  readonly source: PageClient | null
}

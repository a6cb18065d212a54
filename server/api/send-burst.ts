import { setMaxListeners } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { MAX_BURST_REQUESTS, type BurstLane, type BurstReport } from '#contract/burst.ts'
import { peakOverlap } from '#contract/peak-overlap.ts'

export interface Burst {
  /** Where this server listens, as `http.request` takes it. */
  host: string
  port: number
  path: string
  n: number
  headers: Record<string, string>
  /** Aborts the requests that are still open. */
  signal: AbortSignal
}

interface Answer {
  status: number
  /** Milliseconds of `performance.now()`, as reported by the handler. */
  span: { started: number; ended: number } | undefined
}

/** An answer with a handler's times is short; of a longer one, the rest is read and dropped. */
const MAX_KEPT_CHARS = 64 * 1024

/** Sends n GET requests at once, each over its own socket, and reports when each was sent, handled and answered. */
export async function sendBurst(burst: Burst): Promise<BurstReport> {
  // Each request adds a listener.
  setMaxListeners(MAX_BURST_REQUESTS, burst.signal)
  const agent = new Agent({ keepAlive: false, maxSockets: MAX_BURST_REQUESTS })
  try {
    const began = performance.now()
    const lanes = await Promise.all(
      Array.from({ length: burst.n }, (_, index) => lane(burst, agent, index, began)),
    )
    const duration = Math.max(...lanes.map(({ received }) => received))
    return { path: burst.path, n: burst.n, duration, peak: peakOverlap(lanes), lanes }
  } finally {
    agent.destroy()
  }
}

async function lane(burst: Burst, agent: Agent, index: number, began: number): Promise<BurstLane> {
  const sent = performance.now() - began
  const { status, span } = await get(burst, agent)
  const received = performance.now() - began
  const started = (span?.started ?? NaN) - began
  const ended = (span?.ended ?? NaN) - began
  // Only a handler of this process has the same clock, and its work lies within the request.
  const hasTimes = sent <= started && started <= ended && ended <= received
  return hasTimes
    ? { index, status, sent, started, ended, received }
    : { index, status, sent, started: sent, ended: received, received }
}

/** Status 0 when there was no answer. */
function get({ host, port, path, headers, signal }: Burst, agent: Agent): Promise<Answer> {
  return new Promise((resolve) => {
    const none = () => resolve({ status: 0, span: undefined })
    request({ host, port, path, headers, agent, signal }, (response) => {
      read(response).then((text) => resolve({ status: response.statusCode ?? 0, span: spanOf(text) }), none)
    })
      .on('error', none)
      .end()
  })
}

async function read(response: IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) if (text.length < MAX_KEPT_CHARS) text += String(chunk)
  return text
}

function spanOf(text: string): Answer['span'] {
  try {
    const { started, ended } = JSON.parse(text) as Record<string, unknown>
    return typeof started === 'number' && typeof ended === 'number' ? { started, ended } : undefined
  } catch {
    return undefined
  }
}

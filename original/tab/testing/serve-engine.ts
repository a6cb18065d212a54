import type { IncomingMessage } from 'node:http'
import { PEOPLE } from '../../../server/project/seed.ts'
import { serveApp, type ServedApp } from '../../../server/testing/serve-app.ts'
import type { OriginalRequest } from '#contract/original-tab/engine.ts'
import type { Sandbox } from '#contract/sandbox.ts'
import type { TraceReport } from '#contract/trace.ts'
import type { Engine } from '../engine.ts'

/** Puts the engine behind HTTP, with as much of the app's own API as a lesson's steps need. Bursts are the twin's alone. */
export async function serveEngine(engine: Engine): Promise<ServedApp> {
  const traces = new Map<string, TraceReport>()
  const people = PEOPLE.map(({ name, email, password }, index) => ({ id: index + 1, name, email, password }))
  const none = { users: 0, bytes: 0 }
  const sandbox: Sandbox = { id: 'tab', people, limits: none, used: none, cookieSent: false }

  const own = async (path: string): Promise<unknown> => {
    if (path === '/api/sandbox/reset') await engine.reset()
    if (path === '/api/sandbox/store') return engine.rows()
    if (path.startsWith('/api/traces/')) return traces.get(path.slice('/api/traces/'.length))
    return path.startsWith('/api/sandbox') ? sandbox : undefined
  }

  return serveApp((request, response) => {
    void (async () => {
      const { url: path = '/', method = 'GET' } = request
      if (path.startsWith('/api/')) {
        const json = await own(path)
        response.writeHead(json === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(json ?? null))
        return
      }
      const answer = await engine.send(
        { method, path, headers: headersOf(request), body: await bodyOf(request) },
        false,
      )
      const id = /^00-(\w+)-/.exec(String(request.headers.traceparent))?.[1] ?? ''
      const before = traces.get(id)
      // A redirect and what followed it have one id.
      traces.set(id, {
        ...answer.trace,
        id,
        requests: [...(before?.requests ?? []), ...answer.trace.requests],
      })
      response.writeHead(answer.status, answer.headers.flat())
      response.end(answer.body)
    })()
  })
}

function headersOf({ rawHeaders }: IncomingMessage): OriginalRequest['headers'] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  )
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks))
}

import type { RequestListener, Server } from 'node:http'
import type { OpenAnswers } from './open-answers.ts'

/**
 * Begins a request only after those before it on the same connection have been answered, as uvicorn does. Node would run requests
 * that a client writes at once at the same time, so that a read could miss the write before it; RFC 9112, section 9.3.2, allows
 * that for safe methods alone. A request whose client has hung up meanwhile isn't begun at all.
 */
export function answerInOrder(server: Server, answers: OpenAnswers, listener: RequestListener): void {
  server.on('request', (request, response) => {
    const before = [...answers.of(request.socket)].at(-2)
    if (before === undefined) return void listener(request, response)
    before.once('close', () => {
      if (!request.socket.destroyed) listener(request, response)
    })
  })
}

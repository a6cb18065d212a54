import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

const NONE: ReadonlySet<ServerResponse> = new Set()

/**
 * The answers that each connection still owes, in the order of their requests. When a client hangs up, Node emits `close` only
 * on the answer being sent; this class emits it on those queued behind it, too, so that resources a handler holds until `close`
 * are always released.
 */
export class OpenAnswers {
  readonly #ofConnection = new WeakMap<Duplex, Set<ServerResponse>>()

  constructor(server: Server) {
    server.on('request', (request, response) => this.#add(request.socket, response))
  }

  of(connection: Duplex): ReadonlySet<ServerResponse> {
    return this.#ofConnection.get(connection) ?? NONE
  }

  #add(connection: Duplex, response: ServerResponse): void {
    const answers = this.#ofConnection.get(connection) ?? this.#begin(connection)
    answers.add(response)
    response.once('close', () => answers.delete(response))
  }

  #begin(connection: Duplex): Set<ServerResponse> {
    const answers = new Set<ServerResponse>()
    this.#ofConnection.set(connection, answers)
    connection.once('close', () => {
      for (const response of answers) {
        if (response.socket !== null) continue
        response.destroy()
        response.emit('close')
      }
    })
    return answers
  }
}

/** Runs `release` once the answer has been sent or no longer can be, even if that has already happened. */
export function onceClosed(response: ServerResponse, release: () => void): void {
  if (response.destroyed) release()
  else response.once('close', release)
}

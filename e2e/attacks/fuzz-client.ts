import { Agent } from 'node:http'
import { sendRaw, type RawAnswer } from '../support/send-raw.ts'

export interface FuzzRequest {
  method: string
  /** As written in the request line. */
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array
}

/** Sends requests one after another over keep-alive connections, and counts them. */
export class FuzzClient {
  sent = 0
  readonly #port: number
  #visitor = 1
  readonly #agent = new Agent({ keepAlive: true })

  constructor(port: number) {
    this.#port = port
  }

  /** @throws when the connection breaks before the response has arrived */
  async ask(request: FuzzRequest): Promise<RawAnswer> {
    this.sent += 1
    return this.#once(request).catch((error: unknown) => {
      // The server closes idle connections; a request written at that moment is sent again.
      if ((error as { reused?: boolean }).reused !== true) throw error
      return this.#once(request)
    })
  }

  /** From now on requests come from another loopback address, as if from another person. */
  nextVisitor(): void {
    this.#visitor += 1
  }

  close(): void {
    this.#agent.destroy()
  }

  #once({ method, path, headers, body }: FuzzRequest): Promise<RawAnswer> {
    const localAddress = `127.0.${this.#visitor >> 8}.${this.#visitor & 255}`
    return sendRaw(`http://127.0.0.1:${this.#port}`, {
      ...{ method, path, headers, agent: this.#agent, localAddress },
      ...(body === undefined ? {} : { body }),
    })
  }
}

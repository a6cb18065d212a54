import { Agent, get, type IncomingMessage } from 'node:http'
import type { CandidateMessage } from '#contract/interview/candidate-view.ts'
import type { HostMessage } from '#contract/interview/host-view.ts'
import { sendRaw } from '../e2e/support/send-raw.ts'
import { followStream, RoomClient, type Stream } from '../server/interview/testing/room-client.ts'

/** Connections for commands; each stream has its own. The server closes idle ones after five seconds, so they are dropped before that. */
const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 3_000 })

/**
 * Both sides of a room through `node:http` and without schemas: load and server share the cores, and `fetch` would cost more than the
 * server needs for a command.
 */
export class LeanRoomClient extends RoomClient {
  override async call(path: string, key: string | null, body?: unknown, method?: string) {
    const { status, body: text } = await sendRaw(this.origin, {
      ...{ agent, path, method: method ?? (body === undefined ? 'GET' : 'POST') },
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const json: unknown = text === '' ? null : JSON.parse(text)
    return { status, json, text, headers: new Headers() }
  }

  override hostStream(key = this.key): Promise<Stream<HostMessage>> {
    const path = `/api/interviews/${this.id}/rooms/${this.room}/stream`
    return open(this.origin + path, key, (json) => json as HostMessage)
  }

  override seatStream(key = this.seatKey): Promise<Stream<CandidateMessage>> {
    return open(`${this.origin}/api/rooms/${this.room}/stream`, key, (json) => json as CandidateMessage)
  }
}

async function open<Message>(
  url: string,
  key: string,
  trust: (json: unknown) => Message,
): Promise<Stream<Message>> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers: { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' } })
      .on('response', resolve)
      .on('error', reject)
  })
  return followStream(
    {
      status: response.statusCode ?? 0,
      chunks: response.setEncoding('utf8') as AsyncIterable<string>,
      close: () => response.destroy(),
    },
    trust,
  )
}

import { readStored } from '../../stores/stored.ts'
import { keepUntilSent } from '../saved.ts'
import { Backoff, isFinal } from './backoff.ts'

const FIRST_RETRY_MS = 300

export interface OutboxOptions<Command> {
  /** Storage key under which this browser keeps commands that are not sent yet. */
  keptAs: string
  /** Reads a kept command; null for one that this version no longer knows. */
  parse: (kept: unknown) => Command | null
  /** Sends one; sending the same one twice must have the effect of once. */
  send: (command: Command) => Promise<void>
  /** Called when the server refuses one for good. */
  refused: (command: Command, why: string) => void
  /** Called whenever the number of waiting commands changes. */
  waiting: (count: number) => void
}

/**
 * Commands on their way to the server, in order and one at a time. Each has an id, so that one whose response got lost can be sent again without
 * being carried out twice. Sending continues after a reload.
 */
export class Outbox<Command> {
  readonly #options: OutboxOptions<Command>
  #commands: Command[]
  #running = false
  #ended = false
  readonly #backoff = new Backoff(FIRST_RETRY_MS)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutboxOptions<Command>) {
    this.#options = options
    const kept = readStored(options.keptAs)
    this.#commands = Array.isArray(kept) ? kept.flatMap((one) => options.parse(one) ?? []) : []
    if (this.#commands.length > 0) void this.#run()
  }

  /** Waiting commands, in order: a view may show them as done already. */
  get commands(): readonly Command[] {
    return this.#commands
  }

  add(command: Command): void {
    this.#commands = [...this.#commands, command]
    this.#changed()
    void this.#run()
  }

  /** Sends now instead of waiting: the connection is back. */
  hurry(): void {
    clearTimeout(this.#timer)
    this.#backoff.reset()
    void this.#run()
  }

  /** Stops sending. Waiting commands stay in this browser. */
  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    if (this.#running || this.#ended) return
    this.#running = true
    clearTimeout(this.#timer)
    for (;;) {
      const [command] = this.#commands
      if (command === undefined || this.#ended) break
      try {
        await this.#options.send(command)
      } catch (error) {
        if (!isFinal(error)) {
          this.#timer = setTimeout(() => void this.#run(), this.#backoff.next())
          break
        }
        this.#options.refused(command, error.message)
      }
      this.#backoff.reset()
      this.#commands = this.#commands.slice(1)
      this.#changed()
    }
    this.#running = false
  }

  #changed(): void {
    keepUntilSent(this.#options.keptAs, this.#commands.length === 0 ? null : this.#commands)
    this.#options.waiting(this.#commands.length)
  }
}

import { ApiFailure } from '../../api/call.ts'
import { readStored } from '../../stores/stored.ts'
import { keepUntilSent } from '../kept.ts'

const SHORTEST = 300
const LONGEST = 5_000

export interface OutboxOptions<Command> {
  /** Under what this browser keeps what is not sent yet. */
  keptAs: string
  /** Reads a kept command; null for one that nobody knows any more. */
  parse: (kept: unknown) => Command | null
  /** Sends one; sending the same one twice must do it once. */
  send: (command: Command) => Promise<void>
  /** The server says no, and would say it again. */
  refused: (command: Command, why: string) => void
  /** Told whenever the number of those that wait has changed. */
  waiting: (count: number) => void
}

/**
 * Commands on their way to the server, in order and one at a time. Each has an id, so one whose answer was lost is sent again without being done
 * twice; a reload sends on.
 */
export class Outbox<Command> {
  readonly #options: OutboxOptions<Command>
  #commands: Command[]
  #running = false
  #ended = false
  #delay = SHORTEST
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutboxOptions<Command>) {
    this.#options = options
    const kept = readStored(options.keptAs)
    this.#commands = Array.isArray(kept) ? kept.flatMap((one) => options.parse(one) ?? []) : []
    if (this.#commands.length > 0) void this.#run()
  }

  /** Commands that wait, in their order: a view may show them as done already. */
  get commands(): readonly Command[] {
    return this.#commands
  }

  add(command: Command): void {
    this.#commands = [...this.#commands, command]
    this.#changed()
    void this.#run()
  }

  /** There is a connection again: don't wait. */
  hurry(): void {
    clearTimeout(this.#timer)
    this.#delay = SHORTEST
    void this.#run()
  }

  /** Stops sending. What waits stays in this browser. */
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
          this.#timer = setTimeout(() => void this.#run(), this.#delay)
          this.#delay = Math.min(LONGEST, this.#delay * 2)
          break
        }
        this.#options.refused(command, (error as Error).message)
      }
      this.#delay = SHORTEST
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

function isFinal(error: unknown): boolean {
  if (!(error instanceof ApiFailure) || error.status === null) return false
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429
}

import {
  ask,
  bioOf,
  newSandbox,
  usersOf,
  writeBio,
  writersOfNewSandbox,
  type Writer,
} from '../support/api.ts'
import type { App } from '../support/app.ts'

/** A sandbox is reset before its quota of 200 users stops the sign-ups. */
const MAX_SIGN_UPS = 150

/**
 * Writers over HTTP, and a record of each 2xx that they received: 12 count up the `bio` of one user each in four sandboxes, two sign
 * up new people in two more, two create sandboxes.
 */
export class Ledger {
  readonly #counters: { writer: Writer; sent: number; acknowledged: number }[] = []
  readonly #signUps: { sandbox: string; emails: string[] }[] = []
  #made: string[] = []
  #number = 0
  /** All 2xx so far. */
  acknowledged = 0
  /** Called after each 2xx. */
  #noted = (): void => undefined

  async prepare(app: App): Promise<void> {
    for (let sandbox = 0; sandbox < 4; sandbox += 1) {
      const writers = await writersOfNewSandbox(app)
      for (const writer of writers) {
        await acknowledged(writeBio(app, writer, '0'))
        this.#counters.push({ writer, sent: 0, acknowledged: 0 })
      }
    }
    while (this.#signUps.length < 2) this.#signUps.push({ sandbox: await newSandbox(app), emails: [] })
  }

  /**
   * Writes until the app is gone, and calls `enough` once, when that many more writes have been acknowledged: then the other requests
   * are in flight, anywhere on their way.
   * @throws when the app is gone before that
   */
  async write(app: App, count: number, enough: () => void): Promise<void> {
    const goal = this.acknowledged + count
    this.#noted = () => {
      if (this.acknowledged === goal) enough()
    }
    await this.#write(app)
    if (this.acknowledged < goal)
      throw new Error(`The app was gone ${goal - this.acknowledged} writes too early`)
  }

  async #write(app: App): Promise<void> {
    const steps = [
      ...this.#counters.map((counter) => () => this.#count(app, counter)),
      ...this.#signUps.map((signUp) => () => this.#signUp(app, signUp)),
      ...[1, 2].map(() => () => this.#make(app)),
    ]
    await Promise.all(steps.map((step) => untilItThrows(step)))
  }

  /** Descriptions of acknowledged writes that are missing. Clears the record, so that each is checked once. */
  async lost(app: App): Promise<string[]> {
    const lost: string[] = []
    for (const { writer, sent, acknowledged } of this.#counters) {
      const stored = Number(await bioOf(app, writer).catch(() => NaN))
      if (!(stored >= acknowledged && stored <= sent)) {
        lost.push(`user ${writer.id} of ${writer.sandbox} has ${stored}, not ${acknowledged} to ${sent}`)
      }
    }
    for (const { sandbox, emails } of this.#signUps) {
      const stored = new Set((await usersOf(app, sandbox))?.map(({ email }) => email))
      lost.push(...emails.filter((email) => !stored.has(email)))
    }
    for (const id of this.#made) if ((await usersOf(app, id)) === null) lost.push(`sandbox ${id}`)
    this.#made = []
    await this.#makeRoom(app)
    return lost
  }

  async #count(app: App, counter: { writer: Writer; sent: number; acknowledged: number }): Promise<void> {
    counter.sent += 1
    await acknowledged(writeBio(app, counter.writer, String(counter.sent)))
    counter.acknowledged = counter.sent
    this.#note()
  }

  async #signUp(app: App, { sandbox, emails }: { sandbox: string; emails: string[] }): Promise<void> {
    this.#number += 1
    const email = `person-${this.#number}@example.com`
    const body = { name: 'Person', email, password: `nobody knows ${this.#number}` }
    await acknowledged(ask(app, 'POST', '/users/', { sandbox, body }))
    emails.push(email)
    this.#note()
  }

  /** A few per second are enough, since each is a file that stays. */
  async #make(app: App): Promise<void> {
    this.#made.push(await newSandbox(app))
    this.#note()
    await new Promise((done) => setTimeout(done, 50))
  }

  #note(): void {
    this.acknowledged += 1
    this.#noted()
  }

  async #makeRoom(app: App): Promise<void> {
    for (const signUp of this.#signUps) {
      if (signUp.emails.length < MAX_SIGN_UPS) continue
      await acknowledged(ask(app, 'POST', '/api/sandbox/reset', { sandbox: signUp.sandbox }))
      signUp.emails = []
    }
  }
}

/** @throws {Refused} when the response isn't 2xx; errors of a broken connection pass through */
async function acknowledged(asked: Promise<Response>): Promise<void> {
  const answer = await asked
  if (!answer.ok) throw new Refused(`${answer.status} ${await answer.text()}`)
  // A truncated body is not a response.
  await answer.text()
}

class Refused extends Error {
  override name = 'Refused'
}

async function untilItThrows(step: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await step()
    } catch (error) {
      if (error instanceof Refused) throw error
      return
    }
  }
}

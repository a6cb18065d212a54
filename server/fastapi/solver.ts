import { inStep, noteStep } from '../trace/trace.ts'
import type { Dependency, Depends, Yielding } from './dependency.ts'
import type { Request } from './request.ts'
import { runInThreadpool, runOnEventLoop } from './threadpool.ts'

/** Solves the dependencies of one request: each one once, and cleans up after them. */
export class Solver {
  readonly #request: Request
  readonly #cache = new Map<Dependency<unknown>, unknown>()
  readonly #open: { dependency: Dependency<unknown>; generator: Yielding<unknown> }[] = []

  constructor(request: Request) {
    this.#request = request
  }

  /**
   * The values of dependencies by name, in the order in which they were declared; each one's own dependencies come first.
   * @throws what a dependency throws: nothing after it runs
   */
  async solve(depends: Depends): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {}
    for (const [name, dependency] of Object.entries(depends)) values[name] = await this.#value(dependency)
    return values
  }

  /** Whether a dependency with `yield` still has to be cleaned up. */
  get cleansUp(): boolean {
    return this.#open.length > 0
  }

  /**
   * Runs the code after each `yield`, the last opened first.
   * @param failure what ended the request, thrown into each generator at its `yield`
   */
  async cleanUp(failure?: { error: unknown }): Promise<void> {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const { dependency, generator } = next
      const about = failure === undefined ? dependency.steps.after : dependency.steps.failed
      await inStep(this.#request.state.trace, about, async () => {
        await (failure === undefined ? generator.next() : rethrown(generator, failure.error))
      })
    }
  }

  async #value(dependency: Dependency<unknown>): Promise<unknown> {
    if (this.#cache.has(dependency)) {
      noteStep(this.#request.state.trace, dependency.steps.cached, 'cached')
      return this.#cache.get(dependency)
    }
    const values = { ...(await this.solve(dependency.depends)), request: this.#request }
    const inItsPlace = dependency.async ? runOnEventLoop : runInThreadpool
    const value = await inItsPlace(this.#request, (place) =>
      inStep(this.#request.state.trace, dependency.steps.called[place], () => this.#call(dependency, values)),
    )
    this.#cache.set(dependency, value)
    return value
  }

  #call(dependency: Dependency<unknown>, values: object): unknown {
    const result = (dependency.run as (values: object) => unknown)(values)
    if (!isYielding(result)) return result
    const opened = ({ value, done }: IteratorResult<unknown, void>): unknown => {
      if (done === true) throw new Error(`${dependency.region} ended without a yield`)
      this.#open.push({ dependency, generator: result })
      return value
    }
    const first = result.next()
    return first instanceof Promise ? first.then(opened) : opened(first)
  }
}

function isYielding(result: unknown): result is Yielding<unknown> {
  return result !== null && typeof result === 'object' && 'next' in result && 'throw' in result
}

/** A generator may throw on what was thrown into it: that is how an error passes through `finally`. */
async function rethrown(generator: Yielding<unknown>, error: unknown): Promise<void> {
  try {
    await generator.throw(error)
  } catch (passed) {
    if (passed !== error) throw passed
  }
}

import { inStep, noteStep } from '../trace/trace.ts'
import type { Dependency, Depends, Yielding } from './dependency.ts'
import type { Request } from './request.ts'

/** What was solved for one request: every dependency once, and what has to be cleaned up. */
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

  /** Whether a dependency with `yield` waits for its clean-up. */
  get cleansUp(): boolean {
    return this.#open.length > 0
  }

  /**
   * Runs what stands below each `yield`, the last opened first.
   * @param failure what ended the request, thrown into each generator at its `yield`
   */
  async cleanUp(failure?: { error: unknown }): Promise<void> {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      const { dependency, generator } = next
      const says = failure === undefined ? 'What stands below `yield` runs: the answer has gone out.' : FAILED
      await inStep(aboutOf(dependency, `${nameOf(dependency)}, after yield`, says), async () => {
        await (failure === undefined ? generator.next() : rethrown(generator, failure.error))
      })
    }
  }

  async #value(dependency: Dependency<unknown>): Promise<unknown> {
    if (this.#cache.has(dependency)) {
      noteStep({
        ...aboutOf(
          dependency,
          nameOf(dependency),
          'Asked for again in the same request: the same value is handed out.',
        ),
        verdict: 'cached',
      })
      return this.#cache.get(dependency)
    }
    const values = { ...(await this.solve(dependency.depends)), request: this.#request }
    const says = Object.keys(dependency.depends)
    const value = await inStep(
      aboutOf(
        dependency,
        nameOf(dependency),
        says.length === 0 ? 'Called.' : `Called with ${says.join(', ')}.`,
      ),
      () => this.#call(dependency, values),
    )
    this.#cache.set(dependency, value)
    return value
  }

  async #call(dependency: Dependency<unknown>, values: object): Promise<unknown> {
    const result = (dependency.run as (values: object) => unknown)(values)
    if (!isYielding(result)) return result
    const { value, done } = await result.next()
    if (done === true) throw new Error(`${dependency.region} ended without a yield`)
    this.#open.push({ dependency, generator: result })
    return value
  }
}

const FAILED = 'What stands below `yield` runs at once: the request has failed.'

function aboutOf(dependency: Dependency<unknown>, title: string, says: string) {
  const cached = says.startsWith('Asked')
  return {
    name: dependency.region,
    kind: 'dependency',
    title,
    detail: { kind: 'dependency', cached, says },
  } as const
}

function nameOf({ region }: Dependency<unknown>): string {
  return `Depends(${region.slice(region.lastIndexOf('.') + 1)})`
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

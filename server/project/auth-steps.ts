import type { StepDetail } from '#contract/trace.ts'
import { inStep, type Trace } from '../trace/trace.ts'

type PasswordDetail = Extract<StepDetail, { kind: 'password' }>
type TokenDetail = Extract<StepDetail, { kind: 'token' }>

/** Records one check of a token by name. @throws the step's refusal when it fails */
export type Check = (name: string, ok: boolean, message: string) => asserts ok

const TITLES = {
  hash: 'Password hashed',
  compare: 'Password compared',
  'compare-dummy': 'Password compared with a dummy hash: no user has this email',
  create: 'Token created',
  check: 'Token checked',
}

/**
 * Runs work on a password as a step of the trace, which shows its cost, the salt and its outcome, never the password or a hash.
 * @param run returns the hash that it made, or whether the password has the stored one
 */
export function inPasswordStep<T extends string | boolean>(
  trace: Trace | undefined,
  name: string,
  { action, cost, stored }: Pick<PasswordDetail, 'action' | 'cost'> & { stored?: string },
  run: () => Promise<T>,
): Promise<T> {
  const detail: PasswordDetail = { kind: 'password', action, algorithm: 'bcrypt', cost, match: null }
  return inStep(trace, { name, kind: 'password', title: TITLES[action], detail }, async (step) => {
    const result = await run()
    detail.salt = saltOf(typeof result === 'string' ? result : stored)
    if (typeof result === 'boolean') {
      detail.match = result
      if (!result) step.refuse()
    }
    return result
  })
}

/** `$2b$10$`, 22 characters of salt, 31 of result. */
function saltOf(hash: string | undefined): string | undefined {
  return hash?.slice(7, 29)
}

/** Runs work on a token as a step of the trace, which shows each check by name, never the token. */
export function inTokenStep<T>(
  trace: Trace | undefined,
  name: string,
  { action, algorithm, refusal }: Pick<TokenDetail, 'action' | 'algorithm'> & { refusal?: () => Error },
  run: (check: Check, detail: TokenDetail) => T | Promise<T>,
): Promise<T> {
  const detail: TokenDetail = { kind: 'token', action, algorithm, lifetime: null, checks: [] }
  const check: Check = (checked, ok, message) => {
    detail.checks.push({ name: checked, ok, message })
    if (!ok) throw refusal?.() ?? new Error(`the check ${checked} failed`)
  }
  return inStep(trace, { name, kind: 'token', title: TITLES[action], detail }, () => run(check, detail))
}

/** Adds the last check of a token, the one that asks the database: whether its user still exists. */
export function noteUser(trace: Trace | undefined, found: boolean): void {
  const step = trace?.steps.findLast(({ about }) => about.name === 'auth.decode_token')
  if (step?.about.detail.kind !== 'token') return
  step.about.detail.checks.push({ name: 'user', ok: found, message: 'the user still exists' })
  if (!found) step.refuse()
}

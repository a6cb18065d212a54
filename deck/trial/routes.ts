import { z } from 'zod'
import { closest } from 'fastest-levenshtein'
import type { StepTrial } from './try-lesson.ts'

const OpenApi = z.object({ paths: z.record(z.string(), z.unknown()) })

/** The paths of the app's OpenAPI document, such as `/users/{user_id}`. */
export async function routesOf(origin: string): Promise<string[]> {
  const response = await fetch(`${origin}/openapi.json`)
  return Object.keys(OpenApi.parse(await response.json()).paths)
}

/**
 * Whether a step was sent to a path that the app doesn't have, though no claim of it expects that.
 * @param routes see `routesOf`
 * @returns the cause, or nothing
 */
export function routeFault(trial: StepTrial, routes: readonly string[]): string[] {
  if ('problem' in trial || trial.evidence.status !== 404) return []
  const { step, evidence, sent } = trial
  const isUnrouted = evidence.text === '{"detail":"Not Found"}' || sent.path.startsWith('/api/')
  const isMeant = step.claims.some(({ expect: { status } }) => status === 404)
  const path = sent.path.split('?')[0] ?? ''
  if (!isUnrouted || isMeant || routes.some((route) => isRouteOf(route, path))) return []
  return [
    ` is sent to ${path}, and no route has this path; the nearest is ${nearestRoute(path, routes)}. If a 404 is what it shows, say so in a claim: status: 404`,
  ]
}

/** `/users/me` for `/me`: who leaves out the beginning means that one. */
function nearestRoute(path: string, routes: readonly string[]): string {
  return routes.find((route) => path.length > 1 && route.endsWith(path)) ?? closest(path, [...routes])
}

function isRouteOf(route: string, path: string): boolean {
  const parts = route.split('/')
  const values = path.split('/')
  return (
    parts.length === values.length &&
    parts.every((part, index) => (part.startsWith('{') ? values[index] !== '' : part === values[index]))
  )
}

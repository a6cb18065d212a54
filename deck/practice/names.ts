import type { Expectation } from '#contract/claim.ts'
import type { PracticeRequest } from '#contract/practice.ts'
import { sourcesOf } from '#contract/request.ts'
import { variablesIn } from '#contract/variables.ts'
import { didYouMean } from '../fault.ts'
import type { KnownNames } from '../references.ts'
import { storeFaults } from '../tables.ts'

export type Path = readonly PropertyKey[]

/** Something that is wrong at a path of practice.yaml. */
export interface Wrong {
  path: Path
  cause: string
}

type Sources = ReturnType<typeof sourcesOf>

/** @param ids of the lesson's steps */
export function unknownSteps(names: readonly string[], ids: readonly string[], path: Path): Wrong[] {
  return names
    .filter((name) => !ids.includes(name))
    .map((name) => ({ path, cause: `no step "${name}" in this lesson${didYouMean(name, ids)}` }))
}

/**
 * Variables that nothing saves before the request which sends them, and trace steps that don't exist.
 * @param at the path of a request, by its index
 * @param saved what is saved before the first request; a value from a trace can't be sent
 */
export function requestFaults(
  requests: readonly PracticeRequest[],
  at: (request: number) => Path,
  saved: Sources,
  known: KnownNames,
): Wrong[] {
  return requests.flatMap((request, index) => {
    const earlier = [...saved, ...requests.slice(0, index).flatMap(sourcesOf)]
    const sendable = earlier.flatMap(([name, { step }]) => (step === undefined ? [name] : []))
    const { save: _save, ...sent } = request
    const sources = sourcesOf(request).flatMap(([name, { step }]) =>
      step === undefined ? [] : traceName(step, [...at(index), 'save', name], known),
    )
    return [...sources, ...unsaved(sent, sendable, at(index), 'nothing before this request saves')]
  })
}

/** Variables anywhere in a value that aren't among the saved ones. */
export function unsaved(value: unknown, saved: readonly string[], path: Path, cause: string): Wrong[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      unsaved(item, saved, [...path, Array.isArray(value) ? Number(key) : key], cause),
    )
  }
  return variablesIn(value ?? null)
    .filter((name) => !saved.includes(name))
    .map((name) => ({ path, cause: `${cause} {{${name}}}${didYouMean(name, saved)}` }))
}

/** Names of trace steps, tables and columns in an expectation that don't exist. */
export function nameFaults({ trace = [], store }: Expectation, path: Path, known: KnownNames): Wrong[] {
  const steps = trace.flatMap((part, index) =>
    (['step', 'before', 'within', 'longerThan'] as const).flatMap((key) => {
      const name = part[key]
      return name === undefined ? [] : traceName(name, [...path, 'trace', index, key], known)
    }),
  )
  const rows = storeFaults(store, known.tables).map(({ path: part, cause }) => ({
    path: [...path, ...part],
    cause,
  }))
  return [...steps, ...rows]
}

export function traceName(name: string, path: Path, { steps }: KnownNames): Wrong[] {
  return steps.has(name) ? [] : [{ path, cause: `no trace step "${name}"${didYouMean(name, steps)}` }]
}

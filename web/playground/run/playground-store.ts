import { defineStore } from 'pinia'
import { reactive, shallowRef } from 'vue'
import type { Draft } from '../request/draft.ts'
import type { Exchange, StepState } from './exchange.ts'

/** Sends of one tab that are kept; the oldest goes first. */
export const HISTORY_LIMIT = 60

/** What the playground has done in this tab: sends, the values they saved, and what each step has come to. */
export const usePlaygroundStore = defineStore('playground', () => {
  /** Newest first. */
  const history = shallowRef<Exchange[]>([])
  /** Requests as they were edited, by the key of what they were edited from. */
  const drafts = reactive<Record<string, Draft>>({})
  const variables = reactive<Record<string, Record<string, unknown>>>({})
  const states = reactive<Record<string, StepState>>({})
  /** ISO time of the last reset: what was read of the sandbox before is out of date. */
  const resetAt = shallowRef('')
  let sends = 0

  function record(exchange: Omit<Exchange, 'id'>): Exchange {
    const kept = { ...exchange, id: ++sends }
    history.value = [kept, ...history.value].slice(0, HISTORY_LIMIT)
    return kept
  }

  function save(slug: string, values: Readonly<Record<string, unknown>>): void {
    variables[slug] = { ...variables[slug], ...values }
  }

  function stateOf(slug: string, stepId: string): StepState {
    return states[`${slug}/${stepId}`] ?? 'waiting'
  }

  function setState(slug: string, stepId: string, state: StepState): void {
    states[`${slug}/${stepId}`] = state
  }

  /** As `forget`, but keeps one lesson's values: its own steps asked for the reset and were written for it. */
  function forgetOthers(slug: string): void {
    for (const other of Object.keys(variables)) if (other !== slug) delete variables[other]
    resetAt.value = new Date().toISOString()
  }

  /** Forgets values that name rows which a reset has taken away, and what steps had come to. */
  function forget(): void {
    for (const slug of Object.keys(variables)) delete variables[slug]
    for (const key of Object.keys(states)) delete states[key]
    resetAt.value = new Date().toISOString()
  }

  return {
    history,
    drafts,
    variables,
    states,
    resetAt,
    record,
    save,
    stateOf,
    setState,
    forget,
    forgetOthers,
  }
})

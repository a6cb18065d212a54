import { defineStore } from 'pinia'
import { reactive, shallowRef } from 'vue'
import type { RequestDraft } from '../request/draft.ts'
import type { Exchange, StepState } from './exchange.ts'

/** How many exchanges a tab keeps; the oldest are dropped first. */
export const HISTORY_LIMIT = 60

/** What the playground has done in this tab: exchanges, the values they saved, and the state of each step. */
export const usePlaygroundStore = defineStore('playground', () => {
  /** Newest first. */
  const history = shallowRef<Exchange[]>([])
  /** Edited requests, by the key of the step or operation they belong to. */
  const drafts = reactive<Record<string, RequestDraft>>({})
  const variables = reactive<Record<string, Record<string, unknown>>>({})
  const states = reactive<Record<string, StepState>>({})
  /** ISO time of the last reset: anything read from the sandbox before that is out of date. */
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

  /** As `forget`, but keeps one lesson's values: its own step asked for the reset, and its steps expect it. */
  function forgetOthers(slug: string): void {
    for (const other of Object.keys(variables)) if (other !== slug) delete variables[other]
    resetAt.value = new Date().toISOString()
  }

  /** Forgets saved values, which name rows that a reset has deleted, and the states of steps. */
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

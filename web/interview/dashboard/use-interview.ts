import { useIntervalFn } from '@vueuse/core'
import { onMounted, shallowRef } from 'vue'
import type { HostCommand } from '#contract/interview/commands.ts'
import type { Grid } from '#contract/interview/grid.ts'
import type { InterviewCommand, InterviewView, NewRoom } from '#contract/interview/interview.ts'
import { ApiFailure } from '../../api/call.ts'
import { newId, newKey } from '../../browser/random.ts'
import {
  commandInterview,
  commandRoom,
  deleteInterview,
  readGrid,
  readInterview,
  type HostAccess,
} from '../api/interviews.ts'
import { forgetInterview, hostLink } from '../saved.ts'
import { keepAccess } from '../page/use-host-access.ts'

/** How often the state of the rooms is loaded while the page is visible. */
const POLL_INTERVAL_MS = 4_000

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> : never

/** An interview for its dashboard, loaded again every few seconds. */
export function useInterview(access: HostAccess, hideNames: () => boolean) {
  const view = shallowRef<InterviewView | null>(null)
  const grid = shallowRef<Grid | null>(null)
  const links = shallowRef<Readonly<Record<string, string>>>({})
  const missing = shallowRef(false)
  const fault = shallowRef('')
  const busy = shallowRef(false)
  let latest = 0

  onMounted(load)
  useIntervalFn(() => {
    if (document.visibilityState === 'visible' && !missing.value) void load()
  }, POLL_INTERVAL_MS)

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    try {
      const found = await readInterview(access)
      const rows = await readGrid(access, hideNames())
      if (mine !== latest) return
      if (view.value === null) keepAccess(access, found)
      view.value = found
      grid.value = rows
      fault.value = ''
    } catch (error) {
      if (mine !== latest) return
      if (error instanceof ApiFailure && (error.status === 404 || error.status === 401)) missing.value = true
      else fault.value = (error as Error).message
    }
  }

  async function ask(command: WithoutId<InterviewCommand>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await commandInterview(access, { id: newId(), ...command })
      fault.value = ''
      await load()
      return true
    } catch (error) {
      fault.value = (error as Error).message
      return false
    } finally {
      busy.value = false
    }
  }

  const addRoom = (room: NewRoom): Promise<boolean> => ask({ type: 'add-room', room })
  const removeRoom = (room: string): Promise<boolean> => ask({ type: 'remove-room', room })
  const removeInterviewer = (interviewer: string): Promise<boolean> =>
    ask({ type: 'remove-interviewer', interviewer })

  /** Sends a command to a room. @returns why it was refused, or null */
  async function order(room: string, command: WithoutId<HostCommand>): Promise<string | null> {
    try {
      await commandRoom({ ...access, room }, { id: newId(), ...command })
      await load()
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  async function addInterviewer(name: string): Promise<void> {
    const [interviewer, key] = [newId(), newKey()]
    if (!(await ask({ type: 'add-interviewer', interviewer, name, key }))) return
    links.value = { ...links.value, [interviewer]: hostLink(access.interview, key) }
  }

  /** @returns whether it is gone */
  async function remove(): Promise<boolean> {
    try {
      await deleteInterview(access)
      forgetInterview(access.interview)
      return true
    } catch (error) {
      fault.value = (error as Error).message
      return false
    }
  }

  return {
    ...{ view, grid, links, missing, fault, busy },
    ...{ load, order, addRoom, removeRoom, addInterviewer, removeInterviewer, remove },
  }
}

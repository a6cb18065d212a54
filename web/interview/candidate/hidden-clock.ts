import { shallowRef } from 'vue'
import { readStored, writeStored } from '../../stores/stored.ts'

const KEY = 'viva:clock-hidden'

/** Whether this browser hides clocks from its candidate. */
export const clockHidden = shallowRef(readStored(KEY) === true)

export function hideClock(hidden: boolean): void {
  clockHidden.value = hidden
  writeStored(KEY, hidden)
}

import { ref, watch, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { PersonName } from '#contract/interview/identity.ts'
import { newId, newKey } from '../../browser/random.ts'
import { readStored, writeStored } from '../../stores/stored.ts'
import { createInterview } from '../api/interviews.ts'
import { keepInterview } from '../saved.ts'
import type { useDraft } from './use-draft.ts'

const NAME = 'viva:interviewer-name'

/** Turns the draft into an interview and opens it. @param fault shows what stands in the way */
export function useCreateInterview({ draft, checked }: ReturnType<typeof useDraft>, fault: Ref<string>) {
  const router = useRouter()
  const stored = readStored(NAME)
  /** The interviewer's name, remembered for the next interview. */
  const name = ref(typeof stored === 'string' ? stored : '')
  const busy = ref(false)
  // Reused by every attempt: when a response gets lost, sending it again doesn't create a second interview.
  const ids = { interview: newId(), interviewer: newId(), key: newKey() }

  watch(name, () => writeStored(NAME, name.value))

  async function create(): Promise<void> {
    if (busy.value) return
    const set = checked()
    const me = PersonName.safeParse(name.value)
    if (!me.success) return void (fault.value = 'Enter your name: candidates see who they’re talking to.')
    if ('fault' in set) return void (fault.value = set.fault)
    busy.value = true
    fault.value = ''
    try {
      const { interview: id, interviewer, key } = ids
      const created = await createInterview({
        ...{ id, plan: set.plan, key },
        interviewer: { id: interviewer, name: me.data },
      })
      const { createdAt, keptUntil } = created
      keepInterview({ id, key, title: created.plan.title, name: me.data, createdAt, keptUntil })
      draft.used = true
      await router.push(`/interview/${id}`)
    } catch (error) {
      fault.value = (error as Error).message
    } finally {
      busy.value = false
    }
  }

  return { name, busy, create }
}

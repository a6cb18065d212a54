import { reactive } from 'vue'
import type { HostMessage } from '#contract/interview/host-view.ts'
import type { Plan } from '#contract/interview/plan.ts'
import { givenFiles } from '../bug/given-files.ts'
import { filesIn } from '../bug/bug-words.ts'
import { CodePassages } from '../sync/code-passages.ts'
import { largestInsertion, MIN_PASSAGE } from '../sync/largest-insertion.ts'

/** A passage that was inserted in one go. `file` is the file of the project that it is in. */
export interface Passage {
  length: number
  at: number
  file?: string
}

/**
 * The latest passages that the candidate inserted in one go, by question: into the answer, and into code.
 * @param texts all texts of the room by name, as they are before what is noted
 */
export function notePassages(texts: Readonly<Record<string, string>>, plan: () => Plan | null) {
  const answers = reactive<Record<string, Passage>>({})
  const code = reactive<Record<string, Passage>>({})
  const measures = new Map<string, CodePassages>()

  /** To be called with every text that arrives, before it is applied. */
  function note({ document, update, at, late }: Extract<HostMessage, { kind: 'text' }>): void {
    if (document.of === 'answer') {
      const length = late ? 0 : largestInsertion(update)
      if (length >= MIN_PASSAGE) answers[document.question] = { length, at }
    } else if (document.of === 'file') {
      const { question, file } = document
      const length = measureOf(question).measure(update, Object.values(filesIn(texts, question)))
      if (length > 0 && !late) code[question] = { length, at, file }
    }
  }

  function measureOf(question: string): CodePassages {
    const known = measures.get(question)
    if (known) return known
    const broken = plan()?.questions.find(({ key }) => key === question)?.bug?.files ?? {}
    const measure = new CodePassages(givenFiles(broken))
    measures.set(question, measure)
    return measure
  }

  return { answers, code, note }
}

import { shallowRef } from 'vue'
import { ProjectPath } from '#contract/interview/bug.ts'
import type { CandidateBug } from '#contract/interview/candidate-view.ts'
import { QuestionKey } from '#contract/interview/plan.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { newId } from '../../browser/random.ts'
import { storedKeys } from '../../stores/stored.ts'
import { commandSeat, type SeatAccess } from '../api/candidate.ts'
import { SharedText, type Saving } from '../sync/shared-text.ts'

/** How bad a state is: the worst of all files is shown. */
const STATES: readonly Saving['state'][] = ['saved', 'saving', 'waiting', 'refused']

/** The project's files in a room, as the candidate changes them: kept in this browser until the server has them, as answers are. */
export class CandidateFiles {
  readonly #access: SeatAccess
  readonly #prefix: string
  /** By question and path. */
  readonly #texts = new Map<string, SharedText>()
  /** The project without the bug, once it is loaded. */
  #project: ProjectFiles | null = null
  #shown: { question: string; bug: CandidateBug } | null = null
  /** All files of the present question as they are now; empty where it has no bug, and before they are loaded. */
  readonly current = shallowRef<ProjectFiles>({})
  readonly saving = shallowRef<Saving>({ state: 'saved' })
  /** The project's code could not be loaded. */
  readonly failed = shallowRef(false)

  constructor(access: SeatAccess) {
    this.#access = access
    this.#prefix = `viva:room:${access.room}:file:`
  }

  /** Shows a question's bug, with what the server has of its files. */
  show(question: string | null, bug: CandidateBug | null): void {
    this.#shown = question === null || bug === null ? null : { question, bug }
    if (this.#shown === null) this.current.value = {}
    else void this.load()
  }

  /** Loads the project's code, which only a question with a bug needs. */
  async load(): Promise<void> {
    this.failed.value = false
    try {
      this.#project ??= (await import('../../original/files/own-files.ts')).OWN_FILES
    } catch {
      this.failed.value = true
      return
    }
    if (this.#shown === null) return
    const { question, bug } = this.#shown
    for (const path of bug.paths) this.#textOf(question, path).adopt(bug.edits[path] ?? null)
    this.#refresh()
  }

  /** Applies a change that was made in another tab. */
  take({ question, file, update }: { question: string; file: string; update: string }): void {
    if (this.#project !== null) this.#textOf(question, file).take(update)
  }

  set(path: string, text: string): void {
    if (this.#shown !== null) this.#textOf(this.#shown.question, path).set(text)
  }

  /** Sends what waits now. */
  flush(): void {
    for (const text of this.#texts.values()) text.flush()
  }

  /** Sends what was changed before a reload, in questions that may be over, and never reached the server. */
  sendLeftBehind(): void {
    for (const name of storedKeys(this.#prefix)) {
      const [key, path] = name.slice(this.#prefix.length).split(':')
      const question = QuestionKey.safeParse(key).data
      const file = ProjectPath.safeParse(path).data
      if (question !== undefined && file !== undefined) this.#textOf(question, file).flush()
    }
  }

  end(): void {
    for (const text of this.#texts.values()) text.end()
  }

  #textOf(question: string, path: string): SharedText {
    const name = `${question}:${path}`
    const known = this.#texts.get(name)
    if (known) return known
    const text = new SharedText({
      keptAs: this.#prefix + name,
      base: this.#shown?.bug.files[path] ?? this.#project?.[path] ?? '',
      send: (update) =>
        commandSeat(this.#access, { id: newId(), type: 'edit-file', question, file: path, update }),
      changed: () => {
        if (question === this.#shown?.question) this.#refresh()
      },
    })
    text.onSaving = () => this.#refreshSaving()
    this.#texts.set(name, text)
    return text
  }

  #refresh(): void {
    if (this.#shown === null || this.#project === null) return
    const { question, bug } = this.#shown
    const order = Object.keys(this.#project)
    const paths = [...bug.paths].sort((one, other) => order.indexOf(one) - order.indexOf(other))
    this.current.value = Object.fromEntries(paths.map((path) => [path, this.#textOf(question, path).value]))
    this.#refreshSaving()
  }

  #refreshSaving(): void {
    const savings = [...this.#texts]
      .filter(([name]) => name.startsWith(`${this.#shown?.question}:`))
      .map(([, { saving }]) => saving)
    this.saving.value = savings.reduce<Saving>(
      (worst, one) => (STATES.indexOf(one.state) > STATES.indexOf(worst.state) ? one : worst),
      { state: 'saved' },
    )
  }
}

import type { PlanDraft } from '#contract/interview/plan.ts'
import { download } from '../../ui/download.ts'
import { fileName } from '../../ui/file-name.ts'
import { templateOf } from './template.ts'

/** Offers a set as a file that can be imported on any Viva. */
export function exportSet(set: PlanDraft): void {
  download(`${fileName(set.title, 'interview')}.json`, 'application/json', templateOf(set))
}

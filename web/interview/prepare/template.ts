import { PlanTemplate, type PlanDraft } from '#contract/interview/plan.ts'
import { download } from '../../ui/download.ts'
import { fileName } from '../../ui/file-name.ts'
import { fileFault } from './faults.ts'

/** A set as the text of a file. */
export function templateOf(plan: PlanDraft): string {
  const template: PlanTemplate = { format: 'viva-interview-template', version: 1, plan }
  return `${JSON.stringify(template, null, 2)}\n`
}

/** Offers a set as a file that can be imported on any Viva. */
export function exportSet(set: PlanDraft): void {
  download(`${fileName(set.title, 'interview')}.json`, 'application/json', templateOf(set))
}

/**
 * Reads a set from a file.
 * @returns the set, or a sentence about what is wrong with the file
 */
export function readTemplate(file: string): { plan: PlanDraft } | { fault: string } {
  let json: unknown
  try {
    json = JSON.parse(file)
  } catch {
    return { fault: 'This file isn’t valid JSON. Choose a set that was exported here.' }
  }
  const read = PlanTemplate.safeParse(json)
  return read.success ? { plan: read.data.plan } : { fault: fileFault(read.error) }
}

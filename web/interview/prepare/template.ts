import { PlanTemplate, type PlanDraft } from '#contract/interview/plan.ts'

/** A set as a file. */
export function templateOf(plan: PlanDraft): string {
  const template: PlanTemplate = { format: 'viva-interview-template', version: 1, plan }
  return `${JSON.stringify(template, null, 2)}\n`
}

/**
 * Reads a set from a file.
 * @returns the set, or what is wrong with the file and where
 */
export function readTemplate(file: string): { plan: PlanDraft } | { fault: string } {
  let json: unknown
  try {
    json = JSON.parse(file)
  } catch {
    return { fault: 'This is not JSON.' }
  }
  const read = PlanTemplate.safeParse(json)
  if (read.success) return { plan: read.data.plan }
  const [issue] = read.error.issues
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  return { fault: `${at}${issue?.message ?? 'not a template'}` }
}

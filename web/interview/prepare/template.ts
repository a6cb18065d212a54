import {
  PlanTemplate,
  type Plan,
  type PlanDraft,
  type PlanItem,
  type Question,
} from '#contract/interview/plan.ts'

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

/** The set of an interview, to save it or to lead another one by it. */
export function draftOf(plan: Plan): PlanDraft {
  return { title: plan.title, questions: plan.questions.map(itemOf) }
}

function itemOf(asked: Question): PlanItem {
  const { slug, minutes, playground, note } = asked
  if (slug !== null) return { from: 'lesson', slug, minutes, playground, note }
  const { title, question, level, topics, keyPoints, rubric, answer } = asked
  return {
    ...{ from: 'own', title, question, level, topics, minutes, keyPoints, rubric, playground, note },
    answer: answer.body,
    followUps: asked.followUps.map((follow) => ({ question: follow.question, answer: follow.answer.body })),
  }
}

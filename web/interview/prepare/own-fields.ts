import type { PlanItem } from '#contract/interview/plan.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'
import type { Level } from '#contract/level.ts'

export type OwnItem = Extract<PlanItem, { from: 'own' }>

/** The fields of the form for an own question. @param item null for a new one */
export function fieldsOf(item: OwnItem | null) {
  return {
    title: item?.title ?? '',
    question: item?.question ?? '',
    level: item?.level ?? ('junior' as Level),
    topics: item?.topics.join(', ') ?? '',
    minutes: item?.minutes ?? 10,
    answer: item?.answer ?? '',
    keyPoints: item?.keyPoints.join('\n') ?? '',
    redFlags: item?.redFlags.join('\n') ?? '',
    followUps: item?.followUps.map(({ question }) => question).join('\n') ?? '',
    ownRubric: item?.rubric !== undefined,
    rubric: [...(item?.rubric ?? GENERIC_RUBRIC)],
  }
}
export type OwnFields = ReturnType<typeof fieldsOf>

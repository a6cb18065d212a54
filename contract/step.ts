import { z } from 'zod'
import { Claim, kebabCase } from './claim.ts'
import { hasSeveralBodies, isBurstOfWrites, requestFields } from './request-fields.ts'

/** One request of a lesson. */
export const Step = z
  .strictObject({
    /** Unique in its lesson, kebab-case. */
    id: kebabCase,
    /** A few words for the list of steps. */
    title: z.string().min(3).max(70),
    /** What to look at, one or two sentences. */
    note: z.string().min(3),
    ...requestFields,
    /** The sandbox is reset to the seeded people before this step. */
    fresh: z.boolean().default(false),
    /** Ids of earlier steps that run before this one, each time. */
    after: z.array(kebabCase).default([]),
    /** What this step shows of the lesson's text. */
    claims: z.array(Claim).default([]),
  })
  .refine((step) => !hasSeveralBodies(step), {
    message: 'a step has only one body: keep one of json, form and text',
  })
  .refine((step) => !isBurstOfWrites(step), { message: 'a burst must use GET' })
export type Step = z.infer<typeof Step>

/** `steps.yaml` beside `lesson.md`. */
export const StepsFile = z.strictObject({ steps: z.array(Step).min(1) })
export type StepsFile = z.infer<typeof StepsFile>

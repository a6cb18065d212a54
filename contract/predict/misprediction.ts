import { z } from 'zod'
import { kebabCase as name } from '../claim.ts'
import { Method } from '../request-fields.ts'

const value = z.union([z.int(), z.string()])

/**
 * The misconception behind a wrong prediction: of one step of this lesson, or of every step of the deck that is asked for its status and
 * gets this one.
 */
export const Misprediction = z
  .strictObject({
    step: name.optional(),
    status: z.int().optional(),
    /** With `status`: only of requests with this method. */
    method: Method.optional(),
    /** One or several values that are offered, and wrong: a status, a number, or how a handler ends. */
    chosen: z.union([value, z.array(value).min(1)]).transform((chosen) => [chosen].flat().map(String)),
    misconception: name,
    /** What is so instead, said after “It was 422:”; without it, the misconception's truth is. Words between backticks are code. */
    says: z.string().min(3).optional(),
  })
  .refine(({ step, status }) => (step === undefined) !== (status === undefined), {
    message: 'needs step or status, and not both',
  })
  .refine(({ step, method }) => step === undefined || method === undefined, {
    message: 'a step has its method',
  })

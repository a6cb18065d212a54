import type { z } from 'zod'
import type { FieldVerdict, StepDetail } from '#contract/trace.ts'
import { inStepSync, type StepAbout } from '../trace/trace.ts'
import { RequestValidationError } from './http-exception.ts'
import type { PathOperation } from './operation.ts'
import type { Request } from './request.ts'
import { modelName, regionOf } from './schema-region.ts'
import { queryString } from './url.ts'
import { readQuery, type BodyResult } from './validation/read-body.ts'
import { validate, validateFields } from './validation/validate.ts'
import type { Validation, ValidationErrorItem } from './validation/validation-error-item.ts'

type Body = Extract<BodyResult, { ok: true }>
type Detail = Extract<StepDetail, { kind: 'validation' }>
type Values = Record<string, unknown>

/**
 * Checks everything that an operation declares about its request: path, then query, then body.
 * @returns the parameters by name, and `body` or `form`
 * @throws {RequestValidationError} with all problems at once
 */
export function validateRequest(
  request: Request,
  operation: PathOperation,
  params: ReadonlyMap<string, string>,
  body: Body | undefined,
): Values {
  const { params: declared = {}, body: model, form } = operation
  const where = model ? 'body' : form ? 'form' : declared.query ? 'query' : 'path'
  if (where === 'path' && declared.path === undefined) return {}

  const fields: FieldVerdict[] = []
  const errors: ValidationErrorItem[] = []
  const take = (found: Validation<unknown>): unknown => {
    fields.push(...found.fields)
    if (found.ok) return found.value
    errors.push(...found.errors)
    return undefined
  }
  const about: StepAbout = {
    name: 'request.validation',
    kind: 'validation',
    title: 'Request validated',
    detail: { kind: 'validation', model: model ? modelName(model) : null, where, fields },
  }
  return inStepSync(request.state.trace, about, () => {
    const values: Values = {}
    if (declared.path) Object.assign(values, take(validateFields(declared.path, params, 'path')))
    if (declared.query) {
      const received = readQuery(queryString(request.url))
      Object.assign(values, take(validateFields(declared.query, received, 'query')))
    }
    if (form && body?.as === 'form') values.form = take(validateFields(form, body.value, 'body'))
    if (model && body && body.as !== 'form') values.body = take(validateBody(request, model, body.value))
    if (errors.length > 0) throw new RequestValidationError(errors)
    return values
  })
}

/** A model with a region in both twins gets a step of its own, which opens its lines. */
function validateBody(
  request: Request,
  model: z.ZodType,
  value: Parameters<typeof validate>[1],
): Validation<unknown> {
  const name = regionOf(model)
  if (name === undefined) return validate(model, value, ['body'])
  const detail: Detail = { kind: 'validation', model: modelName(model), where: 'body', fields: [] }
  const about: StepAbout = { name, kind: 'validation', title: modelName(model), detail }
  return inStepSync(request.state.trace, about, (step) => {
    const found = validate(model, value, ['body'])
    detail.fields.push(...found.fields)
    if (!found.ok) step.refuse()
    return found
  })
}

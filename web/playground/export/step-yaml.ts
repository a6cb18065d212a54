import type { Step } from '#contract/lesson.ts'
import { lessonSteps, type Sent } from './lesson-step.ts'
import { toYaml, type Yaml } from './yaml-text.ts'

const COMMENT = `  # For steps.yaml. Choose a sentence, keep the parts of expect that it says,
  # and try it: npm run content:check
`

/** Paths of what has lines of its own: steps, claims, and the parts of what they expect. */
const BLOCKS = /^(\d+(\/claims(\/\d+(\/expect(\/[a-z]+)?)?)?)?)?$/

/**
 * What was sent, as YAML to paste into a lesson's steps.yaml.
 * @throws CannotWrite for a request that no step can describe
 */
export function stepYaml(sent: Sent): string {
  const steps = lessonSteps(sent).map(written)
  return COMMENT + toYaml(steps, (path) => BLOCKS.test(path.join('/')), 2)
}

/** As an author writes it: in the order of the documentation, without what is the default. */
function written(step: Step): Yaml {
  const { id, title, note, fresh, after, as, method, path, headers, json, form, text, save, burst, claims } =
    step
  const isDefault = { fresh: !fresh, as: as === 'nobody', method: method === 'GET' }
  const kept = Object.entries({
    ...{ id, title, note, fresh, after, as, method, path, headers, json, form, text, save, burst, claims },
  }).filter(([name, value]) => {
    if (value === undefined || isDefault[name as keyof typeof isDefault]) return false
    const isExtra = name === 'after' || name === 'headers' || name === 'save' || name === 'claims'
    return !isExtra || Object.keys(value as object).length > 0
  })
  return Object.fromEntries(kept) as Yaml
}

import { didYouMean, type Fault } from './fault.ts'
import type { Section } from './prose.ts'

/**
 * What is wrong with the `##` headings of a lesson: one that no lesson has, one that is missing, or else their order.
 * @param expected in their order
 * @param start line where the prose begins
 */
export function headingFaults(
  sections: readonly Pick<Section, 'heading' | 'line'>[],
  expected: readonly string[],
  start: number,
): Omit<Fault, 'file'>[] {
  const headings = sections.map(({ heading }) => heading)
  const missing = expected.filter((name) => !headings.includes(name))
  const unknown = sections.filter(({ heading }) => !expected.includes(heading))
  if (unknown.length > 0) {
    const names = missing.length > 0 ? missing : expected
    return unknown.map(({ heading, line }) => ({
      line,
      cause: `no lesson has a section "## ${heading}"${didYouMean(heading, names) || `; there are ${expected.map((name) => `## ${name}`).join(', ')}`}`,
    }))
  }
  if (missing.length > 0) {
    return missing.map((name) => {
      const before = expected[expected.indexOf(name) - 1]
      const line = sections.find(({ heading }) => heading === before)?.line ?? start
      return {
        line,
        cause: `the section "## ${name}" is missing${before === undefined ? '' : `; it follows "## ${before}"`}`,
      }
    })
  }
  const wrong = sections.find(({ heading }, index) => heading !== expected[index])
  const twice = sections.find(({ heading }, index) => headings.indexOf(heading) < index)
  if (twice !== undefined)
    return [{ line: twice.line, cause: `there are two sections "## ${twice.heading}"` }]
  const order = expected.map((name) => `## ${name}`).join(', ')
  return [{ line: wrong?.line ?? start, cause: `the order of the sections is ${order}` }]
}

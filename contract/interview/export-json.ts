import type { CandidateReport, Report } from './report.ts'

/** A report as a file that programs read: its schema's `format` and `version` say what it is. */
export function reportJson(report: Report | CandidateReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

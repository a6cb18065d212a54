import type { Report, ReportBug } from '#contract/interview/report.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'

/**
 * A report without files that the candidate changed and then put back as they were: the server keeps them, as it doesn't know the project.
 * @param project the project's files without any bug
 */
export function withoutUndoneChanges(report: Report, project: ProjectFiles): Report {
  return {
    ...report,
    questions: report.questions.map((question) =>
      question.bug === null ? question : { ...question, bug: changedOnly(question.bug, project) },
    ),
  }
}

function changedOnly(report: ReportBug, project: ProjectFiles): ReportBug {
  const changed = (files: ProjectFiles): ProjectFiles =>
    Object.fromEntries(
      Object.entries(files).filter(
        ([path, text]) => text !== (report.bug.files[path] ?? project[path] ?? ''),
      ),
    )
  const { files, withLate } = report
  return { ...report, files: changed(files), withLate: withLate && changed(withLate) }
}

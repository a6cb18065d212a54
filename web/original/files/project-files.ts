import { defineStore } from 'pinia'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { editFiles } from './edited-files.ts'
import { OWN_FILES } from './own-files.ts'

/** The project's files: its own, and what the learner changed in them. */
export const useProjectFiles = defineStore('project-files', () => editFiles('viva:original-files', OWN_FILES))

/** Of a project's files those that differ from its own: what the tab is to run besides. */
export function changesForTab(files: ProjectFiles): ProjectFiles {
  return Object.fromEntries(Object.entries(files).filter(([path, text]) => text !== OWN_FILES[path]))
}

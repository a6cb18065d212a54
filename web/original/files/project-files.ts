import { defineStore } from 'pinia'
import { editFiles } from './edited-files.ts'
import { OWN_FILES } from './own-files.ts'

/** The project's files: its own, and what the learner changed in them. */
export const useProjectFiles = defineStore('project-files', () => editFiles('viva:original-files', OWN_FILES))

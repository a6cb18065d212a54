import { spawnSync } from 'node:child_process'
import { installOnDebian } from './browser.mjs'

/** Whether `pdftotext` is here, which the journeys read printed pages with. */
export function hasPdfText() {
  return spawnSync('pdftotext', ['-v'], { stdio: 'ignore' }).status === 0
}

/** The same; where it isn't here, it is installed if that is possible. */
export function findPdfText() {
  if (!hasPdfText()) installOnDebian('pdftotext', ['poppler-utils'])
  return hasPdfText()
}

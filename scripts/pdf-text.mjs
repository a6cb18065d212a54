import { spawnSync } from 'node:child_process'
import { installOnDebian } from './browser.mjs'

/** Whether `pdftotext` is installed; browser journeys read printed pages with it. */
export function hasPdfText() {
  return spawnSync('pdftotext', ['-v'], { stdio: 'ignore' }).status === 0
}

/** The same, after an attempt to install it. */
export function findPdfText() {
  if (!hasPdfText()) installOnDebian('pdftotext', ['poppler-utils'])
  return hasPdfText()
}

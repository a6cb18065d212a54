import { faultOf } from '#contract/study/check-event.ts'
import { isRecord } from '../../stores/stored.ts'
import { LOG_VERSION, type StudyEvent } from './event.ts'

/** Marks a file as Viva's. */
const FORMAT = 'viva-study'
/** A year of daily practice is about 5 MB. */
export const MAX_FILE_BYTES = 50_000_000

/** The whole log as a file's text. @param events removals included */
export function writeStudyFile(events: readonly StudyEvent[], time: number): string {
  const head = { format: FORMAT, version: LOG_VERSION, exported: new Date(time).toISOString() }
  return `${JSON.stringify({ ...head, events }, null, 1)}\n`
}

/** Reads a file's text. @returns its events, or a sentence that says what is wrong with it */
export function readStudyFile(text: string): { events: StudyEvent[] } | { fault: string } {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { fault: 'This isn’t a study file: it doesn’t hold JSON, or only the beginning of it.' }
  }
  if (!isRecord(file) || file.format !== FORMAT) {
    return { fault: 'This isn’t a study file: choose one that you exported from Viva.' }
  }
  if (typeof file.version !== 'number') return { fault: 'This file is broken: its version is missing.' }
  if (file.version > LOG_VERSION) {
    return {
      fault: `A newer version of Viva wrote this file (version ${file.version}; this one reads ${LOG_VERSION}). Update this Viva, then import it again.`,
    }
  }
  if (!Array.isArray(file.events)) return { fault: 'This file is broken: its list of events is missing.' }
  for (const [index, event] of file.events.entries()) {
    const fault = faultOf(event)
    if (fault !== null) return { fault: `This file is broken: in event ${index + 1}, ${fault}.` }
  }
  return { events: file.events as StudyEvent[] }
}

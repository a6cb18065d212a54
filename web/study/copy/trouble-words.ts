import type { Trouble } from './copy-calls.ts'

/** What keeps a copy from being made, what holds meanwhile, and what can be done. */
export function troubleInWords({ kind, message }: { kind: Trouble; message: string }): string {
  switch (kind) {
    case 'offline':
      return 'The server can’t be reached. What you study is kept here, and copied once it responds.'
    case 'busy':
      return `${ended(message)} What you study is kept here; it’s tried again in a while.`
    case 'gone':
      return 'This copy is gone: it was deleted, or not used for too long. What you studied is still here. Stop copying, then make a new one.'
    case 'full':
      return `${ended(message)} What you study is kept here, and nothing more is copied. Export it to keep it elsewhere.`
    case 'refused':
      return ended(message)
  }
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

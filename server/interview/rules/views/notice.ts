import type { RoomMode } from '#contract/interview/interview.ts'

/** What the candidate reads and agrees to before joining: every kind of thing that is recorded about them. */
export function recordedNotice(
  mode: RoomMode,
  { playground, bug }: { playground: boolean; bug: boolean },
): string[] {
  return [
    'Your name, as you type it here.',
    mode === 'live'
      ? 'What you write, as you write it. The interviewers see each change while you type.'
      : 'What you write, as you write it. The interviewers can replay it later.',
    `Where a long passage appears at once${bug ? ', in your answer or in code' : ''}, for example by pasting, it is marked.`,
    ...(playground
      ? ['Requests that you send in the playground, with their responses. Passwords and tokens are hidden.']
      : []),
    ...(bug
      ? ['Your changes to code, as you make them, and what your browser reports when you run the checks.']
      : []),
    'When you connect, when the connection drops, and how long each question takes.',
    'The interviewers’ scores and notes. You see them only if they share them.',
    'No audio, no video, and nothing from your screen or other pages.',
  ]
}

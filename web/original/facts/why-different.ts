import type { OriginalVersions } from '#contract/original-tab/engine.ts'
import recorded from '../../../original/recording/versions.json'

/** What an unchanged fact ran on when it was recorded, and on what it ran here: why it may print something else. */
export function whyDifferent(here: OriginalVersions | null): string {
  const others = versionsThatDiffer(here)
  if (others.length === 0)
    return 'Python and the packages have the versions that it was recorded with: what differs is this browser, where one thread does everything and the clock is coarse.'
  return `It was recorded with ${others.map(({ name, then }) => `${name} ${then}`).join(', ')}; this tab has ${others.map(({ name, now }) => `${name} ${now}`).join(', ')}.`
}

function versionsThatDiffer(here: OriginalVersions | null): { name: string; then: string; now: string }[] {
  if (here === null) return []
  const packages = Object.entries(here.packages).map(([name, now]) => ({ name, now }))
  return [{ name: 'Python', now: here.python }, ...packages].flatMap(({ name, now }) => {
    const then = recordedVersion(name)
    return then === undefined || then === now ? [] : [{ name, then, now }]
  })
}

function recordedVersion(name: string): string | undefined {
  const versions: Record<string, string> = { Python: recorded.python, ...recorded.packages }
  return Object.entries(versions).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
}

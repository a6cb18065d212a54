import type { EventOf, Fact, Stamp, StudyEvent } from './event.ts'

type Lists = Readonly<Record<string, readonly string[]>>
type Mark = Omit<EventOf<'read' | 'proved' | 'ticked' | 'cleared'>, keyof Stamp> & Fact

/** What lessons show of a learner, by slug. */
export interface Marks {
  /** Ids of proved claims. A lesson that was read has a list, if an empty one. */
  held: Lists
  /** Texts of ticked key points. */
  named: Lists
}

/** @param log in its order */
export function marksOf(log: readonly StudyEvent[]): Marks {
  const held = new Map<string, Set<string>>()
  const named = new Map<string, Set<string>>()
  for (const event of log) {
    if (event.kind === 'read') add(held, event.slug)
    else if (event.kind === 'proved') add(held, event.slug, ...event.claims)
    else if (event.kind === 'ticked' && event.isTicked) add(named, event.slug, event.point)
    else if (event.kind === 'ticked') named.get(event.slug)?.delete(event.point)
    else if (event.kind === 'cleared') for (const all of [held, named]) all.clear()
  }
  return { held: listsOf(held), named: listsOf(named) }
}

/**
 * What a log lacks of what the lessons of this browser show. What the log says was taken back, on another device, isn't added again;
 * everything else is, whether it is new, older than the log, or was lost there.
 * @param here what lessons show
 * @param shared what lessons and log both said when they were last compared
 */
export function unrecordedMarks(here: Marks, shared: Marks, log: readonly StudyEvent[]): Mark[] {
  // A lesson stays read and a claim proved until all of it is cleared.
  const wasCleared = pairsOf(shared.held).some(([slug, claim]) => !has(here.held, slug, claim))
  if (wasCleared) return [{ kind: 'cleared' }, ...unrecordedMarks(here, NONE, [])]
  const recorded = marksOf(log)
  const isNew = (list: 'held' | 'named', slug: string, item?: string): boolean =>
    canBeStored(slug) &&
    !has(recorded[list], slug, item) &&
    !(has(shared[list], slug, item) && log.some((event) => takesBack(event, slug, item)))
  const lessons = Object.entries(here.held)
  return [
    ...lessons.flatMap(([slug]) => (isNew('held', slug) ? [{ kind: 'read' as const, slug }] : [])),
    ...lessons.flatMap(([slug, held]) => {
      const claims = held.filter((claim) => isNew('held', slug, claim))
      return claims.length === 0 ? [] : [{ kind: 'proved' as const, slug, claims }]
    }),
    ...pairsOf(here.named).flatMap(([slug, point]) =>
      point !== undefined && isNew('named', slug, point) ? [ticked(slug, point, true)] : [],
    ),
    ...pairsOf(shared.named).flatMap(([slug, point]) =>
      point !== undefined && !has(here.named, slug, point) && has(recorded.named, slug, point)
        ? [ticked(slug, point, false)]
        : [],
    ),
  ]
}

const NONE: Marks = { held: {}, named: {} }

/** Whether two say the same, in whatever order. */
export function areSameMarks(a: Marks, b: Marks): boolean {
  return textOf(a) === textOf(b)
}

function textOf({ held, named }: Marks): string {
  const lessons = Object.keys(held).sort()
  const points = Object.keys(named).filter((slug) => named[slug]?.length)
  return JSON.stringify([
    lessons.map((slug) => [slug, [...(held[slug] ?? [])].sort()]),
    points.sort().map((slug) => [slug, [...(named[slug] ?? [])].sort()]),
  ])
}

function takesBack(event: StudyEvent, slug: string, point?: string): boolean {
  if (event.kind === 'cleared') return true
  return event.kind === 'ticked' && !event.isTicked && event.slug === slug && event.point === point
}

function ticked(slug: string, point: string, isTicked: boolean): Mark {
  return { kind: 'ticked', slug, point, isTicked }
}

/** Whether a list has an item, or, without one, whether there is a list. */
function has(lists: Lists, slug: string, item?: string): boolean {
  if (!Object.hasOwn(lists, slug)) return false
  return item === undefined || (lists[slug]?.includes(item) ?? false)
}

/** Every slug by itself, and with each of its items. */
function pairsOf(lists: Lists): (readonly [slug: string, item?: string])[] {
  return Object.entries(lists).flatMap(([slug, items]) => [
    [slug] as const,
    ...items.map((item) => [slug, item] as const),
  ])
}

/** Anything may be in a browser's storage; no event is written that no one could read. */
function canBeStored(slug: string): boolean {
  return slug !== '' && slug.length <= 500
}

function add(lists: Map<string, Set<string>>, slug: string, ...items: string[]): void {
  lists.set(slug, new Set([...(lists.get(slug) ?? []), ...items]))
}

function listsOf(sets: ReadonlyMap<string, ReadonlySet<string>>): Lists {
  return Object.fromEntries([...sets].map(([slug, items]) => [slug, [...items]]))
}

import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { z } from 'zod'
import { JoinCode } from '#contract/interview/code.ts'
import { Key, PersonName, Time, Uuid } from '#contract/interview/identity.ts'
import { isStored, readStored, removeStored, writeStored } from '../stores/stored.ts'

const INTERVIEWS = 'viva:interviews'
const SEATS = 'viva:seats'

/** An interview that this browser has the key for. */
const SavedInterview = z.object({
  id: Uuid,
  key: Key,
  title: z.string(),
  /** The interviewer's name. */
  name: z.string(),
  createdAt: Time,
  keptUntil: Time,
})
export type SavedInterview = z.infer<typeof SavedInterview>

/** A candidate's seat that this browser can take. */
const SavedSeat = z.object({
  room: Uuid,
  key: Key,
  name: PersonName,
  joinedAt: Time,
  /** The code of the invitation, which leads back to the room as long as the key opens it. */
  code: JoinCode.optional(),
})
export type SavedSeat = z.infer<typeof SavedSeat>

/** Interviews that this browser knows, newest first, without those that the server has deleted by now. */
export function savedInterviews(): SavedInterview[] {
  return read(INTERVIEWS, SavedInterview)
    .filter(({ keptUntil }) => keptUntil > Date.now())
    .sort((one, other) => other.createdAt - one.createdAt)
}

export function keepInterview(interview: SavedInterview): void {
  const others = read(INTERVIEWS, SavedInterview).filter(({ id }) => id !== interview.id)
  writeStored(INTERVIEWS, [...others, interview])
}

export function forgetInterview(id: string): void {
  writeStored(
    INTERVIEWS,
    read(INTERVIEWS, SavedInterview).filter((one) => one.id !== id),
  )
}

/** Seats that this browser knows, newest first. */
export function savedSeats(): SavedSeat[] {
  return read(SEATS, SavedSeat).sort((one, other) => other.joinedAt - one.joinedAt)
}

export function keepSeat(seat: SavedSeat): void {
  const others = read(SEATS, SavedSeat).filter(({ room }) => room !== seat.room)
  writeStored(SEATS, [...others, seat].slice(-50))
}

/** The seat that this browser took with a code; null when it has none, or when its key no longer opens the room. */
export function seatOfCode(code: JoinCode): SavedSeat | null {
  return savedSeats().find((seat) => seat.code === code) ?? null
}

/** Keeps a seat whose key no longer opens the room, but lets its code be used to join again. */
export function releaseCode(room: string): void {
  writeStored(
    SEATS,
    read(SEATS, SavedSeat).map(({ code, ...seat }) => (seat.room === room ? seat : { ...seat, code })),
  )
}

/**
 * The key that opens an interview or a seat: from the address after `#`, which no server sees, or else from this browser. It is removed from the
 * address, so that no one sees it or copies it along by accident.
 * @param kept the key that this browser has for the page
 */
export function keyFromAddress(kept: string | undefined): string | null {
  const inAddress = Key.safeParse(new URLSearchParams(location.hash.slice(1)).get('key'))
  if (!inAddress.success) return kept ?? null
  history.replaceState(history.state, '', location.pathname + location.search)
  return inAddress.data
}

/**
 * Puts a key back into the address while the browser can't store it, so that the page still opens after a reload.
 * @param key null while there is none to carry
 * Call it in a component's setup; it watches until the component is unmounted.
 */
export function carryKey(of: 'interviews' | 'seats', key: MaybeRefOrGetter<string | null>): void {
  watchEffect(() => {
    const current = toValue(key)
    if (current === null || isStored(of === 'seats' ? SEATS : INTERVIEWS)) return
    history.replaceState(history.state, '', `${location.pathname}${location.search}#key=${current}`)
  })
}

/** Puts a key back into the address until it has opened something, so that a reload before that doesn't lose it. */
export function holdKey(key: string | null): void {
  const hash = key === null ? '' : `#key=${key}`
  history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`)
}

/** The link that lets an interviewer in, on any device. */
export function hostLink(interview: string, key: string): string {
  return `${location.origin}/interview/${interview}#key=${key}`
}

/** The link that a candidate joins with. @param publicUrl where links begin, if the server has a setting for it */
export function joinLinkOf(code: string, publicUrl: string | null): string {
  return `${publicUrl ?? location.origin}/join/${code}`
}

/** The link that opens a candidate's seat on another device. */
export function seatLink(room: string, key: string): string {
  return `${location.origin}/room/${room}#key=${key}`
}

/** Stores a value in this browser; null removes it. */
export function keepUntilSent(name: string, value: unknown): void {
  if (value === null) removeStored(name)
  else writeStored(name, value)
}

function read<T>(name: string, schema: z.ZodType<T>): T[] {
  const stored = readStored(name)
  return Array.isArray(stored) ? stored.flatMap((one) => schema.safeParse(one).data ?? []) : []
}

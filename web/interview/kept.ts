import { watchEffect } from 'vue'
import { z } from 'zod'
import { Key, PersonName, Time, Uuid } from '#contract/interview/identity.ts'
import { randomBytes } from '../browser/random.ts'
import { isKept, readStored, removeStored, writeStored } from '../stores/stored.ts'

const INTERVIEWS = 'viva:interviews'
const SEATS = 'viva:seats'

/** An interview that this browser can open. */
const KeptInterview = z.object({
  id: Uuid,
  key: Key,
  title: z.string(),
  /** Who opens it here. */
  name: z.string(),
  createdAt: Time,
  keptUntil: Time,
})
export type KeptInterview = z.infer<typeof KeptInterview>

/** A candidate's seat that this browser can take. */
const KeptSeat = z.object({ room: Uuid, key: Key, name: PersonName, joinedAt: Time })
export type KeptSeat = z.infer<typeof KeptSeat>

/** A secret that opens an interview or a seat: 32 random bytes in base64url. */
export function newKey(): string {
  return btoa(String.fromCharCode(...randomBytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Interviews that this browser knows, the newest first. Those whose time is over are left out. */
export function keptInterviews(): KeptInterview[] {
  return read(INTERVIEWS, KeptInterview)
    .filter(({ keptUntil }) => keptUntil > Date.now())
    .sort((one, other) => other.createdAt - one.createdAt)
}

export function keepInterview(interview: KeptInterview): void {
  const others = read(INTERVIEWS, KeptInterview).filter(({ id }) => id !== interview.id)
  writeStored(INTERVIEWS, [...others, interview])
}

export function forgetInterview(id: string): void {
  writeStored(
    INTERVIEWS,
    read(INTERVIEWS, KeptInterview).filter((one) => one.id !== id),
  )
}

/** Seats that this browser knows, the newest first. */
export function keptSeats(): KeptSeat[] {
  return read(SEATS, KeptSeat).sort((one, other) => other.joinedAt - one.joinedAt)
}

export function keepSeat(seat: KeptSeat): void {
  const others = read(SEATS, KeptSeat).filter(({ room }) => room !== seat.room)
  writeStored(SEATS, [...others, seat].slice(-50))
}

/**
 * The key that opens an interview or a seat: from the address behind `#`, where no server sees it, else kept in this browser. It is taken out of
 * the address, so that it is neither shown nor copied along by accident.
 * @param kept the key that this browser has for the page
 */
export function keyFromAddress(kept: string | undefined): string | null {
  const given = Key.safeParse(new URLSearchParams(location.hash.slice(1)).get('key'))
  if (!given.success) return kept ?? null
  history.replaceState(history.state, '', location.pathname + location.search)
  return given.data
}

/**
 * Puts a key back into the address while the browser doesn't keep it, so that the page opens after a reload, too.
 * Called within a component; goes on watching until that is gone.
 */
export function carryKey(of: 'interviews' | 'seats', key: string): void {
  watchEffect(() => {
    if (isKept(of === 'seats' ? SEATS : INTERVIEWS)) return
    history.replaceState(history.state, '', `${location.pathname}${location.search}#key=${key}`)
  })
}

/** The link that lets an interviewer in, on any device. */
export function hostLink(interview: string, key: string): string {
  return `${location.origin}/interview/${interview}#key=${key}`
}

/** The link that a candidate joins by. @param publicUrl what the server says that links begin with */
export function joinLinkOf(code: string, publicUrl: string | null): string {
  return `${publicUrl ?? location.origin}/join/${code}`
}

/** The link that opens a candidate's seat on another device. */
export function seatLink(room: string, key: string): string {
  return `${location.origin}/room/${room}#key=${key}`
}

/** Keeps a value until it is `null`, then nothing. */
export function keepUntilSent(name: string, value: unknown): void {
  if (value === null) removeStored(name)
  else writeStored(name, value)
}

function read<T>(name: string, schema: z.ZodType<T>): T[] {
  const stored = readStored(name)
  return Array.isArray(stored) ? stored.flatMap((one) => schema.safeParse(one).data ?? []) : []
}

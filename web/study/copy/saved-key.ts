import { onStored, readStored, removeStored, writeStored } from '../../stores/stored.ts'

const NAME = 'viva:study-copy'
/** 32 bytes in base64url. */
const KEY = /^[A-Za-z0-9_-]{43}$/

/** The key of the copy that this browser keeps its log in; null when it keeps none. */
export function savedKey(): string | null {
  const stored = readStored(NAME)
  return typeof stored === 'string' && KEY.test(stored) ? stored : null
}

export function saveKey(key: string): void {
  writeStored(NAME, key)
}

export function forgetKey(): void {
  removeStored(NAME)
}

/** Calls back when another tab keeps another copy, or none. */
export function onSavedKey(changed: () => void): void {
  onStored(NAME, changed)
}

/** The link that opens a copy on another device. A server never sees what comes after the `#`. */
export function copyLink(key: string): string {
  return `${location.origin}/progress#copy=${key}`
}

/** The key in the part of an address after the `#`; null when there is none. */
export function keyIn(hash: string): string | null {
  const key = new URLSearchParams(hash.slice(1)).get('copy') ?? ''
  return KEY.test(key) ? key : null
}

import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { hostPath, RoomClient, seatPath } from '../../server/interview/testing/room-client.ts'
import { open } from './page.ts'

/** A page in a browser context of its own: another person. */
export async function newVisitor(
  browser: Browser,
  baseURL: string | undefined,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), ...options })
  return context.newPage()
}

/** An interview with a joined candidate, created over HTTP. */
export function openedRoom(baseURL: string | undefined): Promise<RoomClient> {
  return new RoomClient(baseURL ?? '').open()
}

export async function openAsHost(page: Page, room: RoomClient, part = ''): Promise<void> {
  await open(page, hostPath(room, part))
}

export async function openAsCandidate(page: Page, room: RoomClient, part = ''): Promise<void> {
  await open(page, seatPath(room, part))
}

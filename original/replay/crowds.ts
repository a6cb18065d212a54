import { sendRaw } from './raw-client.ts'

/** So many calls at once, and how many of them get which status. */
export interface Crowd {
  path: string
  calls: number
  statuses: Record<string, number>
}

/** They hold their connections for far longer than anyone waits for one. */
export const CROWDS: Crowd[] = [
  { path: '/lab/connection?ms=2000', calls: 15, statuses: { 200: 15 } },
  { path: '/lab/connection?ms=2000', calls: 40, statuses: { 200: 15, 500: 25 } },
  { path: '/lab/connection/async?ms=2000', calls: 20, statuses: { 200: 15, 500: 5 } },
  { path: '/lab/wait/one-at-a-time?ms=20', calls: 20, statuses: { 200: 20 } },
]

/** @returns how many answers have which status */
export async function statusesOf(
  origin: string,
  { path, calls }: Crowd,
  headers: [string, string][] = [],
): Promise<Crowd['statuses']> {
  const send = () => sendRaw(origin, { method: 'GET', path, headers })
  const statuses: Crowd['statuses'] = {}
  for (const { status } of await Promise.all(Array.from({ length: calls }, send)))
    statuses[status] = (statuses[status] ?? 0) + 1
  return statuses
}

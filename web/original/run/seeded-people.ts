/** Who can be the caller: the people that a new database starts with, by first name. Their passwords are public. */
export const SEEDED_PEOPLE: Readonly<Record<string, { email: string; password: string }>> = {
  ada: { email: 'ada@example.com', password: 'analytical-engine' },
  grace: { email: 'grace@example.com', password: 'compiler-pioneer' },
  alan: { email: 'alan@example.com', password: 'enigma-breaker' },
}

/** The bodies of users who were created, from which their callers get tokens. @returns null if none was created */
export function createdPerson(
  request: { method: string; path: string; body: string | null },
  status: number,
): { email: string; password: string } | null {
  if (status !== 201 || request.method !== 'POST' || !/^\/users\/?(\?|$)/.test(request.path)) return null
  try {
    const sent = JSON.parse((request.body ?? '').replace(/^\u{feff}/u, '')) as Record<string, unknown> | null
    const { email, password } = sent ?? {}
    return typeof email === 'string' && typeof password === 'string' ? { email, password } : null
  } catch {
    return null
  }
}

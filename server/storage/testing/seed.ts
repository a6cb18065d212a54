import type { NewUserRow } from '../storage.ts'

/** A row to insert; the name makes its email. */
export function person(name: string, more: Partial<NewUserRow> = {}): NewUserRow {
  return {
    name,
    email: `${name.toLowerCase()}@example.com`,
    age: null,
    bio: null,
    created_at: '2026-01-01T00:00:00.000Z',
    hashed_password: '$2b$10$never.a.hash',
    ...more,
  }
}

export const SEED = [person('Ada', { age: 36 }), person('Grace', { bio: 'Überrascht: 汉字 🙂' })]

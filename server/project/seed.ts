import type { NewUserRow } from '../storage/storage.ts'

/** A made-up person; the password is public on purpose, so its hash may be too. */
export interface SeededPerson {
  name: string
  email: string
  password: string
  age: number | null
  bio: string | null
  hashed_password: string
}

// region seed.people
export const PEOPLE: readonly SeededPerson[] = [
  {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    password: 'analytical-engine',
    age: 36,
    bio: 'Wrote the first program.',
    hashed_password: '$2b$10$H0v9vRyncrHRmwzUdGQjjurH1PHXjUGLCWZGjjrmWwbP4gayqhr8C',
  },
  {
    name: 'Grace Hopper',
    email: 'grace@example.com',
    password: 'compiler-pioneer',
    age: 85,
    bio: null,
    hashed_password: '$2b$10$5fbxUfjczuBcNXhV1/t3/O8Uzu6Et.4Kg3uv2mRYOlJcFSAHYDiga',
  },
  {
    name: 'Alan Turing',
    email: 'alan@example.com',
    password: 'enigma-breaker',
    age: null,
    bio: 'Asked whether machines can think.',
    hashed_password: '$2b$10$XvQ7strPe5J3KPp2MIx6n.OFU7eX2xKENhoXprezs/kDBvL7Pwdry',
  },
]
// endregion

/** The rows that every new sandbox starts with. Hashing them anew would cost each visitor a fifth of a second. */
export const seededRows: readonly NewUserRow[] = PEOPLE.map((person) => ({
  name: person.name,
  email: person.email,
  age: person.age,
  bio: person.bio,
  created_at: '2026-01-01T00:00:00.000Z',
  hashed_password: person.hashed_password,
}))

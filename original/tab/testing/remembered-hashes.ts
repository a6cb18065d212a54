import bcryptjs from 'bcryptjs'

/**
 * bcryptjs for a project that is started again and again: each start gets the salts that the first one got, and hashes that are known
 * already. Between starts every salt is new, and every hash is computed.
 */
export function rememberedHashes() {
  const salts = new Map<string, string>()
  const hashes = new Map<string, string>()
  /** `isOn`: known hashes aren't computed between starts either, so that none of these takes its time. */
  const betweenStarts = { isOn: false }
  /** How many salts this start has had; null between starts. */
  let count: number | null = null

  const found = (known: Map<string, string>, key: string, make: () => string): string => {
    const value = known.get(key) ?? make()
    known.set(key, value)
    return value
  }

  return {
    betweenStarts,
    bcrypt: {
      genSaltSync: (rounds: number): string => {
        if (count === null) return bcryptjs.genSaltSync(rounds)
        count += 1
        return found(salts, `${rounds} ${count}`, () => bcryptjs.genSaltSync(rounds))
      },
      hashSync: (password: string, salt: string): string => {
        const hash = (): string => bcryptjs.hashSync(password, salt)
        return count === null && !betweenStarts.isOn ? hash() : found(hashes, `${salt} ${password}`, hash)
      },
    },
    async duringStart<T>(start: () => Promise<T>): Promise<T> {
      count = 0
      try {
        return await start()
      } finally {
        count = null
      }
    },
  }
}

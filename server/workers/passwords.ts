import { compareSync, hashSync } from 'bcryptjs'

/** Runs in a thread of its own, where holding the thread is the point. */
export function hash({ password, cost }: { password: string; cost: number }): string {
  return hashSync(password, cost)
}

export function compare({ password, hashed }: { password: string; hashed: string }): boolean {
  return compareSync(password, hashed)
}

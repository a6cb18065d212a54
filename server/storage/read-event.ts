import type { z } from 'zod'
import { StorageUnavailable } from './errors.ts'

/**
 * A stored event, as a schema reads it.
 * @throws {StorageUnavailable} when this version doesn't know its shape: what a newer version wrote can't be shown, and isn't lost
 */
export function readEvent<Schema extends z.ZodType>(schema: Schema, stored: unknown): z.infer<Schema> {
  const read = schema.safeParse(stored)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new StorageUnavailable(
    `A stored event can't be read (${[...(issue?.path ?? []), issue?.code].join('.')}): a newer version of Viva wrote it. Start the version that wrote it.`,
  )
}

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { StartFault } from './start-fault.ts'

const number = (least: number, most: number, what: string) =>
  z
    .string()
    .regex(/^\d+$/, what)
    .transform(Number)
    .refine((value) => value >= least && value <= most, what)

const Environment = z.object({
  PORT: number(0, 65535, 'must be a port, a number from 0 to 65535').default(8000),
  HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'must be a folder').default('./data'),
  DATABASE_URL: z.string().optional(),
  JWT_SECRET: z
    .string()
    .refine(
      (secret) => Buffer.byteLength(secret) >= 32,
      'must have at least 32 bytes; `openssl rand -hex 32` makes one',
    )
    .optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an http or https address, such as https://viva.example.com',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: number(0, 10, 'must be the number of proxies in front, from 0 to 10').default(0),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),
})

/** Everything that the environment decides. */
export interface Config {
  port: number
  host: string
  /** Absolute path. */
  dataDir: string
  jwtSecret: Uint8Array
  publicUrl: string | undefined
  /** How many proxies stand in front; the client's address is read past exactly so many. */
  trustProxy: number
  logLevel: z.infer<typeof Environment>['LOG_LEVEL']
}

/**
 * Reads the environment, makes the data folder, and keeps a generated secret in it when none is given.
 * @throws {StartFault} naming the variable and what it must be
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new StartFault(`${String(issue?.path[0])} ${issue?.message}.`)
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, JWT_SECRET, PUBLIC_URL, TRUST_PROXY, LOG_LEVEL } = parsed.data
  if (DATABASE_URL !== undefined) {
    throw new StartFault(
      'DATABASE_URL is set, but this version keeps its data in files: unset it and use DATA_DIR.',
    )
  }
  const dataDir = resolve(DATA_DIR)
  makeWritable(dataDir)
  return {
    port: PORT,
    host: HOST,
    dataDir,
    jwtSecret: JWT_SECRET === undefined ? keptSecret(dataDir) : new TextEncoder().encode(JWT_SECRET),
    publicUrl: PUBLIC_URL,
    trustProxy: TRUST_PROXY,
    logLevel: LOG_LEVEL,
  }
}

/** Writing a file is the only test that root, read-only disks and full ones all answer truly. */
function makeWritable(dataDir: string): void {
  const probe = join(dataDir, '.writable')
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code
    throw new StartFault(
      `DATA_DIR ${dataDir} can't be written (${cause}): give the folder to this user, or set DATA_DIR to another.`,
    )
  }
}

function keptSecret(dataDir: string): Uint8Array {
  const file = join(dataDir, 'jwt-secret')
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(file, 0o600)
  }
  const secret = new TextEncoder().encode(readFileSync(file, 'utf8').trim())
  if (secret.length < 32) {
    throw new StartFault(
      `${file} holds less than 32 bytes: remove it, and a new secret is made (tokens end).`,
    )
  }
  return secret
}

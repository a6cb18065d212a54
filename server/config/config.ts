import { resolve } from 'node:path'
import { z } from 'zod'
import { storedSecret } from './stored-secret.ts'
import { HOURLY_LIMITS, type HourlyLimits } from '../limits/limiter.ts'
import { PASSWORD_LIMITS, type PasswordLimits } from '../pools/passwords.ts'
import { StartFault } from './start-fault.ts'
import { makeWritable } from './writable-folder.ts'

const number = (min: number, max: number, fault: string) =>
  z
    .string()
    .regex(/^\d+$/, fault)
    .transform(Number)
    .refine((value) => value >= min && value <= max, fault)

const MB = 2 ** 20

const Environment = z.object({
  PORT: number(0, 65535, 'must be a port, a number from 0 to 65535').default(8000),
  HOST: z.string().min(1, 'must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'must be a folder').default('./data'),
  SANDBOX_DAYS: number(1, 3650, 'must be a number of days from 1 to 3650').default(30),
  INTERVIEW_DAYS: number(1, 3650, 'must be a number of days from 1 to 3650').default(90),
  STUDY_DAYS: number(1, 3650, 'must be a number of days from 1 to 3650').default(365),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be the address of a database, such as postgres://user:password@localhost:5432/viva',
    })
    .optional(),
  JWT_SECRET: z
    .string()
    .refine(
      (secret) => Buffer.byteLength(secret) >= 32,
      'must have at least 32 bytes; generate one with `openssl rand -hex 32`',
    )
    .optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an http or https address, such as https://viva.example.com',
      abort: true,
    })
    .refine(
      isOrigin,
      'must have only a scheme, a host and optionally a port, such as https://viva.example.com',
    )
    .transform((url) => new URL(url).origin)
    .optional(),
  TRUST_PROXY: number(0, 10, 'must be the number of proxies in front of the server, from 0 to 10').default(0),
  RATE_LIMIT: number(
    0,
    1e6,
    'must be the number of requests per second that one address may send; 0 disables the limit',
  ).default(1000),
  CONNECTION_LIMIT: number(
    0,
    1e6,
    'must be the number of connections that one address may have open; 0 disables the limit',
  ).default(2000),
  PASSWORD_QUEUE: number(2, 1e6, 'must be the number of passwords that may wait, at least 2').default(
    PASSWORD_LIMITS.capacity,
  ),
  PASSWORD_QUEUE_OF_ADDRESS: number(
    1,
    1e6,
    'must be the number of passwords of one address that may wait, at least 1',
  ).default(PASSWORD_LIMITS.capacityOfAddress),
  SANDBOXES_PER_HOUR: number(1, 1e6, 'must be a number from 1 to 1000000').default(HOURLY_LIMITS.sandboxes),
  INTERVIEWS_PER_HOUR: number(1, 1e6, 'must be a number from 1 to 1000000').default(HOURLY_LIMITS.interviews),
  INTERVIEW_MB_PER_HOUR: number(1, 1e6, 'must be a number of MB from 1 to 1000000').default(
    HOURLY_LIMITS.interviewBytes / MB,
  ),
  STUDY_COPIES_PER_HOUR: number(1, 1e6, 'must be a number from 1 to 1000000').default(
    HOURLY_LIMITS.studyCopies,
  ),
  STUDY_MB_PER_HOUR: number(1, 1e6, 'must be a number of MB from 1 to 1000000').default(
    HOURLY_LIMITS.studyBytes / MB,
  ),
  DISK_WARNING_MB: number(0, 1e9, 'must be a number of MB; 0 disables the warning').default(1_024),
  OFFLINE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  SHUTDOWN_DELAY_SECONDS: number(0, 300, 'must be a number of seconds from 0 to 300').default(0),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{16,}$/,
      'must have at least 16 printable ASCII characters without spaces; generate one with `openssl rand -hex 32`',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),
})

/** True for what isn't a URL at all: another check reports that. */
function isOrigin(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { pathname, username, password } = new URL(url)
  return pathname === '/' && username + password === '' && !/[?#]/.test(url)
}

/** Everything that the environment decides. */
export interface Config {
  port: number
  host: string
  /** Absolute path. */
  dataDir: string
  /** Where everything is stored instead of in `dataDir`. */
  databaseUrl: string | undefined
  /** A sandbox is deleted when it wasn't used for so many days. */
  sandboxDays: number
  /** An interview is deleted so many days after it was created. */
  interviewDays: number
  /** A copy of a study log is deleted when it wasn't used for so many days. */
  studyDays: number
  jwtSecret: Uint8Array
  /** Scheme, host and port at which people reach this server, if known. */
  publicUrl: string | undefined
  /** Number of proxies in front; the client's address is read past exactly so many. */
  trustProxy: number
  /** Requests per second that one address may send, averaged over ten seconds; 0 disables the limit. */
  rateLimit: number
  /** Connections that one address may have open at once; 0 disables the limit. */
  connectionLimit: number
  passwordLimits: PasswordLimits
  /** What one address may put on the disk within an hour. */
  hourlyLimits: HourlyLimits
  /** Bytes of free disk below which the log warns; 0 disables the warning. */
  diskWarningBytes: number
  /** Whether browsers may keep the pages and use them without this server. */
  offline: boolean
  /** How long a process that was told to stop still answers, while `/readyz` says that it leaves. */
  shutdownDelayMs: number
  /** Grants other machines access to `/metrics`. */
  metricsToken: string | undefined
  logLevel: z.infer<typeof Environment>['LOG_LEVEL']
}

/**
 * Reads the environment, creates the data folder, and stores a generated secret in it unless one is set.
 * @throws {StartFault} naming the variable and what it must be
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(present)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new StartFault(`${String(issue?.path[0])} ${issue?.message}.`)
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, JWT_SECRET, PUBLIC_URL, TRUST_PROXY, LOG_LEVEL } = parsed.data
  const { RATE_LIMIT, METRICS_TOKEN } = parsed.data
  if (DATABASE_URL !== undefined && JWT_SECRET === undefined) {
    throw new StartFault(
      'JWT_SECRET must be set with DATABASE_URL, to the same value for every instance. Generate one with `openssl rand -hex 32`.',
    )
  }
  const dataDir = resolve(DATA_DIR)
  if (DATABASE_URL === undefined) makeWritable(dataDir)
  return {
    port: PORT,
    host: HOST,
    dataDir,
    databaseUrl: DATABASE_URL,
    sandboxDays: parsed.data.SANDBOX_DAYS,
    interviewDays: parsed.data.INTERVIEW_DAYS,
    studyDays: parsed.data.STUDY_DAYS,
    jwtSecret: JWT_SECRET === undefined ? storedSecret(dataDir) : new TextEncoder().encode(JWT_SECRET),
    publicUrl: PUBLIC_URL,
    trustProxy: TRUST_PROXY,
    rateLimit: RATE_LIMIT,
    connectionLimit: parsed.data.CONNECTION_LIMIT,
    passwordLimits: {
      capacity: parsed.data.PASSWORD_QUEUE,
      capacityOfAddress: parsed.data.PASSWORD_QUEUE_OF_ADDRESS,
    },
    hourlyLimits: {
      sandboxes: parsed.data.SANDBOXES_PER_HOUR,
      interviews: parsed.data.INTERVIEWS_PER_HOUR,
      interviewBytes: parsed.data.INTERVIEW_MB_PER_HOUR * MB,
      studyCopies: parsed.data.STUDY_COPIES_PER_HOUR,
      studyBytes: parsed.data.STUDY_MB_PER_HOUR * MB,
    },
    diskWarningBytes: parsed.data.DISK_WARNING_MB * MB,
    offline: parsed.data.OFFLINE === 'on',
    shutdownDelayMs: parsed.data.SHUTDOWN_DELAY_SECONDS * 1000,
    metricsToken: METRICS_TOKEN,
    logLevel: LOG_LEVEL,
  }
}

/** Warnings about settings that are allowed but probably unintended, one line each. */
export function configWarnings({ publicUrl, trustProxy }: Config): string[] {
  if (publicUrl?.startsWith('https:') !== true || trustProxy > 0) return []
  return [
    'PUBLIC_URL is https, so there is a proxy in front, but TRUST_PROXY is 0: all visitors count as one address. Set TRUST_PROXY=1.',
  ]
}

import { timingSafeEqual } from 'node:crypto'
import { METHODS } from 'node:http'
import type { Context, Middleware } from 'koa'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { sendError } from './send-error.ts'

/** A number kept by another module, read with each scrape. */
export interface Reading {
  name: string
  help: string
  /** A counter only grows. */
  kind: 'counter' | 'gauge'
  read: () => number
}

export interface Metrics {
  /** Counts every request. */
  observe: Middleware
  /** `GET /metrics`, for callers who may read it. */
  endpoint: Middleware
}

export interface MetricsOptions {
  readings: readonly Reading[]
  /** The template of a path, such as `/users/{user_id}`, or undefined for an unknown one. */
  routeOf: (ctx: Context) => string | undefined
  /** Grants access from other machines. */
  token: string | undefined
  /** Whether the server has a public URL: then no request without the token counts as local. */
  isPublic?: boolean
  /** What runs, as labels of `viva_build_info`. */
  build: Readonly<Record<string, string>>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

let ofProcess: Registry | undefined

/**
 * Metrics in Prometheus' text format: requests and their durations by route, the given `readings`, and the process itself
 * (memory, event-loop lag, garbage collection). Labels are route templates, never paths, so that their number is bounded.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  const { readings, routeOf, token, isPublic = false, build } = options
  const registry = new Registry()
  const registers = [registry]
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'viva_http_requests_total',
    help: 'Requests answered',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'viva_http_request_seconds',
    help: 'Time from the head of a request to its answer, not counting what a stream sends later',
    labelNames: ['method', 'route'] as const,
    buckets: SECONDS,
    registers,
  })
  new Gauge({
    name: 'viva_build_info',
    help: 'Always 1; its labels say what runs',
    labelNames: Object.keys(build),
    registers,
  }).set(build, 1)
  for (const { name, help, kind, read } of readings) readInto(registry, name, help, kind, read)

  return {
    async observe(ctx, next) {
      const began = performance.now()
      await next()
      const method = METHODS.includes(ctx.method) ? ctx.method : 'OTHER'
      const route = routeOf(ctx) ?? 'none'
      requests.inc({ method, route, status: ctx.status })
      seconds.observe({ method, route }, (performance.now() - began) / 1000)
    },
    async endpoint(ctx, next) {
      if (ctx.path !== '/metrics' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
      ctx.state.quiet = true
      ctx.set('Cache-Control', 'no-store')
      const allowed = token === undefined ? !isPublic && isLocal(ctx) : hasToken(ctx, token)
      if (!allowed) return refuse(ctx, token)
      ctx.set('Content-Type', registry.contentType)
      ctx.body = `${await registry.metrics()}\n${await processMetrics().metrics()}`
    },
  }
}

function readInto(registry: Registry, name: string, help: string, kind: Reading['kind'], read: () => number) {
  const registers = [registry]
  if (kind === 'gauge') {
    return new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  return new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}

/** Created once per process: each set observes the garbage collector and the event loop for as long as it runs. */
function processMetrics(): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess
}

function hasToken(ctx: Context, token: string): boolean {
  return isSame(ctx.get('Authorization'), `Bearer ${token}`)
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/**
 * From this machine, and not forwarded by a proxy on it. The Host header is checked, too: a web page can let its own domain
 * resolve to this machine (DNS rebinding) and would read the metrics through its visitor's browser.
 */
function isLocal(ctx: Context): boolean {
  const isForwarded = ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP'].some(
    (name) => ctx.get(name) !== '',
  )
  const isLoopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(ctx.socket.remoteAddress ?? '')
  return isLoopback && !isForwarded && LOOPBACK_HOST.test(ctx.get('Host'))
}

function refuse(ctx: Context, token: string | undefined): void {
  if (token === undefined) return sendError(ctx, 403, 'Set METRICS_TOKEN to read metrics from here')
  sendError(ctx, 401, 'Not authenticated')
  ctx.set('WWW-Authenticate', 'Bearer')
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

import type { Middleware } from 'koa'

type Policy = Record<string, string>

const strict: Policy = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
}

/** Vite's development client injects styles and opens a WebSocket. */
const development: Policy = { 'style-src': "'self' 'unsafe-inline'", 'connect-src': "'self' ws:" }

/**
 * A Content-Security-Policy.
 * @param changes directives that differ from the strict policy, which allows only this host and nothing inline
 */
export function contentSecurityPolicy(changes: Policy = {}): string {
  return Object.entries({ ...strict, ...changes })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

/**
 * Of the worker that runs the original: it may compile WebAssembly, and reach nothing but the folder with its files. No page may.
 * @param host of the request, with its port
 */
export function originalWorkerPolicy(host: string): string {
  // A policy can't name an IPv6 address.
  const files = host.startsWith('[') ? "'self'" : `${host}/py/`
  return contentSecurityPolicy({
    'default-src': "'none'",
    'script-src': `'self' 'wasm-unsafe-eval'`,
    'style-src': "'none'",
    'img-src': "'none'",
    'font-src': "'none'",
    'connect-src': files,
    'worker-src': "'none'",
    'manifest-src': "'none'",
  })
}

/** A year: https://www.rfc-editor.org/rfc/rfc6797#section-6.1. Subdomains decide for themselves. */
const STRICT_TRANSPORT = 'max-age=31536000'

/** Headers of every answer; later middleware may override them. */
export function securityHeaders(options: { development: boolean }): Middleware {
  const policy = contentSecurityPolicy(options.development ? development : {})
  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    if (ctx.secure) ctx.set('Strict-Transport-Security', STRICT_TRANSPORT)
    await next()
  }
}

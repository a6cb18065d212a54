interface Meaning {
  name: string
  says: string
}

/** What the statuses of the project mean, as FastAPI uses them. */
const MEANINGS: Record<number, Meaning> = {
  200: {
    name: 'OK',
    says: 'The handler returned. FastAPI sends 200 unless the decorator sets another status.',
  },
  201: {
    name: 'Created',
    says: 'Something was created. FastAPI never sends 201 on its own: the route declares it.',
  },
  204: { name: 'No Content', says: 'Done, with nothing to return: a 204 response has no body.' },
  206: { name: 'Partial Content', says: 'Part of the resource, as requested.' },
  304: { name: 'Not Modified', says: 'The browser’s cached copy is still valid.' },
  307: {
    name: 'Temporary Redirect',
    says: 'The path lacks a trailing slash or has one too many: Starlette redirects to the other form.',
  },
  400: {
    name: 'Bad Request',
    says: 'The handler refused: the input was valid, but this can’t be done. Invalid input gets 422.',
  },
  401: {
    name: 'Unauthorized',
    says: 'Despite its name, it means unauthenticated: no token, an invalid one, or a wrong password.',
  },
  403: { name: 'Forbidden', says: 'The caller is known and may not do this.' },
  404: {
    name: 'Not Found',
    says: 'No route matches this path, or the handler raised 404 because there is no such row.',
  },
  405: {
    name: 'Method Not Allowed',
    says: 'The path exists, but not for this method; the Allow header names one that works.',
  },
  409: { name: 'Conflict', says: 'It conflicts with what is stored.' },
  413: { name: 'Content Too Large', says: 'The body is larger than the server accepts.' },
  415: { name: 'Unsupported Media Type', says: 'The server doesn’t accept bodies of this type.' },
  422: {
    name: 'Unprocessable Content',
    says: 'Validation failed before the handler ran: detail lists every problem and where it is.',
  },
  429: {
    name: 'Too Many Requests',
    says: 'Too many requests in a short time; Retry-After says how many seconds to wait.',
  },
  431: { name: 'Request Header Fields Too Large', says: 'The headers are larger than the server accepts.' },
  500: {
    name: 'Internal Server Error',
    says: 'An exception was not caught, or the returned value doesn’t fit the response model.',
  },
  503: {
    name: 'Service Unavailable',
    says: 'The server can’t handle the request right now. Try again in a moment.',
  },
  507: {
    name: 'Insufficient Storage',
    says: 'The sandbox or the disk is full. Reset the sandbox to make room.',
  },
}

const CLASSES: Record<number, Meaning> = {
  1: { name: 'Informational', says: 'The final response is still to come.' },
  2: { name: 'Success', says: 'The request succeeded.' },
  3: { name: 'Redirect', says: 'The response is elsewhere.' },
  4: { name: 'Client error', says: 'The request can’t be fulfilled as it was sent.' },
  5: { name: 'Server error', says: 'The request may be fine; the server failed.' },
}

/** Name and meaning of an HTTP status, in a sentence. */
export function meaningOf(status: number): Meaning {
  return (
    MEANINGS[status] ??
    CLASSES[Math.floor(status / 100)] ?? { name: 'Unknown', says: 'Not an HTTP status code.' }
  )
}

export type Tone = 'ok' | 'info' | 'warn' | 'bad'

/** The colour a status is shown in. */
export function toneOf(status: number): Tone {
  if (status >= 500) return 'bad'
  if (status >= 400) return 'warn'
  return status >= 300 ? 'info' : 'ok'
}

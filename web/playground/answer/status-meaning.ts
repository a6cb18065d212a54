interface Meaning {
  name: string
  says: string
}

/** What the statuses of the project mean, as FastAPI uses them. */
const MEANINGS: Record<number, Meaning> = {
  200: {
    name: 'OK',
    says: 'The handler returned; FastAPI answers 200 unless the decorator names another status.',
  },
  201: {
    name: 'Created',
    says: 'Something was stored. FastAPI never says 201 by itself: the route declares it.',
  },
  204: { name: 'No Content', says: 'Done, and there is nothing to send: an answer with 204 has no body.' },
  206: { name: 'Partial Content', says: 'A part of the resource, as the request asked.' },
  304: { name: 'Not Modified', says: 'What the browser has is still good.' },
  307: {
    name: 'Temporary Redirect',
    says: 'The path has a slash too few or too many: Starlette sends the request on to the other.',
  },
  400: {
    name: 'Bad Request',
    says: 'The handler refused: the shape was right, but it can’t be done. Wrong shapes are 422.',
  },
  401: {
    name: 'Unauthorized',
    says: 'The caller isn’t known: no token, a bad one, or a wrong password. It means unauthenticated.',
  },
  403: { name: 'Forbidden', says: 'The caller is known and may not do this.' },
  404: {
    name: 'Not Found',
    says: 'No route has this path, or the handler raised 404 because there is no such row.',
  },
  405: {
    name: 'Method Not Allowed',
    says: 'The path exists, but not with this method; Allow names the one that does.',
  },
  409: { name: 'Conflict', says: 'It would contradict what is stored.' },
  413: { name: 'Content Too Large', says: 'The body is larger than the server takes.' },
  415: { name: 'Unsupported Media Type', says: 'The server doesn’t read bodies of this type.' },
  422: {
    name: 'Unprocessable Content',
    says: 'Validation failed before the handler ran: detail lists every problem with its place.',
  },
  429: {
    name: 'Too Many Requests',
    says: 'Too many in a short time; Retry-After says how many seconds to wait.',
  },
  431: { name: 'Request Header Fields Too Large', says: 'The headers are larger than the server takes.' },
  500: {
    name: 'Internal Server Error',
    says: 'The code raised something it did not catch, or returned what its response model refuses.',
  },
  503: { name: 'Service Unavailable', says: 'The server can’t do it now. Try again in a moment.' },
  507: {
    name: 'Insufficient Storage',
    says: 'The sandbox or the disk is full. Reset the sandbox to make room.',
  },
}

const CLASSES: Record<number, Meaning> = {
  1: { name: 'Informational', says: 'More is to come.' },
  2: { name: 'Success', says: 'It was done.' },
  3: { name: 'Redirect', says: 'The answer is elsewhere.' },
  4: { name: 'Client error', says: 'The request can’t be answered as it is.' },
  5: { name: 'Server error', says: 'The request may be right; the server failed.' },
}

/** Name and meaning of an HTTP status, in a sentence. */
export function meaningOf(status: number): Meaning {
  return (
    MEANINGS[status] ??
    CLASSES[Math.floor(status / 100)] ?? { name: 'Unknown', says: 'Not a status of HTTP.' }
  )
}

export type Tone = 'ok' | 'info' | 'warn' | 'bad'

/** The colour a status is shown in. */
export function toneOf(status: number): Tone {
  if (status >= 500) return 'bad'
  if (status >= 400) return 'warn'
  return status >= 300 ? 'info' : 'ok'
}

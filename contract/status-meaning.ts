interface Meaning {
  name: string
  explanation: string
}

/** What the status codes mean in a FastAPI app. */
const MEANINGS: Record<number, Meaning> = {
  200: {
    name: 'OK',
    explanation: 'The handler returned. FastAPI sends 200 unless the decorator sets another status.',
  },
  201: {
    name: 'Created',
    explanation: 'Something was created. FastAPI never sends 201 on its own: the route declares it.',
  },
  204: { name: 'No Content', explanation: 'Done, with nothing to return: a 204 response has no body.' },
  206: { name: 'Partial Content', explanation: 'Part of the resource, as requested.' },
  304: { name: 'Not Modified', explanation: 'The browser’s cached copy is still valid.' },
  307: {
    name: 'Temporary Redirect',
    explanation:
      'The path lacks a trailing slash or has one too many: Starlette redirects to the other form.',
  },
  400: {
    name: 'Bad Request',
    explanation: 'The handler refused: the input was valid, but this can’t be done. Invalid input gets 422.',
  },
  401: {
    name: 'Unauthorized',
    explanation: 'Despite its name, it means unauthenticated: no token, an invalid one, or a wrong password.',
  },
  403: { name: 'Forbidden', explanation: 'The caller is known and may not do this.' },
  404: {
    name: 'Not Found',
    explanation: 'No route matches this path, or the handler raised 404 because there is no such row.',
  },
  405: {
    name: 'Method Not Allowed',
    explanation: 'The path exists, but not for this method; the Allow header names one that works.',
  },
  409: { name: 'Conflict', explanation: 'It conflicts with what is stored.' },
  413: { name: 'Content Too Large', explanation: 'The body is larger than the server accepts.' },
  415: { name: 'Unsupported Media Type', explanation: 'The server doesn’t accept bodies of this type.' },
  422: {
    name: 'Unprocessable Content',
    explanation: 'Validation failed before the handler ran: detail lists every problem and where it is.',
  },
  429: {
    name: 'Too Many Requests',
    explanation: 'Too many requests in a short time; Retry-After says how many seconds to wait.',
  },
  431: {
    name: 'Request Header Fields Too Large',
    explanation: 'The headers are larger than the server accepts.',
  },
  500: {
    name: 'Internal Server Error',
    explanation: 'An exception was not caught, or the returned value doesn’t fit the response model.',
  },
  503: {
    name: 'Service Unavailable',
    explanation: 'The server can’t handle the request right now. Try again in a moment.',
  },
  507: {
    name: 'Insufficient Storage',
    explanation: 'The sandbox or the disk is full. Reset the sandbox to make room.',
  },
}

const CLASSES: Record<number, Meaning> = {
  1: { name: 'Informational', explanation: 'The final response is still to come.' },
  2: { name: 'Success', explanation: 'The request succeeded.' },
  3: { name: 'Redirect', explanation: 'The response is elsewhere.' },
  4: { name: 'Client error', explanation: 'The request can’t be fulfilled as it was sent.' },
  5: { name: 'Server error', explanation: 'The request may be fine; the server failed.' },
}

/** The name of an HTTP status, and a sentence that explains it. */
export function meaningOf(status: number): Meaning {
  return (
    MEANINGS[status] ??
    CLASSES[Math.floor(status / 100)] ?? { name: 'Unknown', explanation: 'Not an HTTP status code.' }
  )
}

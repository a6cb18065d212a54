/** What one interview and one room may grow to. Beyond it a command is refused with a sentence; nothing is cut silently. */
export const LIMITS = {
  /** Questions of a plan. */
  questions: 30,
  /** Rooms of an interview: one a candidate. */
  rooms: 50,
  /** Interviewers of an interview at one time, and over its whole life. */
  interviewers: 5,
  interviewersEver: 20,
  /** Events of a room. The last thousand are kept for what isn't text, so that a full room can still be ended and scored. */
  events: 20_000,
  reservedEvents: 1_000,
  /** From so many events on, a document takes one update in `updateSpacingMs` milliseconds; a client joins what it holds and sends again. */
  eventsBeforeSpacing: 15_000,
  updateSpacingMs: 5_000,
  /** Characters of one document: an answer, or one interviewer's notes to a question. */
  characters: 20_000,
  /** Bytes of one update of a document, before base64: what comes of it has to pass as a body of 64 KB. */
  updateBytes: 45_000,
  /**
   * Pieces that a document may be broken into by changes at different places, deleted ones included. Each costs time with every change; writing
   * two hours without a pause makes some hundreds.
   */
  pieces: 4_000,
  /** Bytes of all updates of one document, and of a room together. */
  documentBytes: 2_097_152,
  textBytes: 8_388_608,
  /** Requests kept of a room, and the characters of a body or an answer that are kept of each. */
  requests: 500,
  excerpt: 4_000,
  /** Marked moments of one interviewer. */
  moments: 200,
  /** Connections and disconnections that are written down. */
  presenceEvents: 4_000,
  /** Key points and follow-ups of one question. */
  keyPoints: 12,
  followUps: 12,
} as const

/** How long after a question was left an answer still counts as in time: it takes some time to arrive from the browser. */
export const GRACE_MS = 5_000

/** How long after the end text typed offline is still accepted, marked as late. */
export const LATE_MS = 10 * 60_000

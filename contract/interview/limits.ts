/** How large one interview and one room can get. Beyond that a command is refused with a sentence; nothing is cut silently. */
export const LIMITS = {
  /** Questions of a plan. */
  questions: 30,
  /** Rooms of an interview, one per candidate. */
  rooms: 50,
  /** Interviewers of an interview at one time, and over its whole life. */
  interviewers: 5,
  interviewersEver: 20,
  /** Events of a room. The last thousand are reserved for events other than text, so that a full room can still be ended and scored. */
  events: 20_000,
  reservedEvents: 1_000,
  /** From this many events on, a document takes one update per `updateSpacingMs`; a client merges its updates and sends them later. */
  eventsBeforeSpacing: 15_000,
  updateSpacingMs: 5_000,
  /** Characters of one document: an answer, or one interviewer's notes on a question. */
  characters: 20_000,
  /** Bytes of one update of a document, before base64: the request has to fit into a body of 64 KB. */
  updateBytes: 45_000,
  /**
   * Pieces that edits at different places may break a document into, deleted ones included. Each one makes every edit slower; two hours
   * of steady writing make a few hundred.
   */
  pieces: 4_000,
  /** Bytes of all updates of one document, and of all documents of a room. */
  documentBytes: 2_097_152,
  textBytes: 8_388_608,
  /** Requests recorded in a room, and the characters kept of each body and each response. */
  requests: 500,
  excerpt: 4_000,
  /** Marked moments of one interviewer. */
  moments: 200,
  /** Quotes of one interviewer, of them for one key point or red flag, the characters of one, and of all together. */
  quotes: 200,
  quotesPerMark: 10,
  quoteCharacters: 1_000,
  quotedCharacters: 30_000,
  /** Connections and disconnections that are recorded. */
  presenceEvents: 4_000,
  /** Key points and follow-ups of one question. */
  keyPoints: 12,
  followUps: 12,
  /** Snippets of one question, and the characters of each. */
  snippets: 2,
  snippet: 4_000,
  /** Characters of what a candidate expects of a task. */
  expectation: 1_000,
  /** Runs of a bug's checks that candidates' browsers report in one room, the claims of one, and the characters of its error. */
  runs: 200,
  claimsOfRun: 100,
  runError: 1_000,
  /** Runs in interviewers' own tabs that one room keeps. */
  ownRuns: 100,
} as const

/** How long after a question was left text still counts as in time, since it needs a while to arrive from the browser. */
export const GRACE_MS = 5_000

/** How long the candidate has between hearing that the interviewer moves on and the next question. The interviewer can still undo it. */
export const HAND_OVER_MS = 5_000

/** How long after the end of a room text that was typed offline is still accepted, marked as late. */
export const LATE_MS = 10 * 60_000

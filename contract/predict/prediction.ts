/** A wrong prediction that has a misconception behind it: of one step, or of every step whose status is asked. */
export interface Mistake {
  /** Id of a step of the lesson; null if it stands for a status wherever that is the right one. */
  step: string | null
  /** The right status, where `step` is null. */
  status: string | null
  /** With `status`: only of requests with this method. */
  method: string | null
  /** The wrong value. */
  chosen: string
  /** Id. */
  misconception: string
  /** What is so instead, after “It was 422:”. Words between backticks are code. */
  because: string
}

/** One thing to choose. The label reads well after “You said” and “It was”. */
export interface Choice {
  value: string
  label: string
  /** What someone who chooses it believes, where the deck has a name for that. */
  mistake?: Pick<Mistake, 'misconception' | 'because'>
}

/** One thing to predict before a step runs. No one writes it: `predict.ts` derives it from the step's claims. */
export interface Prediction {
  /** What is asked for, in terms of `actualOf`, such as `status`. */
  ask: string
  /** Words between backticks are code. */
  question: string
  choices: readonly Choice[]
  /** The value that the claims expect. */
  answer: string
  /** Id of the claim that says why. */
  claim: string
}

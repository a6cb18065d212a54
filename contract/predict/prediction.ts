/** One thing to choose. The label reads well after “You said” and “It was”. */
export interface Choice {
  value: string
  label: string
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

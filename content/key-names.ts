import {
  BurstExpectation,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  StoreExpectation,
  TraceExpectation,
} from '../contract/claim.ts'
import { CodeReference, FrontMatter, Source, Step, StepsFile } from '../contract/lesson.ts'

/** Every key that an author may write, to find the nearest one to a key that isn't. */
export const KEY_NAMES: readonly string[] = [
  FrontMatter,
  Source,
  CodeReference,
  StepsFile,
  Step,
  Claim,
  Expectation,
  HeaderExpectation,
  JsonExpectation,
  TraceExpectation,
  StoreExpectation,
  BurstExpectation,
].flatMap((schema) => Object.keys(schema.shape))

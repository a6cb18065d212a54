import { agesAccepted, agesOnTheWire, agesRefused, notFinite } from './ages.ts'
import { authorizationHeaders } from './authorization.ts'
import { brokenJson, contentTypes, nestedJson, notAnObject } from './bodies.ts'
import { crossOrigin, preflights } from './cors.ts'
import { emailsAccepted, emailsRefused } from './emails.ts'
import { lab } from './lab.ts'
import { login, loginForms, loginLimit, loginMultipart } from './login.ts'
import {
  multipartEndings,
  multipartFiles,
  multipartHeaders,
  multipartTypes,
  multipartValues,
} from './multipart.ts'
import { deletePeople, patchPeople, replacePeople } from './people.ts'
import { listPeople, longList, readPeople } from './reading.ts'
import { documents, headAndOptions, methods, redirects, unknownPaths } from './routing.ts'
import type { Scenario } from './scenario.ts'
import { duplicates, signUpAccepted, signUpRefused } from './sign-up.ts'
import { story } from './story.ts'
import { badTokens, goodTokens } from './tokens.ts'
import { unicode } from './unicode.ts'
import { whoMay } from './who-may.ts'

/** Every scenario, by the name of the file with its recorded responses. */
export const scenarios: Record<string, Scenario> = {
  story,
  'sign-up-accepted': signUpAccepted,
  'sign-up-refused': signUpRefused,
  duplicates,
  'ages-accepted': agesAccepted,
  'ages-refused': agesRefused,
  'ages-on-the-wire': agesOnTheWire,
  'not-finite': notFinite,
  unicode,
  'emails-accepted': emailsAccepted,
  'emails-refused': emailsRefused,
  'broken-json': brokenJson,
  'nested-json': nestedJson,
  'not-an-object': notAnObject,
  'content-types': contentTypes,
  'read-people': readPeople,
  'list-people': listPeople,
  'long-list': longList,
  'replace-people': replacePeople,
  'patch-people': patchPeople,
  'delete-people': deletePeople,
  'who-may': whoMay,
  login,
  'login-limit': loginLimit,
  'login-forms': loginForms,
  'login-multipart': loginMultipart,
  'multipart-endings': multipartEndings,
  'multipart-headers': multipartHeaders,
  'multipart-values': multipartValues,
  'multipart-types': multipartTypes,
  'multipart-files': multipartFiles,
  'authorization-headers': authorizationHeaders,
  'good-tokens': goodTokens,
  'bad-tokens': badTokens,
  lab,
  methods,
  'unknown-paths': unknownPaths,
  redirects,
  'head-and-options': headAndOptions,
  preflights,
  'cross-origin': crossOrigin,
  documents,
}

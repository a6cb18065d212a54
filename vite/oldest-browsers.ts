/** The oldest browsers that Viva works in. Styles are compiled for them. */
export const OLDEST_BROWSERS = [
  // iPadOS 15, the last one for the iPad Air 2 and the iPad mini 4.
  ...['safari15.4', 'ios15.4'],
  // The last ones for Windows 7 and 8.
  ...['chrome109', 'edge109', 'firefox115'],
]

/**
 * They know ES2022, but for static blocks and, in Safari, lookbehind, which `e2e/oldest-browsers.spec.ts` keeps out. A list of browsers
 * here would rewrite every class field, for faults that no code of ours meets.
 */
export const SCRIPT_TARGET = 'es2022'

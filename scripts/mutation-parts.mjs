const tests = (...folders) => folders.map((folder) => `${folder}/**/*.test.ts`)
const sources = (...folders) => [
  ...folders.map((folder) => `${folder}/**/*.ts`),
  '!**/*.test.ts',
  '!**/testing/**',
  '!**/test-*.ts',
]

/** What is mutated together, and the tests that must notice. Tests that start other processes can't see a mutant. */
const PARTS = [
  {
    name: 'validation',
    mutate: sources('server/fastapi/validation', 'server/fastapi/json'),
    tests: [
      ...tests('server/fastapi/validation', 'server/fastapi/json'),
      'server/project/schemas*.test.ts',
      'server/project/openapi.test.ts',
    ],
  },
]

/** @param name one of the parts */
export function mutationPart(name) {
  const part = PARTS.find((each) => each.name === name)
  if (part !== undefined) return part
  throw new Error(`there is no part "${name}": say ${PARTS.map((each) => each.name).join(', ')}`)
}

export const partNames = PARTS.map((part) => part.name)

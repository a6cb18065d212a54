const tests = (...folders) => folders.map((folder) => `${folder}/**/*.test.ts`)
const sources = (...folders) => [
  ...folders.map((folder) => `${folder}/**/*.ts`),
  '!**/*.test.ts',
  '!**/testing/**',
  '!**/test-*.ts',
]

/** What is mutated together, and the tests that must fail. Tests that start other processes can't see a mutant. */
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
  {
    name: 'auth',
    mutate: [
      'server/project/auth.ts',
      'server/project/auth-steps.ts',
      'server/project/token-parts.ts',
      'server/project/routers/auth.ts',
      'server/fastapi/oauth2.ts',
      'server/config/stored-secret.ts',
      'server/pools/passwords.ts',
      ...sources('server/limits'),
      '!**/postgres-limits.ts',
    ],
    tests: [
      'server/project/{auth,main,openapi}.test.ts',
      'server/config/stored-secret.test.ts',
      'server/pools/passwords.test.ts',
      ...tests('server/limits'),
    ],
  },
  {
    // Storage in files. PostgreSQL is tested against a server, which is too slow for one run per mutant.
    name: 'storage',
    mutate: [...sources('server/storage'), '!**/postgres/*.ts', '!**/{move,open-storage,doctor}.ts'],
    tests: ['server/storage/{,files/}!(kill).test.ts'],
  },
]

/** @param name one of the parts */
export function mutationPart(name) {
  const part = PARTS.find((each) => each.name === name)
  if (part !== undefined) return part
  throw new Error(`Unknown part "${name}". The parts are ${PARTS.map((each) => each.name).join(', ')}.`)
}

export const partNames = PARTS.map((part) => part.name)

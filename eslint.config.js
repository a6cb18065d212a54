import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

/** What a browser may lack or deny, and what to use instead. */
const unsafeNames = [
  ...['randomUUID', 'subtle'].map((name) => [
    name,
    'exists only on HTTPS and localhost: use web/browser/random.ts',
  ]),
  ['clipboard', 'exists only on HTTPS and localhost: use web/browser/clipboard.ts'],
  ...['localStorage', 'sessionStorage', 'cookieStore'].map((name) => [
    name,
    'throws where it is denied: use web/stores/stored.ts',
  ]),
  ['indexedDB', 'throws where it is denied: use web/study/log/open-database.ts'],
  ...[
    'serviceWorker',
    'locks',
    'wakeLock',
    'caches',
    'Notification',
    'showSaveFilePicker',
    'share',
    'mediaDevices',
  ].map((name) => [name, 'exists only on HTTPS and localhost: find a way that works without it']),
]
/** What Safari 15.4 lacks (vite/oldest-browsers.ts): a selector and what to use instead. */
const tooYoung = [
  [
    'CallExpression[callee.property.name=/^(toSorted|toReversed|toSpliced)$/]',
    'copy, then sort, reverse or splice',
  ],
  ['CallExpression[callee.property.name="with"][arguments.length=2]', 'use map'],
  ['MemberExpression[object.name="URL"][property.name=/^(canParse|parse)$/]', 'use web/browser/newer.ts'],
  [
    'MemberExpression[object.name="AbortSignal"][property.name=/^(timeout|any)$/]',
    'use web/browser/newer.ts',
  ],
  ['MemberExpression[object.name="Promise"][property.name=/^(withResolvers|try)$/]', 'use new Promise'],
  ['MemberExpression[object.name="Array"][property.name="fromAsync"]', 'use a loop'],
  ['MemberExpression[object.name=/^(Object|Map)$/][property.name="groupBy"]', 'use a loop'],
  [
    'CallExpression[callee.property.name=/^(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)$/]',
    'use filter and has',
  ],
  ['StaticBlock', 'use a constant beside the class'],
  ['Literal[regex.pattern=/\\(\\?<[=!]/]', 'lookbehind would keep the whole module from loading'],
  ['NewExpression[callee.name="RegExp"] TemplateElement[value.raw=/\\(\\?<[=!]/]', 'lookbehind would throw'],
  ['NewExpression[callee.name="RegExp"] Literal[value=/\\(\\?<[=!]/]', 'lookbehind would throw'],
]
const noUnsafeNames = [
  'error',
  ...tooYoung.map(([selector, instead]) => ({ selector, message: `Safari 15.4 lacks it: ${instead}.` })),
  ...unsafeNames.flatMap(([name, message]) =>
    [
      `MemberExpression[property.name="${name}"][object.name=/^(crypto|navigator|window|self|globalThis)$/]`,
      `MemberExpression[property.name="${name}"][object.property.name=/^(crypto|navigator)$/]`,
      `VariableDeclarator[init.name=/^(crypto|navigator|window|self|globalThis)$/] Property[key.name="${name}"]`,
    ].map((selector) => ({ selector, message: `${name} ${message}.` })),
  ),
]
const noUnsafeGlobals = [
  'error',
  ...unsafeNames
    .filter(([name]) => name !== 'share')
    .map(([name, message]) => ({ name, message: `It ${message}.` })),
]

export default ts.config(
  {
    ignores: ['node_modules', 'dist', 'data', 'test-results', 'scratch', '.mutation', '.venv'],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  // Nothing else uses Vue, and looking for refs takes as long as parsing.
  ...vue.configs['flat/essential'].map((part) => (part.rules ? { files: ['web/**'], ...part } : part)),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      'prefer-const': 'error',
      'no-console': 'error',
      'no-var': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/html-button-has-type': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      'vue/require-explicit-emits': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/]',
          message: 'It gives up after a second. Use expect.poll, whose timeout is set in vitest.config.ts.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['public/**'],
    languageOptions: { globals: globals.browser, sourceType: 'script' },
  },
  {
    files: ['web/**', 'contract/**', 'public/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': noUnsafeGlobals,
      'no-restricted-syntax': noUnsafeNames,
      'vue/no-restricted-syntax': noUnsafeNames,
    },
  },
  {
    files: [
      'web/original/running-mark.ts',
      'web/stores/stored.ts',
      'web/study/log/open-database.ts',
      'web/study/log/persistence.ts',
      'public/early.js',
    ],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // A service worker exists only where these do; `start-worker.ts` decides whether to register it.
    files: ['web/offline/**'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
      'vue/no-restricted-syntax': 'off',
    },
  },
  {
    // They have a way for browsers that lack what they ask for.
    files: ['web/browser/clipboard.ts', 'web/original/running-mark.ts', 'web/original/source.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: [
      'original/{facts,record}/**',
      'server/storage/testing/**',
      'scripts/**',
      'bench/**',
      'e2e/support/**',
    ],
    rules: { 'no-console': 'off' },
  },
)
